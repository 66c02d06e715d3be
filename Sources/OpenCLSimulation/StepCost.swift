import Execution

/// The arithmetic and the memory traffic of one training step's kernels, and the time they take at least.
///
/// Counted from what the kernels do, in single precision. Traffic is what must cross to global memory once: what a
/// launch reads again is taken to be in a cache. Source of the bound: Williams, Waterman, Patterson, *Roofline* (2009).
public struct StepCost: Sendable {
    /// One launch.
    public struct Launch: Sendable, Equatable {
        /// The kernel's name.
        public let kernel: String
        /// Floating-point operations; a fused multiply-add is two.
        public let operations: Double
        /// Bytes read from and written to global memory.
        public let bytes: Double

        /// Seconds at the given peaks, whichever is reached first.
        public func seconds(bytesPerSecond: Double, operationsPerSecond: Double) -> Double {
            max(bytes / bytesPerSecond, operations / operationsPerSecond)
        }
    }

    /// The launches in order.
    public let launches: [Launch]
    /// Bytes that go up and come down.
    public let transferredBytes: Double

    /// The cost of values and gradients of `plan` at `samples` samples.
    public init(_ plan: ExecutionPlan, samples: Int) {
        let (cones, heads) = (ConeCost(plan), HeadCost(plan))
        let batch = Double(samples)
        let (features, readouts) = (
            Double(plan.plainCircuit.featureCount), Double(plan.plainCircuit.readoutCount)
        )
        let parameters = Double(plan.plainCircuit.parameterCount)
        let products = 2 * heads.entries * batch
        launches = [
            Launch(
                kernel: "half_angles", operations: 40 * (features * batch + heads.angles + parameters),
                bytes: 12 * (features * batch + heads.angles + parameters)),
            Launch(
                kernel: "simulate", operations: batch * cones.forward + heads.forward,
                bytes: 4 * (batch * (cones.states + cones.reduced + 2 * features) + heads.states)),
            Launch(
                kernel: "head_matrices", operations: heads.conjugation,
                bytes: 4 * (heads.states + heads.entries)),
            Launch(
                kernel: "expectations", operations: products,
                bytes: 4 * (batch * (cones.reduced + readouts) + heads.entries)),
            Launch(kernel: "spread_cotangent", operations: 0, bytes: 8 * batch * readouts),
            Launch(
                kernel: "matrix_gradients", operations: products,
                bytes: 4 * (batch * (cones.reduced + readouts) + heads.entries)),
            Launch(
                kernel: "effective_observables", operations: products,
                bytes: 4 * (batch * (cones.reduced + readouts) + heads.entries)),
            Launch(
                kernel: "head_duals", operations: 2 * heads.conjugation,
                bytes: 4 * (2 * heads.states + heads.entries)),
            Launch(
                kernel: "adjoint", operations: batch * cones.backward + heads.backward,
                bytes: 4
                    * (batch * (cones.states + cones.reduced + 2 * features + 3 * cones.slots)
                        + 2 * heads.states + 3 * heads.slots)),
            Launch(
                kernel: "feature_gradients", operations: batch * cones.slots,
                bytes: 4 * batch * (cones.featureSlots + features)),
            Launch(
                kernel: "parameter_gradients", operations: batch * cones.slots + heads.slots,
                bytes: 4 * (batch * (cones.slots - cones.featureSlots) + heads.slots + parameters)),
        ]
        transferredBytes = 4 * (2 * batch * (features + readouts) + 2 * parameters)
    }

    /// Seconds of a step on a device of the given peaks: launches one after the other, each with its own start.
    public func seconds(
        bytesPerSecond: Double, operationsPerSecond: Double, launchSeconds: Double,
        transferBytesPerSecond: Double
    ) -> Double {
        launches.reduce(transferredBytes / transferBytesPerSecond) {
            $0 + launchSeconds
                + $1.seconds(bytesPerSecond: bytesPerSecond, operationsPerSecond: operationsPerSecond)
        }
    }

    /// Whether a GPU is expected to take less time than `threads` threads of a processor.
    ///
    /// An estimate, to choose a backend by. Of a GPU it takes a tenth of the peaks of an H100-class device (3 TB/s,
    /// 60 TFLOP/s), 10 microseconds a launch and 10 GB/s for transfers; of a thread 60 GFLOP/s, which the CPU backend
    /// was measured at with AVX-512.
    public func favoursGPU(threads: Int) -> Bool {
        let gpu = seconds(
            bytesPerSecond: 3e11, operationsPerSecond: 6e12, launchSeconds: 1e-5, transferBytesPerSecond: 1e10
        )
        let operations = launches.reduce(0) { $0 + $1.operations }
        return gpu < operations / (6e10 * Double(threads))
    }
}

/// Operations and numbers of one sample in all encoding cones.
private struct ConeCost {
    var (forward, backward, states, reduced, slots, featureSlots) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ plan: ExecutionPlan) {
        for group in plan.encodings {
            let (count, run) = (Double(group.instances.count), RunCost(group.program))
            var (reducing, applying) = (0.0, 0.0)
            for register in group.registers {
                let size = Double(1 << register.count)
                reducing += 4 * (size + 1) * run.dimension
                applying += 8 * size * run.dimension
                reduced += count * size * size
            }
            forward += count * (run.forward + reducing)
            backward += count * (run.backward + applying)
            states += count * 2 * run.dimension
            slots += count * Double(group.program.featureSlotCount + group.program.parameterSlotCount)
            featureSlots += count * Double(group.program.featureSlotCount)
        }
    }
}

/// Operations and numbers of all task blocks.
private struct HeadCost {
    var (forward, backward, conjugation, states, entries, slots, angles) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ plan: ExecutionPlan) {
        for group in plan.heads {
            let (count, run) = (Double(group.members.count), RunCost(group.program))
            let observables = Double(group.observables.count)
            forward += count * run.dimension * run.forward
            backward += count * run.dimension * run.backward
            conjugation += count * observables * 4 * run.dimension * run.dimension * (run.dimension + 1)
            states += count * 2 * run.dimension * run.dimension
            entries += count * observables * run.dimension * run.dimension
            slots += count * run.dimension * Double(group.program.parameterSlotCount)
            angles += count * Double(group.program.parameterSlotCount)
        }
    }
}

/// Operations that take one state through a program and back.
private struct RunCost {
    let dimension: Double
    let forward: Double
    let backward: Double

    init(_ program: Program) {
        dimension = Double(program.dimension)
        var (rotations, opened, layers) = (0.0, true, 0.0)
        for operation in program.operations {
            switch operation {
            case .rotate: if !opened { rotations += 1 }
            case .controlledZ:
                opened = false
                layers += 1
            }
        }
        // A rotation is 28 operations a pair of amplitudes; back, two of them and 24 for the projections. An opening
        // product state is 12 an amplitude; back, its prefixes again and 28 for the contraction.
        forward = dimension * (12 + 14 * rotations + layers)
        backward = dimension * (40 + 40 * rotations + 2 * layers)
    }
}
