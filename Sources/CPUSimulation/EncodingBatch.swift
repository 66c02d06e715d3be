import CVectorKernels
import Execution
import LinearAlgebra

/// The cones of one encoding group, simulated for a range of samples: one lane per (cone, sample), samples innermost.
final class EncodingBatch<Real: SimulationReal> {
    let registers: [CompiledRegister]
    private let program: CompiledProgram
    private let instances: [EncodingGroup.Instance]
    private let set: Int32
    private let team: ThreadTeam

    private(set) var sampleCount = 0
    /// The distance between rows of per-lane values.
    private(set) var stride = 0
    /// Reduced states of each register, `[4^width rows x lanes]`.
    let reduced: [Buffer<Real>]
    /// Effective observables of each register, likewise; the sum over readouts of cotangent times head matrix.
    let weights: [Buffer<Real>]
    private let angles = Buffer<Real>()
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let gradients = Buffer<Real>()
    private let sums = Buffer<Real>()
    private let scratch: Buffer<Real>

    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        program = CompiledProgram(group.program)
        registers = group.registers.map { CompiledRegister($0, of: group.program) }
        instances = group.instances
        reduced = registers.map { _ in Buffer() }
        weights = registers.map { _ in Buffer() }
        self.set = set
        self.team = team
        scratch = Buffer(count: team.size * program.scratchSize)
    }

    /// Numbers in the state of one lane.
    private var stateSize: Int { 2 * program.dimension }

    /// Lanes that one thread takes at a time: enough to be worth it, few enough to stay in cache.
    private var pieceLanes: Int { max(1, 4096 / program.dimension / tileLanes) * tileLanes }

    private var pieceCount: Int { (stride + pieceLanes - 1) / pieceLanes }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int {
        let rows = 2 * program.slotCount + registers.reduce(0) { $0 + 2 * $1.entries }
        return instances.count * (stateSize + rows) * MemoryLayout<Real>.stride
    }

    /// The bytes that do not depend on the number of samples: what each thread works in, and padding.
    var fixedBytes: Int {
        let numbers = (team.size * pieceLanes + tileLanes) * stateSize + team.size * program.scratchSize
        return numbers * MemoryLayout<Real>.stride
    }

    /// Encodes the samples whose features are `[features x samples]` and reduces the states to every register.
    func forward(features: UnsafePointer<Real>, sampleCount: Int, parameters: UnsafePointer<Real>) {
        self.sampleCount = sampleCount
        stride = paddedLanes(instances.count * sampleCount)
        angles.reserve(program.slotCount * stride)
        states.reserve(stateSize * stride)
        for (register, buffer) in zip(registers, reduced) { buffer.reserve(register.entries * stride) }
        nonisolated(unsafe) let (batch, features, parameters) = (self, features, parameters)
        team.forEach(pieceCount) { piece, worker in
            let first = piece * batch.pieceLanes
            let lanes = min(batch.pieceLanes, batch.stride - first)
            batch.fillAngles(first..<first + lanes, features, parameters)
            let states = batch.states.pointer + first * batch.stateSize
            Real.forward(
                batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.stride,
                start: nil, firstLane: first, lanes: lanes,
                scratch: batch.scratch.pointer + worker * batch.program.scratchSize, states: states)
            for (register, buffer) in zip(batch.registers, batch.reduced) {
                Real.reduce(
                    batch.set, register.pointer, states: states, firstLane: first, lanes: lanes,
                    reduced: buffer.pointer, stride: batch.stride)
            }
        }
    }

    /// Clears the effective observables, to which heads then add.
    func clearWeights() {
        for (register, buffer) in zip(registers, weights) { buffer.clear(register.entries * stride) }
    }

    /// One adjoint sweep from the effective observables, which overwrites the states.
    ///
    /// Adds to the gradients of features, `[features x samples]`, and of trainable angles.
    func backward(
        featureGradients: UnsafeMutablePointer<Real>, parameterGradients: UnsafeMutablePointer<Double>
    ) {
        gradients.clear(program.slotCount * stride)
        duals.reserve(team.size * pieceLanes * stateSize)
        nonisolated(unsafe) let batch = self
        team.forEach(pieceCount) { piece, worker in
            let first = piece * batch.pieceLanes
            let lanes = min(batch.pieceLanes, batch.stride - first)
            let states = batch.states.pointer + first * batch.stateSize
            let duals = batch.duals.pointer + worker * batch.pieceLanes * batch.stateSize
            for (index, register) in batch.registers.enumerated() {
                Real.apply(
                    batch.set, register.pointer, matrices: batch.weights[index].pointer, stride: batch.stride,
                    firstLane: first, lanes: lanes, states: states, add: index > 0, duals: duals)
            }
            Real.adjoint(
                batch.set, batch.program.pointer, angles: batch.angles.pointer, stride: batch.stride,
                start: nil, firstLane: first, lanes: lanes,
                scratch: batch.scratch.pointer + worker * batch.program.scratchSize, states: states,
                duals: duals, gradients: batch.gradients.pointer)
        }
        addParameterGradients(parameterGradients)
        addFeatureGradients(featureGradients)
    }

    private func fillAngles(
        _ lanes: Range<Int>, _ features: UnsafePointer<Real>, _ parameters: UnsafePointer<Real>
    ) {
        let used = instances.count * sampleCount
        var lane = lanes.lowerBound
        while lane < min(lanes.upperBound, used) {
            let (index, sample) = lane.quotientAndRemainder(dividingBy: sampleCount)
            let count = min(sampleCount - sample, lanes.upperBound - lane)
            let instance = instances[index]
            for slot in 0..<program.featureSlotCount {
                (angles.pointer + slot * stride + lane).update(
                    from: features + instance.features[slot] * sampleCount + sample, count: count)
            }
            for slot in 0..<program.parameterSlotCount {
                (angles.pointer + (program.featureSlotCount + slot) * stride + lane).update(
                    repeating: parameters[instance.parameters[slot]], count: count)
            }
            lane += count
        }
        if lane < lanes.upperBound {
            for slot in 0..<program.slotCount {
                (angles.pointer + slot * stride + lane).update(repeating: 0, count: lanes.upperBound - lane)
            }
        }
        program.fillConstants(angles.pointer, stride: stride, lanes: lanes)
    }

    private func addParameterGradients(_ gradients: UnsafeMutablePointer<Double>) {
        let slots = program.parameterSlotCount
        guard slots > 0 else { return }
        sums.reserve(instances.count * slots)
        nonisolated(unsafe) let batch = self
        team.forEach((instances.count + 15) / 16) { block, _ in
            for index in block * 16..<min(block * 16 + 16, batch.instances.count) {
                let first = batch.program.featureSlotCount * batch.stride + index * batch.sampleCount
                Real.sums(
                    batch.set, batch.gradients.pointer + first, stride: batch.stride, rows: slots,
                    samples: batch.sampleCount, into: batch.sums.pointer + index * slots)
            }
        }
        for (index, instance) in instances.enumerated() {
            for slot in 0..<slots {
                gradients[instance.parameters[slot]] += Double(sums.pointer[index * slots + slot])
            }
        }
    }

    private func addFeatureGradients(_ output: UnsafeMutablePointer<Real>) {
        for (index, instance) in instances.enumerated() {
            for slot in 0..<program.featureSlotCount {
                let source = gradients.pointer + slot * stride + index * sampleCount
                let target = output + instance.features[slot] * sampleCount
                for sample in 0..<sampleCount { target[sample] += source[sample] }
            }
        }
    }
}

/// The lanes the inner loops take at once.
let tileLanes = Int(QMTL_TILE)

/// `count` rounded up to whole tiles.
func paddedLanes(_ count: Int) -> Int { (count + tileLanes - 1) / tileLanes * tileLanes }

extension CompiledProgram {
    /// Fills the rows of constant angles for a range of lanes.
    func fillConstants<Real: SimulationReal>(
        _ angles: UnsafeMutablePointer<Real>, stride: Int, lanes: Range<Int>
    ) {
        for (index, constant) in constants.enumerated() {
            let row = featureSlotCount + parameterSlotCount + index
            (angles + row * stride + lanes.lowerBound).update(repeating: Real(constant), count: lanes.count)
        }
    }
}
