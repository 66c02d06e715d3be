import CVectorKernels
import Execution
import Foundation
import LinearAlgebra

/// The backend for processors: batches of small state vectors in vector registers, all cores.
///
/// Every sample is encoded once per cone, heads are matrices in the Heisenberg picture, and one adjoint sweep per sample
/// gives all gradients. Results do not depend on the number of threads.
public actor CPUBackend: Backend {
    /// The precision states are computed in.
    public enum Precision: String, Sendable, CaseIterable {
        /// 32-bit floats.
        case single
        /// 64-bit floats, for checks.
        case double
    }

    /// The instruction set of the inner loops.
    public enum InstructionSet: Int32, Sendable, CaseIterable, Comparable {
        /// What every processor of the architecture has (SSE2, NEON).
        case baseline = 0
        case avx2 = 1
        case avx512 = 2

        /// The widest one that this processor runs.
        public static var best: InstructionSet { InstructionSet(rawValue: qmtl_best_instruction_set())! }

        /// Whether `left` is narrower than `right`.
        public static func < (left: InstructionSet, right: InstructionSet) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private struct EngineKey: Hashable {
        let plan: ExecutionPlan.ID
        /// Whether every task has cones of its own.
        let separatesTasks: Bool
    }

    private enum AnyEngine {
        case single(Engine<Float>)
        case double(Engine<Double>)
    }

    /// What this backend is and can do.
    public nonisolated let capabilities: BackendCapabilities
    private let executor = BackendExecutor(label: "qmtl.cpu")
    private let precision: Precision
    private let instructionSet: InstructionSet
    private let team: ThreadTeam
    private let scheduler: BatchScheduler
    private var engines: [EngineKey: AnyEngine] = [:]

    /// The queue the backend's work runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A backend on `threads` threads (default: all cores).
    ///
    /// It uses at most `memory` bytes for states (default: half of what is free). An instruction set that the processor
    /// lacks is replaced by the widest it has.
    public init(
        precision: Precision = .single, threads: Int? = nil, instructionSet: InstructionSet = .best,
        memory: Int? = nil
    ) {
        let threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        self.precision = precision
        self.instructionSet = min(instructionSet, .best)
        team = ThreadTeam(size: threads)
        scheduler = BatchScheduler(budget: memory ?? MemoryBudget.halfOfFree())
        capabilities = BackendCapabilities(
            name: "cpu", device: "\(threads) threads, \(min(instructionSet, .best)), \(precision) precision",
            threads: threads)
    }

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        let inputs = plan.expansion?.inputs(inputs) ?? inputs
        return switch try engine(for: plan) {
        case .single(let engine): try engine.expectations(inputs, scheduler: scheduler)
        case .double(let engine): try engine.expectations(inputs, scheduler: scheduler)
        }
    }

    /// Expectation values and the gradients of features and trainable angles.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        let plainInputs = plan.expansion?.inputs(inputs) ?? inputs
        let gradients =
            switch try engine(for: plan) {
            case .single(let engine):
                try engine.gradients(plainInputs, cotangent: cotangent, scheduler: scheduler)
            case .double(let engine):
                try engine.gradients(plainInputs, cotangent: cotangent, scheduler: scheduler)
            }
        return plan.expansion?.gradients(gradients, inputs: inputs) ?? gradients
    }

    /// Cones and blocks of a plan, and whether a cone is simulated in tiles of samples or one wide state at a time.
    public nonisolated func explanation(of plan: ExecutionPlan) -> [String] {
        plan.explanation { group in
            if let split = group.split { return split.explanation }
            if let transfer = group.transfer {
                return transfer.qubitCount > EncodingGroup.splitQubits.upperBound
                    ? "with noise, which no memory holds the 4^\(transfer.qubitCount) numbers for: draw it with "
                        + "--trajectories"
                    : "with noise, in tiles of \(tileLanes) samples as 4^\(transfer.qubitCount) numbers in the Pauli basis"
            }
            guard group.program.qubitCount >= EncodingGroup.leastWideQubits else {
                return "in tiles of \(tileLanes) samples, whose states fit a cache"
            }
            return group.runsWide(laneQubits: laneQubits)
                ? "one state at a time, its highest qubits in the lanes: a tile of \(tileLanes) would leave the caches"
                : "in tiles of \(tileLanes) samples, for a register has the qubits that would be lanes"
        }
    }

    private nonisolated var laneQubits: Int {
        switch precision {
        case .single: Float.laneQubits(instructionSet.rawValue)
        case .double: Double.laneQubits(instructionSet.rawValue)
        }
    }

    /// Expectation values and the gradients of each task's share of a loss.
    ///
    /// A cone that one task reads is swept once, as for `gradients`. One that several tasks read goes back once for each
    /// of them or for each Pauli string that their observables can be sums of, whichever is less.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func taskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        guard plan.noise == nil, plan.readsOneConePerTask else {
            return try await maskedTaskGradients(plan, inputs: inputs, cotangent: cotangent)
        }
        let plainInputs = plan.expansion?.inputs(inputs) ?? inputs
        let gradients =
            switch try engine(for: plan, separatingTasks: sharesWideCones(plan)) {
            case .single(let engine):
                try engine.taskGradients(plainInputs, cotangent: cotangent, scheduler: scheduler)
            case .double(let engine):
                try engine.taskGradients(plainInputs, cotangent: cotangent, scheduler: scheduler)
            }
        return plan.withoutExpansion(gradients, inputs: inputs)
    }

    /// Whether several tasks read a cone that is simulated one wide state at a time; each task then has one of its own.
    private func sharesWideCones(_ plan: ExecutionPlan) -> Bool {
        guard plan.widestCone >= EncodingGroup.leastWideQubits else { return false }
        return zip(plan.encodings, plan.conesOfOneTask).contains {
            !$1 && $0.runsWide(laneQubits: laneQubits)
        }
    }

    /// The engine of a plan; a few plans' engines are kept, so that alternating plans keep their memory.
    private func engine(
        for plan: ExecutionPlan, separatingTasks: Bool = false
    ) throws(BackendError) -> AnyEngine {
        let key = EngineKey(plan: plan.id, separatesTasks: separatingTasks)
        if let known = engines[key] { return known }
        try checkMemory(for: plan)
        let plan = key.separatesTasks ? plan.separatingTasks : plan
        if engines.count >= 4 { engines.removeAll() }
        let engine: AnyEngine =
            switch precision {
            case .single: .single(Engine(plan, set: instructionSet.rawValue, team: team))
            case .double: .double(Engine(plan, set: instructionSet.rawValue, team: team))
            }
        engines[key] = engine
        return engine
    }

    /// Refuses a plan before anything of its size is allocated: the states and duals worked on at once must fit.
    private func checkMemory(for plan: ExecutionPlan) throws(BackendError) {
        let bytesPerNumber = precision == .single ? 4 : 8
        let qubits = plan.widestCone
        let lanes = plan.encodings.reduce(0) {
            max($0, $1.runsWide(laneQubits: laneQubits) ? team.size : tileLanes)
        }
        let needed =
            if plan.noise != nil {
                noisyNumbers(of: plan).map { $0 * bytesPerNumber } ?? Int.max
            } else {
                qubits > 40 ? Int.max : (1 << qubits) * 4 * lanes * bytesPerNumber
            }
        guard needed <= scheduler.budget else {
            throw .outOfMemory(qubits: qubits, neededBytes: needed, availableBytes: scheduler.budget)
        }
    }

    /// The numbers of states, duals and tapes worked on at once; nil where they are beyond counting.
    private func noisyNumbers(of plan: ExecutionPlan) -> Int? {
        let most = EncodingGroup.splitQubits.upperBound
        guard plan.encodings.allSatisfy({ $0.program.qubitCount <= most }),
            plan.heads.allSatisfy({ $0.program.qubitCount <= most })
        else { return nil }
        let cones = plan.encodings.compactMap { group in
            group.split.map { 2 * $0.stateSize } ?? group.transfer.map { 3 * $0.dimension + $0.tapeSize }
        }
        let blocks = plan.heads.compactMap { $0.transfer.map { 3 * $0.dimension + $0.tapeSize } }
        return team.size * tileLanes * max(cones.max() ?? 0, blocks.max() ?? 0)
    }
}
