import CPUSimulation
import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation
import Testing

/// Cones so wide that states are simulated one at a time, with the highest qubits in the lanes of a vector.
@Suite struct WideConeTests {
    /// Fifteen qubits in one cone, gates on lane qubits and across them, and a register of a shuffled pair of qubits.
    private func plan() throws -> ExecutionPlan {
        let qubits = 15
        var encoding = Circuit(qubitCount: qubits, parameterCount: 2 * qubits, featureCount: qubits)
        for qubit in 0..<qubits {
            try encoding.append(.rotation(.y, qubit, .feature(qubit)))
            try encoding.append(.rotation(.z, qubit, .parameter(qubit)))
        }
        for qubit in 0..<qubits {
            try encoding.append(.controlledX(control: qubit, target: (qubit + 4) % qubits))
            try encoding.append(.controlledZ((qubit + 7) % qubits, qubit))
        }
        for qubit in 0..<qubits { try encoding.append(.rotation(.x, qubit, .parameter(qubits + qubit))) }
        for qubit in 1..<qubits { try encoding.append(.controlledX(control: qubit, target: qubit - 1)) }
        var block = Circuit(qubitCount: 2, parameterCount: 2)
        try block.append(.rotation(.y, 0, .parameter(0)))
        try block.append(.controlledZ(0, 1))
        try block.append(.rotation(.x, 1, .parameter(1)))
        let observables = [PauliString("Z0")!, PauliString("X0*Y1")!]
        return ExecutionPlan(
            try MultiTaskCircuit(
                encoding: encoding, stageCount: 1,
                tasks: [TaskCircuit(register: [9, 2], block: block, observables: observables)]))
    }

    private func inputs(_ plan: ExecutionPlan, samples: Int) -> ParameterBatch {
        let features = (0..<samples * plan.circuit.featureCount).map { 1.3 * Float(($0 * 37) % 23 - 11) / 11 }
        let parameters = (0..<plan.circuit.parameterCount).map { 1.1 * Float(($0 * 29) % 19 - 9) / 9 }
        return ParameterBatch(
            features: Matrix(rows: samples, columns: plan.circuit.featureCount, elements: features),
            parameters: parameters)
    }

    /// Rounding of about a hundred gates in single precision.
    private let tolerance: Float = 4e-6

    @Test func equalsTheReferenceOnEveryInstructionSet() async throws {
        let plan = try plan()
        #expect(plan.widestCone == 15)
        let inputs = inputs(plan, samples: 2)
        let cotangent = Cotangent(Matrix(rows: [[0.5, -1], [0.25, 2]]))
        let expected = try await ReferenceBackend().gradients(plan, inputs: inputs, cotangent: cotangent)
        for set in CPUBackend.InstructionSet.allCases where set <= .best {
            for precision in CPUBackend.Precision.allCases {
                let backend = CPUBackend(precision: precision, instructionSet: set)
                let found = try await backend.gradients(plan, inputs: inputs, cotangent: cotangent)
                for (a, b) in [
                    (found.expectations.elements, expected.expectations.elements),
                    (found.features.elements, expected.features.elements),
                    (found.parameters, expected.parameters),
                ] {
                    #expect(zip(a, b).allSatisfy { abs($0 - $1) < tolerance })
                }
                #expect(expected.features.elements.contains { abs($0) > 100 * tolerance })
            }
        }
    }

    @Test func threadsDoNotChangeABit() async throws {
        let plan = try plan()
        for samples in [1, 3] {
            let inputs = inputs(plan, samples: samples)
            let cotangent = Cotangent(Matrix(rows: samples, columns: 2, repeating: 0.7))
            let one = try await CPUBackend(threads: 1).gradients(plan, inputs: inputs, cotangent: cotangent)
            let two = try await CPUBackend(threads: 2).gradients(plan, inputs: inputs, cotangent: cotangent)
            #expect(one.expectations == two.expectations)
            #expect(one.features == two.features)
            #expect(one.parameters == two.parameters)
        }
    }
}
