import Circuits
import Execution
import LinearAlgebra
import Noise
import Transpilation

/// Estimates expectation values on a device of IBM: all tasks of a sample in as few circuits as measure them.
///
/// A plan is brought to the device once, for all samples and trainable angles, which are rows of inputs. Gradients come
/// from shifted rows. Without a sampler nothing is run, every value is 0, and `report` tells what would have been.
public actor IBMBackend: EstimatingBackend {
    /// How estimates are made, and what they may cost.
    public struct Options: Sendable {
        /// Shots of every circuit and row.
        public var shots: Int
        /// Whether the readout errors of the calibration are taken out.
        public var correctsReadout: Bool
        /// Whether rotations about X and ZZ by any angle are used where the device has them.
        ///
        /// IBM's own compiler leaves them out, too, unless asked: not every option goes with them.
        public var usesFractionalGates: Bool
        /// What all work may cost together; nil without a limit.
        public var budget: HardwareBudget?
        /// Names the work: a process that asks for the same under the same key gets the same outcomes.
        public var key: String

        /// Plain estimates without a limit, unless something else is asked for.
        public init(
            shots: Int = 1024, correctsReadout: Bool = false, usesFractionalGates: Bool = false,
            budget: HardwareBudget? = nil, key: String = "qmtl"
        ) {
            precondition(shots > 0, "a positive number of shots")
            self.shots = shots
            self.correctsReadout = correctsReadout
            self.usesFractionalGates = usesFractionalGates
            self.budget = budget
            self.key = key
        }
    }

    /// What a plan became on the device, and where its circuits are in the report.
    private struct Prepared {
        let plan: DevicePlan
        let firstCircuit: Int
    }

    /// The backend's name and its device.
    public nonisolated let capabilities: BackendCapabilities
    private let calibration: DeviceCalibration
    private let transpiler: Transpiler
    private let sampler: (any Sampler)?
    private let options: Options
    private var prepared: [ExecutionPlan.ID: Prepared] = [:]
    private var shifts: [ExecutionPlan.ID: ParameterShift] = [:]
    private var variance = (sum: 0.0, count: 0)

    /// What all work so far has taken of the device.
    public private(set) var report: HardwareReport

    /// A backend on the device that `calibration` describes.
    ///
    /// `sampler`: what runs the circuits; nil runs nothing.
    public init(_ calibration: DeviceCalibration, sampler: (any Sampler)?, options: Options = Options()) {
        self.calibration = calibration
        self.sampler = sampler
        self.options = options
        transpiler = Transpiler(
            to: DeviceTarget(calibration, usesFractionalGates: options.usesFractionalGates))
        capabilities = BackendCapabilities(name: "ibm", device: calibration.name, threads: 1)
        report = HardwareReport(device: calibration.name)
    }

    /// A backend on the same device that counts anew, without a budget, and runs nothing.
    public nonisolated func counter() -> IBMBackend {
        var options = options
        options.budget = nil
        return IBMBackend(calibration, sampler: nil, options: options)
    }

    /// How the circuits of a plan are brought to the device.
    public nonisolated func explanation(of plan: ExecutionPlan) -> [String] {
        ["all tasks that go together are measured by one circuit on \(calibration.name)"]
    }

    /// Estimated expectation values, `[samples x readouts]`; mitigated ones are held to `-1...1`.
    /// - Throws: `BackendError`.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        try await measure(plan, inputs: inputs).matrix(columns: plan.circuit.readoutCount)
    }

    /// Estimated expectation values with their standard errors.
    /// - Throws: `BackendError`.
    public func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> MeasuredExpectations {
        try await measure(plan, [inputs])
    }

    /// Estimated expectation values and their gradients by the parameter shift rule; all rows are run together.
    /// - Throws: `BackendError`.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        let shift = shift(plan)
        let all = try await measure(shift.plan, shift.evaluations(of: inputs))
        let values = (0..<shift.evaluationCount).map { evaluation in
            let rows = evaluation * inputs.sampleCount..<(evaluation + 1) * inputs.sampleCount
            return MeasuredExpectations(
                values: Array(all.values[rows]), standardErrors: Array(all.standardErrors[rows])
            ).matrix(columns: plan.circuit.readoutCount)
        }
        return shift.gradients(values, inputs: inputs, cotangent: cotangent)
    }

    /// The root mean square of the standard errors of all estimates so far.
    public var standardError: Double { (variance.sum / Double(max(variance.count, 1))).squareRoot() }

    /// How often `gradients` measures every sample.
    public func gradientEvaluations(of plan: ExecutionPlan) -> Int { shift(plan).evaluationCount }

    /// What measuring one sample takes.
    /// - Throws: `BackendError.unsuitable` where the plan does not fit the device.
    public func cost(of plan: ExecutionPlan) throws(BackendError) -> MeasurementCost {
        let circuits = try prepare(plan).plan.circuits.count
        return MeasurementCost(circuits: circuits, shots: circuits * options.shots, gateFactor: 1)
    }

    /// The circuits of a plan as OpenQASM 3 on the device's qubits, measurements included.
    /// - Throws: `BackendError.unsuitable` where the plan does not fit the device.
    public func circuits(of plan: ExecutionPlan) throws(BackendError) -> [String] {
        try prepare(plan).plan.circuits.map(\.text)
    }

    /// Estimates for the rows of all batches.
    private func measure(
        _ plan: ExecutionPlan, _ batches: [ParameterBatch]
    ) async throws(BackendError) -> MeasuredExpectations {
        let rowCount = batches.reduce(0) { $0 + $1.sampleCount }
        let zeros = [[Double]](
            repeating: [Double](repeating: 0, count: plan.circuit.readoutCount), count: rowCount)
        let nothing = MeasuredExpectations(values: zeros, standardErrors: zeros)
        guard rowCount > 0, plan.circuit.readoutCount > 0 else { return nothing }
        let prepared = try prepare(plan)
        try spend(rows: rowCount, on: prepared)
        guard let sampler else { return nothing }
        let estimates: MeasuredExpectations
        do throws(IBMError) {
            let outcomes = try await sampler.sample(
                prepared.plan.blocs(batches, shots: options.shots), key: options.key)
            estimates = try prepared.plan.estimates(
                outcomes, rowCount: rowCount, correctingBy: options.correctsReadout ? calibration : nil)
        } catch {
            throw BackendError(error)
        }
        for error in estimates.standardErrors.joined() { variance.sum += min(1, error * error) }
        variance.count += rowCount * plan.circuit.readoutCount
        return estimates
    }

    /// The plan's circuits; new ones are entered in the report.
    private func prepare(_ plan: ExecutionPlan) throws(BackendError) -> Prepared {
        if let known = prepared[plan.id] { return known }
        guard plan.noise == nil, plan.folds == 0 else {
            throw .unsuitable(
                backend: capabilities.name, reason: "a device has noise of its own; leave out --noise")
        }
        if let limit = calibration.maximumShots, options.shots > limit {
            throw .unsuitable(
                backend: capabilities.name,
                reason: """
                    \(calibration.name) takes at most \(limit) shots of a circuit, not \(options.shots): use fewer shots
                    """)
        }
        let devicePlan: DevicePlan
        do throws(TranspilationError) {
            devicePlan = try DevicePlan(plan, transpiler: transpiler)
        } catch {
            throw .unsuitable(backend: capabilities.name, reason: "\(error)")
        }
        let new = Prepared(plan: devicePlan, firstCircuit: report.circuits.count)
        prepared[plan.id] = new
        for circuit in devicePlan.circuits {
            report.circuits.append(circuit.costs(rows: 0, shots: options.shots, on: calibration))
            for register in circuit.registers {
                report.note(circuit.quality(of: register, on: calibration), task: register.measured.task)
            }
        }
        return new
    }

    /// Enters rows in the report, unless the budget forbids them.
    private func spend(rows: Int, on prepared: Prepared) throws(BackendError) {
        var after = report
        for (index, circuit) in prepared.plan.circuits.enumerated() {
            after.circuits[prepared.firstCircuit + index].rows += circuit.native.angleCount == 0 ? 1 : rows
        }
        if let budget = options.budget, !budget.allows(after) {
            throw .unsuitable(
                backend: capabilities.name,
                reason: """
                    the budget is \(budget), and with what comes next it would be \(after.executions) shots or \
                    \(Int(after.seconds.rounded(.up))) s: raise --budget, or use fewer shots or samples
                    """)
        }
        report = after
    }

    private func shift(_ plan: ExecutionPlan) -> ParameterShift {
        if let known = shifts[plan.id] { return known }
        let shift = ParameterShift(plan)
        shifts[plan.id] = shift
        return shift
    }
}

extension HardwareReport {
    /// Takes in another circuit that measures a task.
    fileprivate mutating func note(_ quality: (twoQubitGates: Int, fidelity: Double), task: Int) {
        guard let index = tasks.firstIndex(where: { $0.task == task }) else {
            tasks.append(
                Task(
                    task: task, circuits: 1, twoQubitGates: quality.twoQubitGates,
                    fidelity: quality.fidelity))
            return
        }
        tasks[index].circuits += 1
        tasks[index].twoQubitGates = max(tasks[index].twoQubitGates, quality.twoQubitGates)
        tasks[index].fidelity = min(tasks[index].fidelity, quality.fidelity)
    }
}

extension BackendError {
    /// What a failure on the service means to who computes.
    fileprivate init(_ error: IBMError) {
        self =
            if case .interrupted = error {
                .interrupted(reason: error.description)
            } else if case .tooLarge = error {
                .unsuitable(backend: "ibm", reason: error.description)
            } else {
                .unavailable(backend: "ibm", reason: error.description)
            }
    }
}
