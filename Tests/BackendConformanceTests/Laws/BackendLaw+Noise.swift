import Circuits
import Execution
import LinearAlgebra
import Noise
import NoiseVectors
import ReferenceSimulation
import Testing

/// A noisy workload and what density matrices, on all qubits and gate by gate, give for it.
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
    /// Cones, marginal channels and fused matrices are all in these; every fourth is folded.
    static let random = Result {
        try (0..<40).map { index in
            try Answer(Workload.random(index, qubits: 1...4, tasks: 1...3).underRandomNoise(index))
        }
    }

    static let presets = Result {
        try [
            Workload.preset(.paper, outputs: [1, 1, 1, 1, 1], samples: 2),
            Workload.preset(.paper, outputs: [3, 1], samples: 17),
            Workload.preset(.separable, outputs: [1, 3], samples: 3),
            Workload.preset(
                .deep, outputs: [1, 1, 1, 1, 1, 3], sizes: .init(qubits: 4, features: 8, register: 2),
                samples: 5),
        ].enumerated().map { try Answer($1.under(.depolarizing($0))) }
    }
}

/// Noise: equality with density matrices, and gradients through channels.
extension BackendLaw {
    func noisyCircuitsEqualReference(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for answer in try Answers.random.get() + Answers.presets.get() {
            let values = try await answer.workload.expectations(on: backend)
            let gradients = try await answer.workload.gradients(on: backend)
            expectEqual(
                values, gradients.expectations, within: Tolerance(kind).value,
                "\(answer.workload): both passes give the same values")
            expectEqual(
                gradients, answer.expected, within: Tolerance(kind).value, "\(answer.workload) under noise")
        }
    }

    /// Every channel and both device models, with values that this package has no part in.
    func noisyCircuitsEqualAer(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for vector in NoiseVector.all {
            let batch = ParameterBatch(features: Matrix(rows: 3, columns: 0), parameters: [])
            let values = try await backend.expectations(vector.plan(), inputs: batch)
            for row in 0..<3 {
                #expect(
                    distance(Array(values.row(row)), vector.expectations.map { Float($0) })
                        < Tolerance.aer, "\(vector.name)")
            }
        }
    }

    func noisyGradientsEqualDifferences(_ kind: BackendKind) async throws {
        for index in 900..<903 {
            let workload = try Workload.random(index, qubits: 1...3, tasks: 1...2).underRandomNoise(index)
            try await expectGradientsEqualDifferences(of: workload, kind)
        }
    }

    /// Distributions of outcomes agree up to rounding, so that the same random numbers give the same outcomes.
    func shotsAreReproducible(_ kind: BackendKind) async throws {
        for index in 920..<924 {
            let workload = try Workload.random(index, qubits: 1...4).underRandomNoise(index)
            let measurement = Measurement(shots: 100, seed: UInt64(index))
            let own = MeasuringBackend(try kind.make(), measurement)
            let reference = MeasuringBackend(ReferenceBackend(), measurement)
            #expect(
                try await workload.expectations(on: own) == workload.expectations(on: reference),
                "\(workload)")
        }
    }

    func weakNoiseTendsToNone(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for index in 910..<914 {
            let workload = try Workload.random(index, qubits: 1...5)
            expectEqual(
                try await workload.under(NoiseModel()).gradients(on: backend),
                try await workload.gradients(on: backend), within: Tolerance(kind).value, "\(workload)")
        }
    }
}

extension Workload {
    func under(_ noise: NoiseModel, folds: Int = 0) -> Workload {
        Workload(description, ExecutionPlan(circuit, noise: noise, folds: folds), inputs, cotangent)
    }

    func underRandomNoise(_ index: Int) throws -> Workload {
        var random = RandomCircuits(5000 + index)
        return under(
            try random.noise(qubits: circuit.encoding.qubitCount), folds: index % 4 == 3 ? 1 : 0)
    }
}

extension NoiseModel {
    fileprivate static func depolarizing(_ index: Int) throws -> NoiseModel {
        try NoiseDescription(named: "depolarizing:0.0\(index + 1)").model(qubitCount: 1)
    }
}
