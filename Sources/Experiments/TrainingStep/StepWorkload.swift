import Circuits
import Datasets
import Execution
import Foundation
import LinearAlgebra
import Noise

/// One training step of a multi-task circuit: the workload that tests, benchmarks and the command line share.
///
/// Features are angles, every task is binary with one readout, and the loss is the binary cross-entropy of
/// `p = (1 + E) / 2`, clipped to `1e-6...1 - 1e-6`, as a mean over samples and readouts. The step gives all expectation
/// values and the gradients of the loss by features and trainable angles.
public struct StepWorkload: Sendable {
    /// The circuit's preset.
    public let preset: Preset
    /// The circuit made ready for backends.
    public private(set) var plan: ExecutionPlan
    /// Feature angles `[samples x features]` and trainable angles.
    public let inputs: ParameterBatch
    /// Labels, each 0 or 1, `[samples x readouts]`.
    public let labels: Matrix
    /// The seconds it took to make the plan.
    public let planSeconds: Double
    /// The layout of the trainable angles in named arrays.
    let layout: StepArrayLayout

    /// The size of a workload; what is left out is the preset's own.
    public struct Size: Sendable {
        /// The number of tasks `T`.
        public var tasks: Int
        /// The number of samples `B`.
        public var batch: Int
        /// Qubits, features, register and layers.
        public var circuit: Preset.Sizes

        /// A size.
        public init(tasks: Int, batch: Int, circuit: Preset.Sizes = Preset.Sizes()) {
            self.tasks = tasks
            self.batch = batch
            self.circuit = circuit
        }
    }

    /// A workload whose inputs depend on its plan.
    init(
        _ preset: Preset, size: Size,
        values: (ExecutionPlan, StepArrayLayout) throws(ExperimentError) -> (ParameterBatch, Matrix)
    ) throws(ExperimentError) {
        let clock = ContinuousClock()
        let start = clock.now
        let circuit: MultiTaskCircuit
        do {
            circuit = try preset.circuit(
                outputs: Array(repeating: 1, count: size.tasks), sizes: size.circuit)
        } catch {
            throw .invalidCircuit(error)
        }
        let plan = ExecutionPlan(circuit)
        planSeconds = (clock.now - start) / .seconds(1)
        self.preset = preset
        self.plan = plan
        layout = StepArrayLayout(
            preset, circuit: circuit, layers: size.circuit.layers ?? preset.block.layers)
        (inputs, labels) = try values(plan, layout)
    }

    /// The task circuits that a step evaluates, values and gradients: one for every sample and task.
    public var circuitCount: Int { inputs.sampleCount * labels.columns }

    /// The loss at expectation values `[samples x readouts]`.
    public func loss(_ expectations: Matrix) -> Double {
        precondition(expectations.rows == labels.rows && expectations.columns == labels.columns)
        var sum = 0.0
        for (value, label) in zip(expectations.elements, labels.elements) {
            let p = min(max((1 + Double(value)) / 2, Self.clip), 1 - Self.clip)
            sum -= label > 0.5 ? log(p) : log(1 - p)
        }
        return sum / Double(labels.elements.count)
    }

    /// The derivative of the loss by the expectation values; zero where the probability is clipped.
    public var cotangent: Cotangent {
        let labels = labels
        let scale = 0.5 / Float(labels.elements.count)
        let bounds = Float(Self.clip)...Float(1 - Self.clip)
        return Cotangent { expectations, samples in
            var weights = expectations
            let offset = samples.lowerBound * labels.columns
            weights.elements.withUnsafeMutableBufferPointer { weights in
                labels.elements.withUnsafeBufferPointer { labels in
                    for index in weights.indices {
                        let p = (1 + weights[index]) / 2
                        weights[index] =
                            bounds.contains(p) ? (p - labels[offset + index]) / (p * (1 - p)) * scale : 0
                    }
                }
            }
            return weights
        }
    }

    /// One step on `backend`.
    /// - Throws: `BackendError` as the backend does.
    public func step(on backend: some Backend) async throws(BackendError) -> CircuitGradients {
        try await backend.gradients(plan, inputs: inputs, cotangent: cotangent)
    }

    /// The same step of the circuit under noise.
    public func under(_ noise: NoiseModel) -> StepWorkload {
        var workload = self
        workload.plan = ExecutionPlan(plan.circuit, noise: noise)
        return workload
    }

    private static let clip = 1e-6
}
