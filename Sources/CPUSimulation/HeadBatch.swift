import CVectorKernels
import Circuits
import Execution
import LinearAlgebra

/// The task blocks of one head group as matrices in the Heisenberg picture.
///
/// `A = V^dagger P V` is found from all columns of the block's matrix, one lane per task; its gradient goes back through the
/// same program.
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
    private let angles = Buffer<Real>()
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let gradients = Buffer<Real>()
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
        program = CompiledProgram(group.program)
        noisy = group.transfer.map { TransferBlocks(group, $0, set: set, team: team) }
        self.set = set
        self.team = team
        taskLanes = paddedLanes(group.members.count)
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

    /// The distance between rows of angles and gradients: tasks, once for each range of columns.
    private var stride: Int { columnRanges * taskLanes }
    /// Columns of a block's matrix that one thread takes at a time: all, unless that would leave the nearest caches.
    private var columnsAtOnce: Int { min(program.dimension, max(1, 1024 / program.dimension)) }
    private var columnRanges: Int { program.dimension / columnsAtOnce }
    var entries: Int { program.dimension * program.dimension }
    /// A run of at least this many tasks reads its cone through one matrix product.
    private static var productThreshold: Int { 4 }

    /// Bytes of the group, whatever the number of samples.
    var fixedBytes: Int {
        let numbers = noisy?.fixedNumbers ?? 4 * entries * taskLanes + 2 * program.rows.slotCount * stride
        return (numbers + 2 * observableCount * entries * taskLanes) * MemoryLayout<Real>.stride
    }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int { members.count * MemoryLayout<Real>.stride }

    /// Computes the head matrices at `parameters`; under noise, their coefficients in the Pauli basis.
    func prepare(parameters: UnsafePointer<Real>) {
        matrices.reserve(observableCount * entries * taskLanes)
        if let noisy { return noisy.prepare(parameters: parameters, matrices: matrices.pointer) }
        angles.clear(program.rows.slotCount * stride)
        states.reserve(2 * entries * taskLanes)
        for slot in 0..<program.rows.parameterSlotCount {
            let row = angles.pointer + slot * stride
            for (task, member) in members.enumerated() { row[task] = parameters[member.parameters[slot]] }
        }
        program.rows.fillConstants(angles.pointer, stride: stride, lanes: 0..<taskLanes)
        forEachPiece(first: { $0.simulate($1, $2) }, then: { $0.conjugate($1, $2) })
    }

    private func simulate(_ tasks: Range<Int>, _ columns: Range<Int>) {
        Real.blocks(
            set, program.pointer, angles: angles.pointer, stride: stride, tasks: tasks, columns: columns,
            states: states.pointer)
    }

    private func conjugate(_ tasks: Range<Int>, _ rows: Range<Int>) {
        for (index, observable) in observables.enumerated() {
            withUnsafePointer(to: observable) {
                Real.conjugate(
                    set, $0, qubits: program.qubitCount, states: states.pointer, tasks: tasks, rows: rows,
                    matrices: matrices.pointer + index * entries * taskLanes, stride: taskLanes)
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
        duals.reserve(2 * entries * taskLanes)
        gradients.clear(program.rows.slotCount * stride)
        forEachPiece(first: { $0.startDuals($1, $2) }, then: { $0.sweepBack($1, $2) })
        for slot in 0..<program.rows.parameterSlotCount {
            let row = gradients.pointer + slot * stride
            for range in 1..<columnRanges {
                let addend = row + range * taskLanes
                for task in 0..<taskLanes { row[task] += addend[task] }
            }
            for (task, member) in members.enumerated() {
                parameterGradients[member.parameters[slot]] += Double(row[task])
            }
        }
    }

    private func startDuals(_ tasks: Range<Int>, _ columns: Range<Int>) {
        for (index, observable) in observables.enumerated() {
            withUnsafePointer(to: observable) {
                Real.conjugateDual(
                    set, $0, qubits: program.qubitCount, states: states.pointer, tasks: tasks, rows: columns,
                    matrices: matrixGradients.pointer + index * entries * taskLanes, stride: taskLanes,
                    add: index > 0, duals: duals.pointer)
            }
        }
    }

    private func sweepBack(_ tasks: Range<Int>, _ columns: Range<Int>) {
        Real.blocksAdjoint(
            set, program.pointer, angles: angles.pointer, stride: stride, tasks: tasks, columns: columns,
            states: states.pointer, duals: duals.pointer,
            gradients: gradients.pointer + columns.lowerBound / columnsAtOnce * taskLanes)
    }

    /// Does two things with ranges of tasks and columns, side by side on several threads: the first with all columns of a
    /// task before the second with any.
    private func forEachPiece(
        first: @escaping (_ batch: HeadBatch, _ tasks: Range<Int>, _ columns: Range<Int>) -> Void,
        then second: @escaping (_ batch: HeadBatch, _ tasks: Range<Int>, _ columns: Range<Int>) -> Void
    ) {
        let tasksAtOnce = max(1, 4096 / entries / tileLanes) * tileLanes
        let (ranges, size) = (columnRanges, columnsAtOnce)
        nonisolated(unsafe) let batch = self
        func forEach(_ body: (_ tasks: Range<Int>, _ columns: Range<Int>) -> Void) {
            nonisolated(unsafe) let body = body
            team.forEach((taskLanes + tasksAtOnce - 1) / tasksAtOnce * ranges) { index, _ in
                let (piece, range) = index.quotientAndRemainder(dividingBy: ranges)
                let tasks = piece * tasksAtOnce..<min((piece + 1) * tasksAtOnce, batch.taskLanes)
                body(tasks, range * size..<(range + 1) * size)
            }
        }
        if ranges == 1 {
            forEach {
                first(batch, $0, $1)
                second(batch, $0, $1)
            }
        } else {
            forEach { first(batch, $0, $1) }
            forEach { second(batch, $0, $1) }
        }
    }
}
