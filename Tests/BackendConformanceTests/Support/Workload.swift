import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation

/// A circuit with a batch to evaluate it at and the derivatives of a loss by its expectation values.
struct Workload: Sendable, CustomStringConvertible {
    let description: String
    let plan: ExecutionPlan
    let inputs: ParameterBatch
    /// `[samples x readouts]`.
    let cotangent: Matrix

    var circuit: MultiTaskCircuit { plan.circuit }

    /// Random angles and cotangents for `circuit`, drawn from `random`; angles are `turns` times those in `-pi...pi`.
    init(
        _ description: String, _ circuit: MultiTaskCircuit, samples: Int, turns: Float = 1,
        _ random: inout RandomCircuits
    ) {
        self.description = description
        plan = ExecutionPlan(circuit)
        inputs = ParameterBatch(
            features: Matrix(
                rows: samples, columns: circuit.featureCount,
                elements: random.angles(samples * circuit.featureCount).map { $0 * turns }),
            parameters: random.angles(circuit.parameterCount).map { $0 * turns })
        cotangent = Matrix(
            rows: samples, columns: circuit.readoutCount,
            elements: random.angles(samples * circuit.readoutCount).map { $0 / .pi })
    }

    /// A circuit of any gates with tasks on any registers.
    static func random(
        _ index: Int, qubits: ClosedRange<Int> = 1...6, tasks: ClosedRange<Int> = 1...4, samples: Int = 3
    ) throws -> Workload {
        var random = RandomCircuits(index)
        let circuit = try random.multiTaskCircuit(
            qubits: random.integer(in: qubits), tasks: random.integer(in: tasks))
        return Workload("random circuit \(index)", circuit, samples: samples, &random)
    }

    /// A preset's circuit.
    static func preset(
        _ preset: Preset, outputs: [Int], sizes: Preset.Sizes = .init(),
        observables: Observables = .expectations, samples: Int, turns: Float = 1
    ) throws -> Workload {
        let circuit = try preset.circuit(outputs: outputs, sizes: sizes, observables: observables)
        let name =
            "\(preset.name), \(circuit.encoding.qubitCount) qubits, \(outputs.count) tasks, \(samples) samples"
        var random = RandomCircuits(1000 + samples)
        return Workload(name, circuit, samples: samples, turns: turns, &random)
    }

    /// A plan at given inputs.
    init(_ description: String, _ plan: ExecutionPlan, _ inputs: ParameterBatch, _ cotangent: Matrix) {
        self.description = description
        self.plan = plan
        self.inputs = inputs
        self.cotangent = cotangent
    }

    /// The same batch on another circuit with the same angles and readouts.
    func replacing(circuit: MultiTaskCircuit) -> Workload {
        Workload(description, ExecutionPlan(circuit), inputs, cotangent)
    }

    /// The same plan at some of the samples.
    func keeping(samples: Range<Int>) -> Workload {
        let inputs = ParameterBatch(
            features: inputs.features.slice(rows: samples), parameters: inputs.parameters)
        return Workload(description, plan, inputs, cotangent.slice(rows: samples))
    }

    /// The same plan and features at other trainable angles.
    func replacing(parameters: [Float]) -> Workload {
        let inputs = ParameterBatch(features: inputs.features, parameters: parameters)
        return Workload(description, plan, inputs, cotangent)
    }

    /// The same plan and trainable angles at other feature angles.
    func replacing(features: Matrix) -> Workload {
        let inputs = ParameterBatch(features: features, parameters: inputs.parameters)
        return Workload(description, plan, inputs, cotangent)
    }

    /// The same batch with other derivatives of the loss.
    func replacing(cotangent: Matrix) -> Workload { Workload(description, plan, inputs, cotangent) }

    func expectations(on backend: any Backend) async throws -> Matrix {
        try await backend.expectations(plan, inputs: inputs)
    }

    func gradients(on backend: any Backend) async throws -> CircuitGradients {
        try await backend.gradients(plan, inputs: inputs, cotangent: Cotangent(cotangent))
    }

    /// What the reference simulator gives, rounded to single precision.
    func reference() -> CircuitGradients {
        let weights = cotangent
        let features = (0..<inputs.sampleCount).map { inputs.features.row($0).map(Double.init) }
        let parameters = inputs.parameters.map(Double.init)
        let slope = { (sample: Int, _: [Double]) in weights.row(sample).map(Double.init) }
        let exact =
            if let noise = plan.noise {
                NoisySimulator(circuit, noise: noise, folds: plan.folds)
                    .gradients(features: features, parameters: parameters, cotangent: slope)
            } else {
                ReferenceSimulator.gradients(
                    circuit, features: features, parameters: parameters, cotangent: slope)
            }
        func matrix(_ rows: [[Double]], columns: Int) -> Matrix {
            Matrix(rows: rows.count, columns: columns, elements: rows.joined().map { Float($0) })
        }
        return CircuitGradients(
            expectations: matrix(exact.expectations, columns: circuit.readoutCount),
            features: matrix(exact.features, columns: circuit.featureCount),
            parameters: exact.parameters.map { Float($0) })
    }
}
