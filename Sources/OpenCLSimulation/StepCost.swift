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
        let noisy = plan.noise != nil
        var launches = [
            Launch(
                kernel: "half_angles", operations: 40 * (features * batch + heads.angles + parameters),
                bytes: 12 * (features * batch + heads.angles + parameters)),
            Launch(
                kernel: noisy ? "transfer_cones" : "simulate",
                operations: batch * cones.forward + (noisy ? 0 : heads.forward),
                bytes: 4 * (batch * (cones.states + cones.reduced + 2 * features) + heads.states)),
            Launch(
                kernel: noisy ? "transfer_heads" : "head_matrices",
                operations: noisy ? heads.forward : heads.conjugation,
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
        ]
        let coneBytes = 4 * batch * (cones.states + cones.reduced + 2 * features + 3 * cones.slots)
        if noisy {
            launches += [
                Launch(
                    kernel: "transfer_cones_back", operations: batch * cones.backward, bytes: coneBytes),
                Launch(
                    kernel: "transfer_heads_back", operations: heads.backward,
                    bytes: 4 * (heads.entries + 3 * heads.slots)),
            ]
        } else {
            launches += [
                Launch(
                    kernel: "head_duals", operations: 2 * heads.conjugation,
                    bytes: 4 * (2 * heads.states + heads.entries)),
                Launch(
                    kernel: "adjoint", operations: batch * cones.backward + heads.backward,
                    bytes: coneBytes + 4 * (2 * heads.states + 3 * heads.slots)),
            ]
        }
        launches += [
            Launch(
                kernel: "feature_gradients", operations: batch * cones.slots,
                bytes: 4 * batch * (cones.featureSlots + features)),
            Launch(
                kernel: "parameter_gradients", operations: batch * cones.slots + heads.slots,
                bytes: 4 * (batch * (cones.slots - cones.featureSlots) + heads.slots + parameters)),
        ]
        self.launches = launches
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
