import CVectorKernels
import Execution
import LinearAlgebra

/// Gradients task by task of an encoding group whose cones are read by several tasks.
///
/// All that a task's gradients need of a sample is how the expectation values of a few operators depend on its angles. These
/// are the tasks' effective observables, or, where they are fewer, the Pauli strings of which all head matrices are sums,
/// whose number does not grow with the tasks. The encoded state goes back once for several of them.
final class SharedCones<Real: SimulationReal> {
    /// A few tasks of one head group that read one cone.
    private struct Block {
        let head: Int
        let members: Range<Int>
        let instance: Int
    }

    private let team: ThreadTeam
    private let set: Int32
    private let cones: TiledCones<Real>
    private let operatorCount: Int
    /// The strings; nil where the operators are the tasks' effective observables.
    private let strings: HeadStrings<Real>?
    private let blocks: [Block]
    /// The tasks that read each cone, as head group and member.
    private let readers: [[(head: Int, member: Int)]]
    private let jacobian = Buffer<Real>()
    /// What each thread works in.
    private let work = Buffer<Real>()

    /// Tasks that a thread takes at a time: enough for a product of matrices to be worth it.
    private static var tasksAtOnce: Int { 16 }

    init(_ engine: Engine<Real>, encoding: Int) {
        let batch = engine.encodings[encoding]
        guard let tiled = batch.tiled else { preconditionFailure("only cones in tiles are shared") }
        (team, set, cones) = (engine.team, tiled.set, tiled)
        var readers: [[(head: Int, member: Int)]] = (0..<batch.coneCount).map { _ in [] }
        var blocks: [Block] = []
        for (head, group) in engine.heads.enumerated() where group.encoding == encoding {
            for run in group.runs {
                let instance = group.members[run.lowerBound].instance
                for first in stride(from: run.lowerBound, to: run.upperBound, by: Self.tasksAtOnce) {
                    let members = first..<min(first + Self.tasksAtOnce, run.upperBound)
                    blocks.append(Block(head: head, members: members, instance: instance))
                }
                readers[instance] += run.map { (head, $0) }
            }
        }
        (self.readers, self.blocks) = (readers, blocks)
        let mostReaders = readers.reduce(0) { max($0, $1.count) }
        strings = HeadStrings(engine.plan, encoding: encoding, limit: mostReaders)
        operatorCount = strings?.operators.count ?? mostReaders
    }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int {
        readers.count * operatorCount * cones.program.rows.slotCount * MemoryLayout<Real>.stride
    }

    /// The bytes that do not depend on the number of samples.
    var fixedBytes: Int {
        (cones.fixedNumbersOfJacobian + team.size * workSize) * MemoryLayout<Real>.stride
    }

    /// Numbers that each thread works in: an effective observable's entries, or products and sums of a few tasks.
    private var workSize: Int {
        pieceLanes * max(entries + 1, 2 * Self.tasksAtOnce * (angleCount + 1))
    }
    /// The most entries of a register's reduced state.
    private var entries: Int { cones.registers.reduce(0) { max($0, $1.entries) } }

    private var slotCount: Int { cones.program.rows.slotCount }
    /// Slots of features and trainable angles, not of constants.
    private var angleCount: Int {
        cones.program.rows.featureSlotCount + cones.program.rows.parameterSlotCount
    }
    private var pieceLanes: Int { cones.jacobianLanes }

    /// Goes back from what the forward pass left and adds every task's gradients, for a cotangent
    /// `[samples x readoutCount]`.
    func addGradients(
        _ batch: EncodingBatch<Real>, heads: [HeadBatch<Real>], cotangent: UnsafePointer<Real>,
        readoutCount: Int, to target: TaskGradientTarget
    ) {
        guard operatorCount > 0, angleCount > 0 else { return }
        work.reserve(team.size * workSize)
        nonisolated(unsafe) let (cones, target) = (self, target)
        nonisolated(unsafe) let reading = Reading(
            heads: heads, cotangent: cotangent, readoutCount: readoutCount, sampleCount: batch.sampleCount)
        if let strings {
            strings.expand(heads, team: team)
            nonisolated(unsafe) let strings = strings
            batch.jacobian(operatorCount: operatorCount, into: jacobian) { index, piece, _, states, duals in
                withUnsafePointer(to: strings.operators[index]) {
                    Real.applyString(
                        cones.set, $0, qubits: cones.cones.program.qubitCount, lanes: piece.count,
                        states: states, duals: duals)
                }
            }
            team.forEach(blocks.count) { index, worker in
                cones.addProducts(cones.blocks[index], reading, worker, to: target)
            }
            return
        }
        batch.jacobian(operatorCount: operatorCount, into: jacobian) { index, piece, worker, states, duals in
            cones.applyObservable(index, piece, reading, worker, states: states, duals: duals)
        }
        team.forEach(readers.count * operatorCount) { index, worker in
            let (instance, place) = index.quotientAndRemainder(dividingBy: cones.operatorCount)
            guard place < cones.readers[instance].count else { return }
            cones.addSlopes(of: place, instance, reading, worker, to: target)
        }
    }

