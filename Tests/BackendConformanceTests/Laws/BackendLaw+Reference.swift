import Circuits
import Execution
import LinearAlgebra
import Testing

/// A workload and what the reference simulator gives for it.
private struct Answer: Sendable {
    let workload: Workload
    let expected: CircuitGradients

    init(_ workload: Workload) {
        self.workload = workload
        expected = workload.reference()
    }
}

/// Answers shared by all backends, found once.
private enum Answers {
    static let random = Result { try (0..<60).map { Answer(try Workload.random($0)) } }

    /// Every preset; 1 to 13 qubits, 1 to 257 samples, 1 to 100 tasks, registers as wide as the circuit.
    static let presets = Result {
        try [
            Workload.preset(.paper, outputs: [1], samples: 65),
            Workload.preset(.paper, outputs: [3], samples: 257),
            Workload.preset(.paper, outputs: [1, 3, 1, 1], samples: 7),
            Workload.preset(.paper, outputs: [1, 1, 3, 1, 9], samples: 3),
            Workload.preset(.paper, outputs: Array(repeating: 1, count: 13), samples: 1),
            Workload.preset(.paper, outputs: [3, 5], observables: .probabilities, samples: 3),
            Workload.preset(
                .paper, outputs: [1, 1], sizes: .init(features: 5, register: 3, layers: 2), samples: 7),
            Workload.preset(.paperFixedEncoding, outputs: [1, 3, 1, 1], samples: 7),
            Workload.preset(.separable, outputs: [1, 3, 1, 5, 1], samples: 3),
            Workload.preset(
                .deep, outputs: [1], sizes: .init(qubits: 1, features: 3, register: 1), samples: 257),
            Workload.preset(
                .deep, outputs: [1, 3], sizes: .init(qubits: 2, features: 5, register: 2, layers: 1),
                samples: 65),
            Workload.preset(
                .deep, outputs: Array(repeating: 1, count: 100), sizes: .init(qubits: 5, features: 10),
                samples: 7),
            Workload.preset(
                .deep, outputs: [5, 1], sizes: .init(qubits: 5, features: 15, register: 5), samples: 3),
            Workload.preset(.deep, outputs: [1, 4], sizes: .init(qubits: 9, features: 27), samples: 3),
            Workload.preset(
                .deep, outputs: [1], sizes: .init(qubits: 7, features: 14, register: 7), samples: 1),
            Workload.preset(.deep, outputs: [1], sizes: .init(qubits: 13, features: 26), samples: 1),
            Workload.preset(.hqsl, outputs: [1, 4, 3], samples: 65),
            // Inputs of a quarter or an eighth of a turn at most: a product of half turns is an angle of 10, whose rounding
            // to single precision alone is as large as the tolerance, and the gradient of an IQP feature sums up those of
            // six rotations, each times a neighbour's value.
            Workload.preset(
                .deep.with(.reuploading, .stronglyEntangling), outputs: [1, 3],
                sizes: .init(qubits: 5, features: 10), samples: 7, turns: 0.5),
            Workload.preset(.paper.with(.iqp, .simCircuits[5]), outputs: [1, 3], samples: 7, turns: 0.25),
            Workload.preset(
                .deep.with(.denseAngle3, .simCircuits[12]), outputs: [1, 3], sizes: .init(qubits: 5),
                samples: 3, turns: 0.5),
        ].map { Answer($0) }
    }
}

extension Preset {
    /// The preset with another encoding and another block.
    fileprivate func with(_ encoding: EncodingTemplate, _ block: BlockTemplate) -> Preset {
        var preset = self
        preset.stages = encoding.stages
        preset.block = block.block
        return preset
    }
}

/// Equality with a simulator that cuts, fuses and shares nothing.
extension BackendLaw {
    func randomCircuitsEqualReference(_ kind: BackendKind) async throws {
        try await expectEqual(to: Answers.random.get(), kind)
    }

    func presetsEqualReference(_ kind: BackendKind) async throws {
        try await expectEqual(to: Answers.presets.get(), kind)
    }

    private func expectEqual(to answers: [Answer], _ kind: BackendKind) async throws {
        let backend = try kind.make()
        for answer in answers {
            let values = try await answer.workload.expectations(on: backend)
            let gradients = try await answer.workload.gradients(on: backend)
            #expect(values == gradients.expectations, "\(answer.workload): both passes give the same values")
            BackendConformanceTests.expectEqual(
                gradients, answer.expected, within: Tolerance(kind).value, "\(answer.workload)")
        }
    }
}
