import Circuits
import Execution
import Foundation
import LinearAlgebra
import Randomness

/// A multi-task circuit with a batch to evaluate it at.
struct Workload: Sendable {
    /// The name in reports: what tells the workload from others.
    let name: String
    /// The circuit, ready for a backend.
    let plan: ExecutionPlan
    /// Features and trainable angles, uniform within a quarter turn of zero.
    let inputs: ParameterBatch
    /// Labels of 0 or 1, `[samples x tasks]`.
    let labels: Matrix

    /// `taskCount` binary tasks of `preset` on `sampleCount` samples.
    init(
        _ preset: Preset, sizes: Preset.Sizes = .init(), taskCount: Int, sampleCount: Int
    ) throws {
        let circuit = try preset.circuit(outputs: Array(repeating: 1, count: taskCount), sizes: sizes)
        name = "\(preset.name) n=\(circuit.encoding.qubitCount) T=\(taskCount) B=\(sampleCount)"
        plan = ExecutionPlan(circuit)
        var angles = Philox(seed: 1, purpose: .initialization)
        func draw(_ count: Int) -> [Float] {
            (0..<count).map { _ in angles.uniform(in: -.pi / 2 ..< .pi / 2) }
        }
        inputs = ParameterBatch(
            features: Matrix(
                rows: sampleCount, columns: circuit.featureCount,
                elements: draw(sampleCount * circuit.featureCount)),
            parameters: draw(circuit.parameterCount))
        var data = Philox(seed: 1, purpose: .data)
        labels = Matrix(
            rows: sampleCount, columns: taskCount,
            elements: (0..<sampleCount * taskCount).map { _ in Float(data.nextWord() & 1) })
    }

    /// The derivative of the mean binary cross-entropy of `p = (1 + E) / 2`, clipped to `[1e-6, 1 - 1e-6]`.
    var cotangent: Cotangent {
        let (labels, scale) = (labels, 1 / Float(labels.elements.count))
        return Cotangent { expectations, samples in
            let labels = labels.slice(rows: samples)
            let elements = zip(expectations.elements, labels.elements).map { expectation, label -> Float in
                let probability = (1 + expectation) / 2
                guard probability > 1e-6, probability < 1 - 1e-6 else { return 0 }
                return scale * (probability - label) / (2 * probability * (1 - probability))
            }
            return Matrix(rows: samples.count, columns: labels.columns, elements: elements)
        }
    }
}

extension Workload {
    /// Floating-point operations of values and gradients, by `ExecutionPlan.multiplyAdds`.
    var operations: Double { 2 * plan.multiplyAdds(sampleCount: inputs.sampleCount) }

    /// Values and all gradients.
    func gradients(on backend: some Backend) async throws -> CircuitGradients {
        try await backend.gradients(plan, inputs: inputs, cotangent: cotangent)
    }

    /// One task behind encodings of growing width: a register of one qubit, whose cone is cut.
    static func encodings() throws -> [Workload] {
        try [4, 8, 12].map { qubits in
            let sizes = Preset.Sizes(qubits: qubits, features: 8 * qubits, register: 1, layers: 1)
            return try Workload(.deep, sizes: sizes, taskCount: 1, sampleCount: 256)
        }
    }

    /// Many blocks of four qubits and one sample.
    static func heads() throws -> [Workload] {
        let sizes = Preset.Sizes(qubits: 4, features: 4, register: 4, layers: 2)
        return try [16, 256, 1024].map { try Workload(.deep, sizes: sizes, taskCount: $0, sampleCount: 1) }
    }

    /// The sizes of the comparison with other libraries; `peers/workload.py` has the same under these names.
    static func peers() throws -> [Workload] {
        let narrow = Preset.Sizes(qubits: 8, features: 64, register: 4, layers: 2)
        let small = Preset.Sizes(qubits: 4, features: 16, register: 2, layers: 1)
        let n12 = Preset.Sizes(qubits: 12, features: 48, register: 4, layers: 2)
        let n16 = Preset.Sizes(qubits: 16, features: 48, register: 4, layers: 2)
        return try [Workload(.deep, sizes: small, taskCount: 3, sampleCount: 32)]
            + [1, 4, 16, 64, 256].map { try Workload(.deep, sizes: narrow, taskCount: $0, sampleCount: 64) }
            + [Workload(.deep, sizes: n12, taskCount: 16, sampleCount: 32)]
            + [Workload(.deep, sizes: n16, taskCount: 8, sampleCount: 8)]
    }

    /// Gradients task by task: on one shared register, and where each task has its own.
    static func balancing() throws -> [Workload] {
        let narrow = Preset.Sizes(qubits: 8, features: 64, register: 4, layers: 2)
        return try [16, 64, 256].map {
            try Workload(.deep, sizes: narrow, taskCount: $0, sampleCount: 64)
        }
            + [64, 256].map { try Workload(.paper, taskCount: $0, sampleCount: 64) }
    }

    /// The default preset as the number of tasks, and with it the circuit, grows.
    static func scaling() throws -> [Workload] {
        try [16, 64, 256, 1024].map { try Workload(.paper, taskCount: $0, sampleCount: 64) }
    }
}
