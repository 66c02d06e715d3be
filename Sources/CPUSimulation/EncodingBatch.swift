import CVectorKernels
import Execution
import LinearAlgebra

/// The cones of one encoding group, simulated for a range of samples: one lane per (cone, sample), samples innermost.
final class EncodingBatch<Real: SimulationReal> {
    let registers: [CompiledRegister]
    let angleRows: AngleRows
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
    /// Features and trainable angles of the launch.
    private var inputs: (features: UnsafePointer<Real>, parameters: UnsafePointer<Real>)?
    private let gradients = Buffer<Real>()
    private let sums = Buffer<Real>()
    private let simulator: ConeSimulator<Real>

    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        instances = group.instances
        self.set = set
        self.team = team
        simulator = ConeSimulator(group, set: set, team: team)
        (angleRows, registers) = (simulator.rows, simulator.registers)
        reduced = registers.map { _ in Buffer() }
        weights = registers.map { _ in Buffer() }
    }

    /// The cones where they run in tiles of small states.
    var tiled: TiledCones<Real>? { simulator.tiled }
    /// The number of cones.
    var coneCount: Int { instances.count }

    /// The bytes a sample adds to a launch.
    var bytesPerSample: Int {
        let rows = angleRows.slotCount + registers.reduce(0) { $0 + 2 * $1.entries }
        return instances.count * rows * MemoryLayout<Real>.stride
    }

    /// The bytes that do not depend on the number of samples: what each thread works in, and padding.
    var fixedBytes: Int { simulator.fixedNumbers * MemoryLayout<Real>.stride }

    /// Encodes the samples whose features are `[features x samples]` and reduces the states to every register.
    ///
    /// Features and parameters must stay where they are until `backward` is done.
    func forward(features: UnsafePointer<Real>, sampleCount: Int, parameters: UnsafePointer<Real>) {
        self.sampleCount = sampleCount
        stride = paddedLanes(instances.count * sampleCount)
        inputs = (features, parameters)
        for (register, buffer) in zip(registers, reduced) { buffer.reserve(register.entries * stride) }
        simulator.forward(lanes, into: reduced)
    }

    private var lanes: ConeLanes<Real> {
        ConeLanes(used: instances.count * sampleCount, stride: stride) { [unowned self] in
            fillAngles($0, $1, $2)
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
        sweepBack()
        addParameterGradients(parameterGradients)
        addFeatureGradients(featureGradients)
    }

    /// The same sweep with every cone's gradients apart, side by side on several threads.
    ///
    /// `body` gets those of the features, `[feature slots x stride]` with the samples in the first columns, and those of the
    /// trainable angles, one per parameter slot.
    func backwardByCone(
        _ body:
            @Sendable (
                _ cone: Int, _ features: UnsafePointer<Real>, _ parameters: UnsafePointer<Real>
            ) -> Void
    ) {
        sweepBack()
        sumParameterGradients()
        nonisolated(unsafe) let batch = self
        team.forEach(instances.count) { cone, _ in
            body(
                cone, batch.gradients.pointer + cone * batch.sampleCount,
                batch.sums.pointer + cone * batch.angleRows.parameterSlotCount)
        }
    }

    /// After `forward`, the derivatives of several operators' expectation values by every angle,
    /// as `TiledCones.jacobian` lays them out.
    func jacobian(
        operatorCount: Int, into jacobian: Buffer<Real>,
        apply:
            @Sendable (
                _ index: Int, _ piece: Range<Int>, _ worker: Int, _ states: UnsafePointer<Real>,
                _ duals: UnsafeMutablePointer<Real>
            ) -> Void
    ) {
        guard let tiled else { preconditionFailure("only cones in tiles have a Jacobian") }
        let size = tiled.jacobianLanes
        jacobian.reserve(operatorCount * angleRows.slotCount * ((stride + size - 1) / size * size))
        tiled.jacobian(lanes, operatorCount: operatorCount, into: jacobian.pointer, apply: apply)
    }

    private func sweepBack() {
        gradients.reserve(angleRows.slotCount * stride)
        simulator.backward(lanes, weights: weights, gradients: gradients.pointer)
    }

    private func fillAngles(_ lanes: Range<Int>, _ rows: UnsafeMutablePointer<Real>, _ stride: Int) {
        guard let (features, parameters) = inputs else { return }
        let used = min(lanes.upperBound, instances.count * sampleCount)
        var lane = lanes.lowerBound
        while lane < used {
            let (index, sample) = lane.quotientAndRemainder(dividingBy: sampleCount)
            let count = min(sampleCount - sample, used - lane)
            let instance = instances[index]
            var row = rows + lane - lanes.lowerBound
            for feature in instance.features {
                row.copy(from: features + feature * sampleCount + sample, count: count)
                row += stride
            }
            for parameter in instance.parameters {
                row.fill(parameters[parameter], count: count)
                row += stride
            }
            lane += count
        }
        for slot in 0..<angleRows.slotCount where lane < lanes.upperBound {
            (rows + slot * stride + lane - lanes.lowerBound).fill(0, count: lanes.upperBound - lane)
        }
        angleRows.fillConstants(rows, stride: stride, lanes: 0..<lanes.count)
    }

    /// The gradients of each cone's parameter slots, summed over samples, `[cones x slots]`.
    private func sumParameterGradients() {
        let slots = angleRows.parameterSlotCount
        guard slots > 0 else { return }
        sums.reserve(instances.count * slots)
        nonisolated(unsafe) let batch = self
        team.forEach((instances.count + 15) / 16) { block, _ in
            for index in block * 16..<min(block * 16 + 16, batch.instances.count) {
                let first = batch.angleRows.featureSlotCount * batch.stride + index * batch.sampleCount
                Real.sums(
                    batch.set, batch.gradients.pointer + first, stride: batch.stride, rows: slots,
                    samples: batch.sampleCount, into: batch.sums.pointer + index * slots)
            }
        }
    }

    private func addParameterGradients(_ gradients: UnsafeMutablePointer<Double>) {
        sumParameterGradients()
        let slots = angleRows.parameterSlotCount
        for (index, instance) in instances.enumerated() {
            for slot in 0..<slots {
                gradients[instance.parameters[slot]] += Double(sums.pointer[index * slots + slot])
            }
        }
    }

    /// Cones share features, so threads share out samples.
    private func addFeatureGradients(_ output: UnsafeMutablePointer<Real>) {
        let block = 64
        nonisolated(unsafe) let (batch, output) = (self, output)
        team.forEach((sampleCount + block - 1) / block) { part, _ in
            let samples = part * block..<min(part * block + block, batch.sampleCount)
            for (index, instance) in batch.instances.enumerated() {
                let first = batch.gradients.pointer + index * batch.sampleCount
                for slot in 0..<batch.angleRows.featureSlotCount {
                    let source = first + slot * batch.stride
                    let target = output + instance.features[slot] * batch.sampleCount
                    for sample in samples { target[sample] += source[sample] }
                }
            }
        }
    }
}

/// The lanes the inner loops take at once.
let tileLanes = Int(QMTL_TILE)

/// `count` rounded up to whole tiles.
func paddedLanes(_ count: Int) -> Int { (count + tileLanes - 1) / tileLanes * tileLanes }
