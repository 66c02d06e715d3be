import CPUSimulation
import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation
import Testing

/// Cones whose rotations run in layers: as turns by tangents, with all that is diagonal between them at once.
@Suite struct LayeredConeTests {
    /// Layers of rotations on most qubits and controlled Z on some pairs; what is read ends in different layers.
    private func plan(qubits: Int, tasks: [[Int]], seed: Int, endsInEntangler: Bool) throws -> ExecutionPlan {
        let layers = 4
        var encoding = Circuit(
            qubitCount: qubits, parameterCount: 2 * layers * qubits, featureCount: layers * qubits)
        let axes: [Pauli] = [.x, .y, .z]
        for layer in 0..<layers {
            for qubit in 0..<qubits where (seed + 3 * layer + 5 * qubit) % 7 != 0 {
                let slot = layer * qubits + qubit
                try encoding.append(.rotation(axes[(layer + qubit) % 3], qubit, .feature(slot)))
                try encoding.append(.rotation(axes[(slot + seed) % 3], qubit, .parameter(2 * slot)))
                try encoding.append(.rotation(axes[(slot + seed + 1) % 3], qubit, .parameter(2 * slot + 1)))
            }
            guard layer + 1 < layers || endsInEntangler else { break }
            for qubit in 0..<qubits where (seed + layer + qubit) % 5 != 0 {
                try encoding.append(.controlledZ(qubit, (qubit + 1 + layer) % qubits))
            }
        }
        let circuits = try tasks.map { register in
            var block = Circuit(qubitCount: register.count, parameterCount: register.count)
            for qubit in register.indices {
                try block.append(.rotation(axes[qubit % 2], qubit, .parameter(qubit)))
                if qubit > 0 { try block.append(.controlledZ(qubit - 1, qubit)) }
            }
            return try TaskCircuit(
                register: register, block: block,
                observables: register.indices.map { PauliString($0 % 2 == 0 ? "Z\($0)" : "X\($0)")! })
        }
        return ExecutionPlan(try MultiTaskCircuit(encoding: encoding, stageCount: layers, tasks: circuits))
    }

    /// Angles of all sizes, among them multiples of a quarter turn, where a rotation has no first or no second amplitude.
    private func inputs(_ plan: ExecutionPlan, samples: Int, seed: Int) -> ParameterBatch {
        func angle(_ index: Int) -> Float {
            let draw = (index * 37 + seed * 11) % 23 - 11
            return index % 4 == 0 ? Float.pi / 2 * Float(draw) : 0.3 * Float(draw)
        }
        let count = samples * plan.circuit.featureCount
        return ParameterBatch(
            features: Matrix(
                rows: samples, columns: plan.circuit.featureCount, elements: (0..<count).map(angle)),
            parameters: (0..<plan.circuit.parameterCount).map { angle(3 * $0 + 1) })
    }

    private struct Case: CustomTestStringConvertible {
        let qubits: Int
        let tasks: [[Int]]
        let endsInEntangler: Bool
        var testDescription: String { "\(qubits) qubits, tasks on \(tasks)" }
    }

    private static let cases = [
        Case(qubits: 6, tasks: [[0, 1]], endsInEntangler: false),
        Case(qubits: 7, tasks: [[2, 5], [3], [5, 2]], endsInEntangler: true),
        Case(qubits: 9, tasks: [[0, 8, 4]], endsInEntangler: true),
        Case(qubits: 11, tasks: [[7], [10, 1]], endsInEntangler: false),
    ]

    @Test(arguments: cases.indices) func equalsTheReferenceOnEveryInstructionSet(index: Int) async throws {
        let chosen = Self.cases[index]
        let plan = try plan(
            qubits: chosen.qubits, tasks: chosen.tasks, seed: index, endsInEntangler: chosen.endsInEntangler)
        #expect(plan.widestCone >= 6)
        let inputs = inputs(plan, samples: 5, seed: index)
        let readouts = plan.circuit.readoutCount
        let cotangent = Cotangent(
            Matrix(
                rows: 5, columns: readouts,
                elements: (0..<5 * readouts).map { Float(($0 * 13) % 9 - 4) / 4 }))
        let expected = try await ReferenceBackend().gradients(plan, inputs: inputs, cotangent: cotangent)
        let shares = try await ReferenceBackend().taskGradients(plan, inputs: inputs, cotangent: cotangent)
        for set in CPUBackend.InstructionSet.allCases where set <= .best {
            for precision in CPUBackend.Precision.allCases {
                let backend = CPUBackend(precision: precision, instructionSet: set)
                // Rounding of the results themselves, and of about a hundred gates in single precision.
                let tolerance: Float = precision == .double ? 1e-6 : 8e-6
                let found = try await backend.gradients(plan, inputs: inputs, cotangent: cotangent)
                for (a, b) in [
                    (found.expectations.elements, expected.expectations.elements),
                    (found.features.elements, expected.features.elements),
                    (found.parameters, expected.parameters),
                ] {
                    #expect(zip(a, b).allSatisfy { abs($0 - $1) < tolerance }, "\(set) \(precision)")
                }
                let apart = try await backend.taskGradients(plan, inputs: inputs, cotangent: cotangent)
                for (a, b) in [(apart.features, shares.features), (apart.encoding, shares.encoding)] {
                    #expect(a.columns == b.columns)
                    #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < tolerance })
                }
            }
        }
        #expect(expected.features.elements.contains { abs($0) > 0.1 })
    }

    @Test func neitherThreadsNorOtherSamplesChangeABit() async throws {
        let plan = try plan(qubits: 8, tasks: [[1, 2], [6]], seed: 3, endsInEntangler: true)
        let inputs = inputs(plan, samples: 40, seed: 5)
        let cotangent = Matrix(rows: 40, columns: plan.circuit.readoutCount, repeating: 0.7)
        let one = try await CPUBackend(threads: 1).gradients(
            plan, inputs: inputs, cotangent: Cotangent(cotangent))
        let two = try await CPUBackend(threads: 2).gradients(
            plan, inputs: inputs, cotangent: Cotangent(cotangent))
        #expect(one.expectations == two.expectations)
        #expect(one.features == two.features)
        #expect(one.parameters == two.parameters)
        let few = 3..<20
        let part = try await CPUBackend(threads: 2).gradients(
            plan,
            inputs: ParameterBatch(
                features: inputs.features.slice(rows: few), parameters: inputs.parameters),
            cotangent: Cotangent(cotangent.slice(rows: few)))
        #expect(part.expectations == one.expectations.slice(rows: few))
        #expect(part.features == one.features.slice(rows: few))
    }
}
