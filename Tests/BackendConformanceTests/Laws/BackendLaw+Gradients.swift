import Circuits
import Execution
import LinearAlgebra
import Testing

/// Gradients against differences of expectation values.
extension BackendLaw {
    /// An angle that occurs in one rotation has `dE/da = (E(a + pi/2) - E(a - pi/2)) / 2`.
    ///
    /// Source: Mitarai et al., *Quantum circuit learning* (arXiv:1803.00745).
    func gradientsEqualParameterShift(_ kind: BackendKind) async throws {
        let shift = Stencil(step: .pi / 2, weights: [0.5])
        for index in 700..<708 {
            let original = try Workload.random(index, qubits: 1...4, tasks: 1...3)
            let circuit = try original.circuit.withDistinctAngles()
            var random = RandomCircuits(index)
            let workload = Workload("\(original) with distinct angles", circuit, samples: 2, &random)
            try await expectGradients(of: workload, equal: shift, kind)
        }
    }

    /// Angles that occur several times, and the presets.
    func gradientsEqualDifferences(_ kind: BackendKind) async throws {
        let presets = try [
            Workload.preset(.paper, outputs: [1, 3], samples: 2),
            Workload.preset(
                .deep, outputs: [1, 3], sizes: .init(qubits: 3, features: 6, register: 2), samples: 2),
            Workload.preset(.hqsl, outputs: [1], samples: 2),
        ]
        for workload in try presets
            + (800..<806).map({ try Workload.random($0, qubits: 1...4, tasks: 1...3) })
        {
            try await expectGradientsEqualDifferences(of: workload, kind)
        }
    }

    /// The parameter shift rule on values without shot noise: angles in several gates, products, tasks shifted together.
    func shiftedGradientsAreExact(_ kind: BackendKind) async throws {
        let base = try kind.make()
        let measuring = MeasuringBackend(base, Measurement())
        let presets = try [
            Workload.preset(.paper, outputs: [1, 3, 1, 1, 1, 1], samples: 3),
            Workload.preset(
                .deep, outputs: [1, 3], sizes: .init(qubits: 3, features: 6, register: 2), samples: 2),
        ]
        var workloads = try presets + (820..<828).map { try Workload.random($0, qubits: 1...4, tasks: 1...3) }
        workloads.append(try workloads[4].underRandomNoise(1))
        for workload in workloads {
            expectEqual(
                try await workload.gradients(on: measuring), try await workload.gradients(on: base),
                within: Tolerance(kind).difference, "\(workload) by parameter shift")
        }
    }

    /// Compares with differences of sixth order; the step is a power of two, so that shifted angles are exact.
    func expectGradientsEqualDifferences(of workload: Workload, _ kind: BackendKind) async throws {
        let differences = Stencil(step: 0x1p-5, weights: [0.75, -0.15, 1 / 60].map { $0 / 0x1p-5 })
        try await expectGradients(of: workload, equal: differences, kind)
    }

    private func expectGradients(of workload: Workload, equal stencil: Stencil, _ kind: BackendKind)
        async throws
    {
        let backend = try kind.make()
        let gradients = try await workload.gradients(on: backend)
        let parameters = try await stencil.parameterGradient(of: workload, on: backend)
        let features = try await stencil.featureGradient(of: workload, on: backend)
        #expect(distance(gradients.parameters, parameters) <= Tolerance(kind).difference, "\(workload)")
        expectEqual(gradients.features, features, within: Tolerance(kind).difference, "\(workload)")
    }
}

/// An antisymmetric difference `sum_k weights[k - 1] (f(a + k step) - f(a - k step))`.
private struct Stencil {
    let step: Float
    let weights: [Double]

    func parameterGradient(of workload: Workload, on backend: any Backend) async throws -> [Float] {
        var gradient: [Float] = []
        for index in workload.inputs.parameters.indices {
            let losses = try await difference { offset in
                var parameters = workload.inputs.parameters
                parameters[index] += offset
                return try await workload.replacing(parameters: parameters).losses(on: backend)
            }
            gradient.append(Float(losses.reduce(0, +)))
        }
        return gradient
    }

    func featureGradient(of workload: Workload, on backend: any Backend) async throws -> Matrix {
        var gradient = Matrix(rows: workload.inputs.sampleCount, columns: workload.circuit.featureCount)
        for index in 0..<gradient.columns {
            let losses = try await difference { offset in
                var features = workload.inputs.features
                for sample in 0..<features.rows { features[sample, index] += offset }
                return try await workload.replacing(features: features).losses(on: backend)
            }
            for sample in 0..<gradient.rows { gradient[sample, index] = Float(losses[sample]) }
        }
        return gradient
    }

    private func difference(_ losses: (Float) async throws -> [Double]) async throws -> [Double] {
        var sum: [Double] = []
        for (index, weight) in weights.enumerated() {
            let offset = Float(index + 1) * step
            let (above, below) = (try await losses(offset), try await losses(-offset))
            let term = zip(above, below).map { weight * ($0 - $1) }
            sum = sum.isEmpty ? term : zip(sum, term).map { $0 + $1 }
        }
        return sum
    }
}

extension Workload {
    /// The loss whose derivatives by the expectation values are the cotangent, sample by sample.
    fileprivate func losses(on backend: any Backend) async throws -> [Double] {
        let values = try await expectations(on: backend)
        return (0..<values.rows).map { row in
            zip(values.row(row), cotangent.row(row)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
    }
}

extension MultiTaskCircuit {
    /// The same gates, each rotation by an angle of its own.
    fileprivate func withDistinctAngles() throws -> MultiTaskCircuit {
        try MultiTaskCircuit(
            encoding: encoding.withDistinctAngles(), stageCount: stageCount,
            tasks: tasks.map { task in
                try TaskCircuit(
                    register: task.register, block: task.block.withDistinctAngles(),
                    observables: task.observables)
            })
    }
}

extension Circuit {
    fileprivate func withDistinctAngles() -> Circuit {
        var (parameters, features) = (0, 0)
        let gates = self.gates.map { gate in
            gate.replacingAngle { angle in
                switch angle {
                case .constant: return angle
                case .parameter, .product:
                    parameters += 1
                    return .parameter(parameters - 1)
                case .feature:
                    features += 1
                    return .feature(features - 1)
                }
            }
        }
        var circuit = Circuit(qubitCount: qubitCount, parameterCount: parameters, featureCount: features)
        for gate in gates { circuit.appendUnchecked(gate) }
        return circuit
    }
}
