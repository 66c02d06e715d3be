import CVectorKernels
import Circuits
import Execution

/// The task blocks of one head group as matrices in the Heisenberg picture.
///
/// `A = V^dagger P V` is found by running the block on every basis state, one lane per (basis state, task), tasks
/// innermost; its gradient goes back through the same program.
final class HeadBatch<Real: SimulationReal> {
    let members: [HeadGroup.Member]
    let encoding: Int
    let register: Int
    let observableCount: Int
    private let observables: [qmtl_observable]
    private let program: CompiledProgram
    private let set: Int32
    private let team: ThreadTeam
    /// Members that read the same cone, as ranges of `members`.
    private let runs: [Range<Int>]

    /// The number of tasks, padded to whole tiles.
    private let taskLanes: Int
    private let start: [Int32]
    private let angles = Buffer<Real>()
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let gradients = Buffer<Real>()
    /// Head matrices, `[observable][4^width rows x tasks]`, and their gradients.
    private let matrices = Buffer<Real>()
    private let matrixGradients = Buffer<Real>()
    /// Expectation values and their cotangents, `[observable][member][sample]`.
    private let values = Buffer<Real>()
    private let cotangents = Buffer<Real>()

    init(_ group: HeadGroup, set: Int32, team: ThreadTeam) {
        members = group.members
        encoding = group.encoding
        register = group.register
        observables = group.observables.map { qmtl_observable($0) }
        observableCount = observables.count
        program = CompiledProgram(group.program)
        self.set = set
        self.team = team
        taskLanes = paddedLanes(group.members.count)
        start = (0..<program.dimension * taskLanes).map { [taskLanes] in Int32($0 / taskLanes) }
        var runs: [Range<Int>] = []
        for (index, member) in group.members.enumerated() {
            if let last = runs.last, group.members[last.lowerBound].instance == member.instance {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        self.runs = runs
    }

    private var lanes: Int { program.dimension * taskLanes }
    private var entries: Int { program.dimension * program.dimension }
    /// A run of at least this many tasks reads its cone through one matrix product.
    private static var productThreshold: Int { 4 }

    /// Bytes of the group, whatever the number of samples.
    var fixedBytes: Int {
        let numbers = lanes * (4 * program.dimension + 2 * program.slotCount)
        return (numbers + 2 * observableCount * entries * taskLanes) * MemoryLayout<Real>.stride
    }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int { 2 * observableCount * members.count * MemoryLayout<Real>.stride }

    /// Computes the head matrices at `parameters`.
    func prepare(parameters: UnsafePointer<Real>) {
        angles.clear(program.slotCount * lanes)
        states.reserve(2 * program.dimension * lanes)
        for slot in 0..<program.parameterSlotCount {
            let row = angles.pointer + slot * lanes
            for (task, member) in members.enumerated() { row[task] = parameters[member.parameters[slot]] }
            for column in 1..<max(program.dimension, 1) {
                (row + column * taskLanes).update(from: row, count: members.count)
            }
        }
        program.fillConstants(angles.pointer, stride: lanes, lanes: 0..<lanes)
        nonisolated(unsafe) let batch = self
        start.withUnsafeBufferPointer { start in
            nonisolated(unsafe) let start = start.baseAddress
            forEachPiece { first, count in
                Real.forward(
                    batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.lanes,
                    start: start, firstLane: first, lanes: count,
                    states: batch.states.pointer + first * 2 * batch.program.dimension)
            }
        }
        matrices.reserve(observableCount * entries * taskLanes)
        for (index, observable) in observables.enumerated() {
            withUnsafePointer(to: observable) {
                Real.conjugate(
                    set, $0, qubits: program.qubitCount, states: states.pointer, tasks: taskLanes,
                    matrices: matrices.pointer + index * entries * taskLanes, stride: taskLanes)
            }
        }
    }

    /// Reads the expectation values of all members into `output`, `[samples x readoutCount]`.
    func read(_ batch: EncodingBatch<Real>, into output: UnsafeMutablePointer<Float>, readoutCount: Int) {
        let samples = batch.sampleCount
        values.reserve(observableCount * members.count * samples)
        for observable in 0..<observableCount {
            for run in runs {
                let reduced = batch.reduced[register].pointer + members[run.lowerBound].instance * samples
                let matrix = matrices.pointer + observable * entries * taskLanes + run.lowerBound
                let target = values.pointer + (observable * members.count + run.lowerBound) * samples
                if run.count >= Self.productThreshold {
                    Real.multiply(
                        run.count, samples, entries, left: matrix, true, taskLanes, right: reduced, false,
                        batch.stride, beta: 0, output: target, samples)
                } else {
                    for task in 0..<run.count {
                        Real.read(
                            set, matrix: matrix + task, matrixStride: taskLanes, entries: entries,
                            reduced: reduced, stride: batch.stride, samples: samples,
                            values: target + task * samples)
                    }
                }
            }
        }
        for (index, member) in members.enumerated() {
            for observable in 0..<observableCount {
                let source = values.pointer + (observable * members.count + index) * samples
                let column = output + member.firstReadout + observable
                for sample in 0..<samples { column[sample * readoutCount] = Float(source[sample]) }
            }
        }
    }

    /// Forgets the gradients of the head matrices, to which `readBackward` adds.
    func clearGradients() { matrixGradients.clear(observableCount * entries * taskLanes) }

    /// Adds to the gradients of the head matrices and to the effective observables of the cones, for a cotangent
    /// `[samples x readoutCount]`.
    func readBackward(_ batch: EncodingBatch<Real>, cotangent: UnsafePointer<Float>, readoutCount: Int) {
        let samples = batch.sampleCount
        cotangents.reserve(observableCount * members.count * samples)
        for (index, member) in members.enumerated() {
            for observable in 0..<observableCount {
                let target = cotangents.pointer + (observable * members.count + index) * samples
                let column = cotangent + member.firstReadout + observable
                for sample in 0..<samples { target[sample] = Real(column[sample * readoutCount]) }
            }
        }
        for observable in 0..<observableCount {
            for run in runs {
                let lane = members[run.lowerBound].instance * samples
                let reduced = batch.reduced[register].pointer + lane
                let weights = batch.weights[register].pointer + lane
                let offset = observable * entries * taskLanes + run.lowerBound
                let source = cotangents.pointer + (observable * members.count + run.lowerBound) * samples
                if run.count >= Self.productThreshold {
                    Real.multiply(
                        entries, run.count, samples, left: reduced, false, batch.stride, right: source, true,
                        samples, beta: 1, output: matrixGradients.pointer + offset, taskLanes)
                    Real.multiply(
                        entries, samples, run.count, left: matrices.pointer + offset, false, taskLanes,
                        right: source, false, samples, beta: 1, output: weights, batch.stride)
                } else {
                    for task in 0..<run.count {
                        Real.readDual(
                            set, matrix: matrices.pointer + offset + task, matrixStride: taskLanes,
                            entries: entries, reduced: reduced, stride: batch.stride, samples: samples,
                            cotangent: source + task * samples,
                            matrixGradient: matrixGradients.pointer + offset + task, weights: weights)
                    }
                }
            }
        }
    }

    /// Takes the gradients of the head matrices back to the blocks' angles; overwrites the states.
    func backward(parameterGradients: UnsafeMutablePointer<Double>) {
        guard program.parameterSlotCount > 0 else { return }
        duals.clear(2 * program.dimension * lanes)
        gradients.clear(program.slotCount * lanes)
        for (index, observable) in observables.enumerated() {
            withUnsafePointer(to: observable) {
                Real.conjugateDual(
                    set, $0, qubits: program.qubitCount, states: states.pointer, tasks: taskLanes,
                    matrices: matrixGradients.pointer + index * entries * taskLanes, stride: taskLanes,
                    duals: duals.pointer)
            }
        }
        nonisolated(unsafe) let batch = self
        forEachPiece { first, count in
            let offset = first * 2 * batch.program.dimension
            Real.adjoint(
                batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.lanes,
                firstLane: first, lanes: count, states: batch.states.pointer + offset,
                duals: batch.duals.pointer + offset, gradients: batch.gradients.pointer)
        }
        for slot in 0..<program.parameterSlotCount {
            for (task, member) in members.enumerated() {
                var sum = 0.0
                for column in 0..<program.dimension {
                    sum += Double(gradients.pointer[slot * lanes + column * taskLanes + task])
                }
                parameterGradients[member.parameters[slot]] += sum
            }
        }
    }

    private func forEachPiece(_ body: @Sendable (_ firstLane: Int, _ lanes: Int) -> Void) {
        let piece = max(1, 4096 / program.dimension / tileLanes) * tileLanes
        let total = lanes
        team.forEach((total + piece - 1) / piece) { index, _ in
            body(index * piece, min(piece, total - index * piece))
        }
    }
}
