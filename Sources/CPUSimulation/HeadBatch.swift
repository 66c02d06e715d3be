import CVectorKernels
import Circuits
import Execution
import LinearAlgebra

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
    /// What takes the place of the program under noise.
    private let noisy: TransferBlocks<Real>?
    private let set: Int32
    private let team: ThreadTeam
    /// Members that read the same cone, as ranges of `members`.
    let runs: [Range<Int>]

    /// The number of tasks, padded to whole tiles.
    let taskLanes: Int
    private let start: [Int32]
    private let angles = Buffer<Real>()
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let gradients = Buffer<Real>()
    private let scratch: Buffer<Real>
    /// Head matrices, `[observable][4^width rows x tasks]`, and their gradients.
    let matrices = Buffer<Real>()
    private let matrixGradients = Buffer<Real>()
    /// Values of one observable, gathered where they are not neighbours elsewhere.
    private let columns = Buffer<Real>()

    init(_ group: HeadGroup, set: Int32, team: ThreadTeam) {
        members = group.members
        encoding = group.encoding
        register = group.register
        observables = group.observables.map { qmtl_observable(PauliMasks($0)) }
        observableCount = observables.count
        program = CompiledProgram(group.program, readQubits: Set(0..<group.program.qubitCount))
        noisy = group.transfer.map { TransferBlocks(group, $0, set: set, team: team) }
        self.set = set
        self.team = team
        taskLanes = paddedLanes(group.members.count)
        scratch = Buffer(count: team.size * program.scratchSize)
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
    var entries: Int { program.dimension * program.dimension }
    /// A run of at least this many tasks reads its cone through one matrix product.
    private static var productThreshold: Int { 4 }

    /// Bytes of the group, whatever the number of samples.
    var fixedBytes: Int {
        let numbers = noisy?.fixedNumbers ?? lanes * (4 * program.dimension + 2 * program.rows.slotCount)
        return (numbers + 2 * observableCount * entries * taskLanes) * MemoryLayout<Real>.stride
    }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int { members.count * MemoryLayout<Real>.stride }

    /// Computes the head matrices at `parameters`; under noise, their coefficients in the Pauli basis.
    func prepare(parameters: UnsafePointer<Real>) {
        matrices.reserve(observableCount * entries * taskLanes)
        if let noisy { return noisy.prepare(parameters: parameters, matrices: matrices.pointer) }
        angles.clear(program.rows.slotCount * lanes)
        states.reserve(2 * program.dimension * lanes)
        for slot in 0..<program.rows.parameterSlotCount {
            let row = angles.pointer + slot * lanes
            for (task, member) in members.enumerated() { row[task] = parameters[member.parameters[slot]] }
            for column in 1..<max(program.dimension, 1) {
                (row + column * taskLanes).copy(from: row, count: members.count)
            }
        }
        program.rows.fillConstants(angles.pointer, stride: lanes, lanes: 0..<lanes)
        nonisolated(unsafe) let batch = self
        start.withUnsafeBufferPointer { start in
            nonisolated(unsafe) let start = start.baseAddress
            forEachPiece { first, count, worker in
                Real.forward(
                    batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.lanes,
                    start: start, firstLane: first, lanes: count,
                    scratch: batch.scratch.pointer + worker * batch.program.scratchSize,
                    states: batch.states.pointer + first * 2 * batch.program.dimension)
            }
        }
        forEachRowBlock { batch, rows in
            for (index, observable) in batch.observables.enumerated() {
                withUnsafePointer(to: observable) {
                    Real.conjugate(
                        batch.set, $0, qubits: batch.program.qubitCount, states: batch.states.pointer,
                        tasks: batch.taskLanes, rows: rows,
                        matrices: batch.matrices.pointer + index * batch.entries * batch.taskLanes,
                        stride: batch.taskLanes)
                }
            }
        }
    }

    /// Reads the expectation values of all members into `output`, `[samples x readoutCount]`.
    func read(_ batch: EncodingBatch<Real>, into output: UnsafeMutablePointer<Real>, readoutCount: Int) {
        let samples = batch.sampleCount
        columns.reserve(members.count * samples)
        nonisolated(unsafe) let (batch, output) = (batch, output)
        forEachRun { head, observable, run in
            let reduced = batch.reduced[head.register].pointer + head.lane(of: run, samples)
            let matrix = head.matrices.pointer + head.matrixOffset(observable, run)
            guard run.count >= Self.productThreshold else {
                for task in run {
                    let column = head.columns.pointer + task * samples
                    Real.read(
                        head.set, matrix: matrix + task - run.lowerBound, matrixStride: head.taskLanes,
                        entries: head.entries, reduced: reduced, stride: batch.stride, samples: samples,
                        values: column)
                    let target = output + head.members[task].firstReadout + observable
                    for sample in 0..<samples { target[sample * readoutCount] = column[sample] }
                }
                return
            }
            let direct = head.isContiguous(run)
            let target = direct ? output + head.members[run.lowerBound].firstReadout : head.columns.pointer
            Real.multiply(
                samples, run.count, head.entries,
                MatrixFactor(reduced, stride: batch.stride, transposed: true),
                MatrixFactor(matrix, stride: head.taskLanes), output: target,
                stride: direct ? readoutCount : run.count, team: head.team)
            if direct { return }
            for (index, task) in run.enumerated() {
                let column = output + head.members[task].firstReadout + observable
                for sample in 0..<samples {
                    column[sample * readoutCount] = target[sample * run.count + index]
                }
            }
        }
    }

    /// Forgets the gradients of the head matrices, to which `readBackward` adds.
    func clearGradients() { matrixGradients.clear(observableCount * entries * taskLanes) }

    /// Adds to the gradients of the head matrices and to the effective observables of the cones, for a cotangent
    /// `[samples x readoutCount]`.
    func readBackward(_ batch: EncodingBatch<Real>, cotangent: UnsafePointer<Real>, readoutCount: Int) {
        let samples = batch.sampleCount
        columns.reserve(members.count * samples)
        nonisolated(unsafe) let (batch, cotangent) = (batch, cotangent)
        forEachRun { head, observable, run in
            let lane = head.lane(of: run, samples)
            let reduced = batch.reduced[head.register].pointer + lane
            let weights = batch.weights[head.register].pointer + lane
            let matrix = head.matrices.pointer + head.matrixOffset(observable, run)
            let gradient = head.matrixGradients.pointer + head.matrixOffset(observable, run)
            guard run.count >= Self.productThreshold else {
                for task in run {
                    let source = cotangent + head.members[task].firstReadout + observable
                    let column = head.columns.pointer + task * samples
                    for sample in 0..<samples { column[sample] = source[sample * readoutCount] }
                    Real.readDual(
                        head.set, matrix: matrix + task - run.lowerBound, matrixStride: head.taskLanes,
                        entries: head.entries, reduced: reduced, stride: batch.stride, samples: samples,
                        cotangent: column, matrixGradient: gradient + task - run.lowerBound, weights: weights)
                }
                return
            }
            var source = MatrixFactor(
                cotangent + head.members[run.lowerBound].firstReadout, stride: readoutCount)
            var transposed = MatrixFactor(
                cotangent + head.members[run.lowerBound].firstReadout, stride: readoutCount, transposed: true)
            if !head.isContiguous(run) {
                for (index, task) in run.enumerated() {
                    let column = cotangent + head.members[task].firstReadout + observable
                    for sample in 0..<samples {
                        head.columns.pointer[sample * run.count + index] = column[sample * readoutCount]
                    }
                }
                source = MatrixFactor(head.columns.pointer, stride: run.count)
                transposed = MatrixFactor(head.columns.pointer, stride: run.count, transposed: true)
            }
            Real.multiply(
                head.entries, run.count, samples, MatrixFactor(reduced, stride: batch.stride), source,
                beta: 1,
                output: gradient, stride: head.taskLanes, team: head.team)
            Real.multiply(
                head.entries, samples, run.count, MatrixFactor(matrix, stride: head.taskLanes), transposed,
                beta: 1, output: weights, stride: batch.stride, team: head.team)
        }
    }

    /// Calls `body` for every observable of every run; runs of few tasks side by side, products one after the other.
    private func forEachRun(_ body: @Sendable (HeadBatch, _ observable: Int, _ run: Range<Int>) -> Void) {
        nonisolated(unsafe) let head = self
        let small = runs.filter { $0.count < Self.productThreshold }
        let block = 16
        team.forEach((small.count + block - 1) / block) { index, _ in
            for run in small[index * block..<min(index * block + block, small.count)] {
                for observable in 0..<head.observableCount { body(head, observable, run) }
            }
        }
        for run in runs where run.count >= Self.productThreshold {
            for observable in 0..<observableCount { body(self, observable, run) }
        }
    }

    private func lane(of run: Range<Int>, _ samples: Int) -> Int {
        members[run.lowerBound].instance * samples
    }

    private func matrixOffset(_ observable: Int, _ run: Range<Int>) -> Int {
        observable * entries * taskLanes + run.lowerBound
    }

    /// Whether the run's readouts are neighbouring columns, so that a product reads and writes them in place.
    private func isContiguous(_ run: Range<Int>) -> Bool {
        observableCount == 1
            && members[run.upperBound - 1].firstReadout - members[run.lowerBound].firstReadout == run.count
                - 1
    }

    /// Takes the gradients of the head matrices back to the blocks' angles; overwrites the states.
    func backward(parameterGradients: UnsafeMutablePointer<Double>) {
        if let noisy {
            return noisy.backward(
                matrixGradients: matrixGradients.pointer, parameterGradients: parameterGradients)
        }
        guard program.rows.parameterSlotCount > 0 else { return }
        duals.clear(2 * program.dimension * lanes)
        gradients.clear(program.rows.slotCount * lanes)
        forEachRowBlock { batch, rows in
            for (index, observable) in batch.observables.enumerated() {
                withUnsafePointer(to: observable) {
                    Real.conjugateDual(
                        batch.set, $0, qubits: batch.program.qubitCount, states: batch.states.pointer,
                        tasks: batch.taskLanes, rows: rows,
                        matrices: batch.matrixGradients.pointer + index * batch.entries * batch.taskLanes,
                        stride: batch.taskLanes, duals: batch.duals.pointer)
                }
            }
        }
        nonisolated(unsafe) let batch = self
        start.withUnsafeBufferPointer { start in
            nonisolated(unsafe) let start = start.baseAddress
            forEachPiece { first, count, worker in
                let offset = first * 2 * batch.program.dimension
                Real.adjoint(
                    batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.lanes,
                    start: start, firstLane: first, lanes: count,
                    scratch: batch.scratch.pointer + worker * batch.program.scratchSize,
                    states: batch.states.pointer + offset, duals: batch.duals.pointer + offset,
                    gradients: batch.gradients.pointer)
            }
        }
        for slot in 0..<program.rows.parameterSlotCount {
            let row = gradients.pointer + slot * lanes
            for column in 1..<max(program.dimension, 1) {
                let addend = row + column * taskLanes
                for task in 0..<taskLanes { row[task] += addend[task] }
            }
            for (task, member) in members.enumerated() {
                parameterGradients[member.parameters[slot]] += Double(row[task])
            }
        }
    }

    /// Calls `body` with the rows of the head matrices, all at once or shared out where there is enough to do.
    private func forEachRowBlock(_ body: @Sendable (_ batch: HeadBatch, _ rows: Range<Int>) -> Void) {
        nonisolated(unsafe) let batch = self
        let dimension = program.dimension
        let worthAThread = 1 << 15
        let blocks = min(dimension, max(1, observableCount * entries * lanes / worthAThread))
        team.forEach(blocks) { block, _ in
            body(batch, block * dimension / blocks..<(block + 1) * dimension / blocks)
        }
    }

    private func forEachPiece(_ body: @Sendable (_ firstLane: Int, _ lanes: Int, _ worker: Int) -> Void) {
        let piece = max(1, 4096 / program.dimension / tileLanes) * tileLanes
        let total = lanes
        team.forEach((total + piece - 1) / piece) { index, worker in
            body(index * piece, min(piece, total - index * piece), worker)
        }
    }
}