    /// What the heads read and what for.
    private struct Reading {
        let heads: [HeadBatch<Real>]
        let cotangent: UnsafePointer<Real>
        let readoutCount: Int
        let sampleCount: Int

        /// The lanes of a piece that belong to a cone, counted from the piece's first.
        func lanes(of instance: Int, in piece: Range<Int>) -> Range<Int> {
            let lanes = piece.clamped(to: instance * sampleCount..<(instance + 1) * sampleCount)
            return lanes.lowerBound - piece.lowerBound..<lanes.upperBound - piece.lowerBound
        }

        /// A readout's cotangents for these lanes of a piece, zero for the others.
        func gather(
            _ readout: Int, _ instance: Int, _ lanes: Range<Int>, of piece: Range<Int>, count: Int,
            into slopes: UnsafeMutablePointer<Real>
        ) {
            slopes.fill(0, count: count)
            for lane in lanes {
                let sample = piece.lowerBound + lane - instance * sampleCount
                slopes[lane] = cotangent[sample * readoutCount + readout]
            }
        }
    }

    /// The first lanes of the pieces that hold lanes of a cone.
    private func pieces(of instance: Int, _ sampleCount: Int) -> StrideTo<Int> {
        let size = pieceLanes
        return stride(from: instance * sampleCount / size * size, to: (instance + 1) * sampleCount, by: size)
    }

    /// The slopes of an operator in a piece, `[slots x pieceLanes]`.
    private func slopes(of index: Int, in piece: Range<Int>) -> UnsafeMutablePointer<Real> {
        jacobian.pointer + (piece.lowerBound * operatorCount + index * pieceLanes) * slotCount
    }

    /// The duals of the effective observable of each cone's reader at `place`.
    private func applyObservable(
        _ place: Int, _ piece: Range<Int>, _ reading: Reading, _ worker: Int,
        states: UnsafePointer<Real>, duals: UnsafeMutablePointer<Real>
    ) {
        let registers = cones.registers
        let slopes = work.pointer + worker * workSize
        let weights = slopes + pieceLanes
        let samples = max(reading.sampleCount, 1)
        let instances =
            piece.lowerBound / samples..<min(readers.count, (piece.upperBound + samples - 1) / samples)
        for (register, shape) in registers.enumerated() {
            weights.fill(0, count: shape.entries * pieceLanes)
            for instance in instances where place < readers[instance].count {
                let (index, member) = readers[instance][place]
                let head = reading.heads[index]
                guard head.register == register else { continue }
                let lanes = reading.lanes(of: instance, in: piece)
                for observable in 0..<head.observableCount {
                    reading.gather(
                        head.members[member].firstReadout + observable, instance, lanes, of: piece,
                        count: pieceLanes, into: slopes)
                    let matrix =
                        head.matrices.pointer + observable * head.entries * head.taskLanes + member
                    for entry in 0..<head.entries {
                        let (value, row) = (matrix[entry * head.taskLanes], weights + entry * pieceLanes)
                        for lane in 0..<pieceLanes { row[lane] += value * slopes[lane] }
                    }
                }
            }
            Real.apply(
                set, shape.pointer, matrices: weights, stride: pieceLanes, firstLane: 0, lanes: piece.count,
                states: states, add: register > 0, duals: duals)
        }
    }

