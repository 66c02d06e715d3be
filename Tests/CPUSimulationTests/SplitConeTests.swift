import CPUSimulation
import Circuits
import Execution
import LinearAlgebra
import Noise
import ReferenceSimulation
import Testing

/// Noisy cones so wide that they are simulated in parts: halves joined by a bond, then blocks of the whole state.
@Suite struct SplitConeTests {
    /// Channels of every kind, on some qubits or on all: diagonal ones, ones that shift, ones that couple.
    private static func mixedNoise() throws -> NoiseModel {
        var noise = NoiseModel()
        try noise.add(.depolarizing(probability: 0.02), after: .rotationY)
        try noise.add(.amplitudeDamping(probability: 0.1), after: .rotationY, on: [0, 3, 5])
        try noise.add(.thermalRelaxation(t1: 1, t2: 0.7, time: 0.05), after: .rotationZ, on: [1, 2])
        try noise.add(.depolarizing(probability: 0.05, qubitCount: 2), after: .controlledZ)
        try noise.add(.overRotation(of: .controlledX, angle: 0.1), after: .controlledX)
        try noise.add(.amplitudeDamping(probability: 1), after: .controlledX, on: [2, 4])
        noise.set(try ReadoutError(zeroToOne: 0.03, oneToZero: 0.07))
        return noise
    }

    private static func deep(_ qubits: Int, stages: Int, _ noise: NoiseModel) throws -> ExecutionPlan {
        let sizes = Preset.Sizes(qubits: qubits, features: qubits * stages)
        return ExecutionPlan(try Preset.deep.circuit(outputs: [1, 3, 1], sizes: sizes), noise: noise)
    }

    /// Gates between any two qubits, so that every division is crossed often, and two registers of one cone.
    private static func tangled(_ noise: NoiseModel) throws -> ExecutionPlan {
        let qubits = 6
        var encoding = Circuit(qubitCount: qubits, parameterCount: 3 * qubits, featureCount: qubits)
        for layer in 0..<3 {
            for qubit in 0..<qubits {
                try encoding.append(.rotation(.y, qubit, .feature(qubit)))
                try encoding.append(.rotation(.z, qubit, .parameter(layer * qubits + qubit)))
            }
            for qubit in 0..<qubits {
                try encoding.append(.controlledX(control: qubit, target: (qubit + layer + 1) % qubits))
                try encoding.append(.controlledZ((qubit + 2) % qubits, (qubit + 5) % qubits))
            }
        }
        var block = Circuit(qubitCount: 2, parameterCount: 1)
        try block.append(.rotation(.x, 0, .parameter(0)))
        try block.append(.controlledZ(0, 1))
        let observables = [PauliString("X0")!, PauliString("Z0*Y1")!]
        return ExecutionPlan(
            try MultiTaskCircuit(
                encoding: encoding, stageCount: 1,
                tasks: [
                    TaskCircuit(register: [4, 1], block: block, observables: observables),
                    TaskCircuit(register: [3, 0], block: block, observables: observables),
                ]), noise: noise)
    }

    private static func plans() throws -> [ExecutionPlan] {
        let weak = try NoiseDescription(named: "depolarizing:0.01").model(qubitCount: 7)
        return [
            try deep(6, stages: 4, try mixedNoise()), try deep(7, stages: 5, weak),
            try tangled(try mixedNoise()), try tangled(NoiseModel()),
        ]
    }

    private func inputs(_ plan: ExecutionPlan, samples: Int) -> (ParameterBatch, Matrix) {
        func values(_ count: Int, _ step: Int) -> [Float] {
            (0..<count).map { 1.2 * Float(($0 * step) % 43 - 21) / 21 }
        }
        let features = Matrix(
            rows: samples, columns: plan.circuit.featureCount,
            elements: values(samples * plan.circuit.featureCount, 37))
        let cotangent = Matrix(
            rows: samples, columns: plan.circuit.readoutCount,
            elements: values(samples * plan.circuit.readoutCount, 29))
        return (
            ParameterBatch(features: features, parameters: values(plan.circuit.parameterCount, 17)), cotangent
        )
    }

    /// Rounding of some hundred gates and channels in single precision.
    private let tolerance: Float = 4e-6

    private func expectEqual(_ found: CircuitGradients, _ expected: CircuitGradients, within tolerance: Float)
    {
        for (a, b) in [
            (found.expectations.elements, expected.expectations.elements),
            (found.features.elements, expected.features.elements), (found.parameters, expected.parameters),
        ] {
            #expect(zip(a, b).allSatisfy { abs($0 - $1) <= tolerance })
        }
    }

    @Test func equalsTheReferenceOnEveryInstructionSet() async throws {
        for plan in try Self.plans() {
            #expect(CPUBackend().explanation(of: plan).contains { $0.contains("in parts") })
            let (inputs, weights) = inputs(plan, samples: 2)
            let expected = try await ReferenceBackend().gradients(
                plan, inputs: inputs, cotangent: Cotangent(weights))
            #expect(expected.parameters.contains { abs($0) > 100 * tolerance })
            for set in CPUBackend.InstructionSet.allCases where set <= .best {
                for precision in CPUBackend.Precision.allCases {
                    let backend = CPUBackend(precision: precision, instructionSet: set)
                    let found = try await backend.gradients(
                        plan, inputs: inputs, cotangent: Cotangent(weights))
                    expectEqual(found, expected, within: tolerance)
                    #expect(try await backend.expectations(plan, inputs: inputs) == found.expectations)
                }
            }
        }
    }

    @Test func rowsOfABatchAndThreadsDoNotChangeABit() async throws {
        let plan = try Self.deep(6, stages: 4, try Self.mixedNoise())
        let (inputs, weights) = inputs(plan, samples: 35)
        let whole = try await CPUBackend(threads: 2).gradients(
            plan, inputs: inputs, cotangent: Cotangent(weights))
        let one = try await CPUBackend(threads: 1).gradients(
            plan, inputs: inputs, cotangent: Cotangent(weights))
        expectEqual(whole, one, within: 0)
        for row in [0, 17, 34] {
            let alone = try await CPUBackend().gradients(
                plan,
                inputs: ParameterBatch(
                    features: inputs.features.slice(rows: row..<row + 1), parameters: inputs.parameters),
                cotangent: Cotangent(weights.slice(rows: row..<row + 1)))
            #expect(alone.expectations.row(0) == whole.expectations.row(row))
            #expect(alone.features.row(0) == whole.features.row(row))
        }
    }
}