    /// Adds the gradients of the reader at `place` of a cone, whose own operator was swept.
    private func addSlopes(
        of place: Int, _ instance: Int, _ reading: Reading, _ worker: Int, to target: TaskGradientTarget
    ) {
        let (head, member) = readers[instance][place]
        let task = reading.heads[head].members[member].task
        let sums = work.pointer + worker * workSize
        let ones = sums + pieceLanes * angleCount
        sums.fill(0, count: pieceLanes * angleCount)
        for first in pieces(of: instance, reading.sampleCount) {
            let piece = first..<first + pieceLanes
            let lanes = reading.lanes(of: instance, in: piece)
            for lane in 0..<pieceLanes { ones[lane] = lanes.contains(lane) ? 1 : 0 }
            add(
                slopes(of: place, in: piece), times: ones, piece.lowerBound - instance * reading.sampleCount,
                lanes, task, sums, to: target)
        }
        addSums(sums, task, to: target)
    }

    /// Adds the gradients of a few tasks, as products of their coefficients and the slopes of all strings.
    private func addProducts(
        _ block: Block, _ reading: Reading, _ worker: Int, to target: TaskGradientTarget
    ) {
        guard let expansion = strings?.expansions[block.head] else { return }
        let head = reading.heads[block.head]
        let (strings, size) = (expansion.operators, angleCount * pieceLanes)
        let products = work.pointer + worker * workSize
        let sums = products + Self.tasksAtOnce * size
        let slopes = sums + Self.tasksAtOnce * size
        sums.fill(0, count: block.members.count * size)
        for first in pieces(of: block.instance, reading.sampleCount) {
            let piece = first..<first + pieceLanes
            let lanes = reading.lanes(of: block.instance, in: piece)
            for observable in 0..<head.observableCount {
                let coefficients =
                    expansion.coefficients.pointer + observable * strings.count * head.taskLanes
                Real.multiplyOnce(
                    block.members.count, size, strings.count,
                    MatrixFactor(
                        coefficients + block.members.lowerBound, stride: head.taskLanes, transposed: true),
                    MatrixFactor(
                        self.slopes(of: strings.lowerBound, in: piece), stride: slotCount * pieceLanes),
                    beta: 0, output: products, stride: size)
                for (index, member) in block.members.enumerated() {
                    reading.gather(
                        head.members[member].firstReadout + observable, block.instance, lanes, of: piece,
                        count: pieceLanes, into: slopes)
                    add(
                        products + index * size, times: slopes,
                        piece.lowerBound - block.instance * reading.sampleCount, lanes,
                        head.members[member].task, sums + index * size, to: target)
                }
            }
        }
        for (index, member) in block.members.enumerated() {
            addSums(sums + index * size, head.members[member].task, to: target)
        }
    }

    /// Adds `slopes` `[slots x pieceLanes]` times each lane's factor: those of features to the samples of `lanes`, those of
    /// trainable angles to `sums`.
    private func add(
        _ slopes: UnsafePointer<Real>, times factors: UnsafePointer<Real>, _ firstSample: Int,
        _ lanes: Range<Int>, _ task: Int, _ sums: UnsafeMutablePointer<Real>, to target: TaskGradientTarget
    ) {
        let (width, count) = (cones.program.rows.featureSlotCount, pieceLanes)
        let first = target.featureStarts[task] + (target.samples.lowerBound + firstSample) * width
        for lane in lanes {
            let (row, factor) = (first + lane * width, factors[lane])
            for slot in 0..<width {
                target.features[row + slot] += Float(factor * slopes[slot * count + lane])
            }
        }
        for slot in width..<angleCount {
            let (row, sum) = (slopes + slot * count, sums + slot * count)
            for lane in 0..<count { sum[lane] += factors[lane] * row[lane] }
        }
    }

    /// Adds the sums over lanes to a task's gradient of the trainable angles.
    private func addSums(_ sums: UnsafeMutablePointer<Real>, _ task: Int, to target: TaskGradientTarget) {
        let (width, count) = (cones.program.rows.featureSlotCount, pieceLanes)
        guard angleCount > width else { return }
        Real.sums(
            set, sums + width * count, stride: count, rows: angleCount - width, samples: count, into: sums)
        let first = target.encodingStarts[task]
        for slot in 0..<angleCount - width { target.encoding[first + slot] += Double(sums[slot]) }
    }
}
