import CPUSimulation
import Circuits
import Execution
import LinearAlgebra
import Testing

/// States too many for the caches are simulated again on the way back; nobody can tell from the results.
@Suite struct KeptStatesTests {
    @Test(arguments: CPUBackend.Precision.allCases)
    func simulatingAgainChangesNoBit(_ precision: CPUBackend.Precision) async throws {
        // 100 tasks of five qubits at 64 samples: 6,400 states of 256 bytes (single) exceed a mebibyte, 800 do not.
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: Array(repeating: 1, count: 100)))
        let (samples, part) = (64, 8)
        func values(_ count: Int, _ step: Int) -> [Float] {
            (0..<count).map { Float(($0 * step) % 211) / 105 - 1 }
        }
        let parameters = values(plan.circuit.parameterCount, 37)
        let features = Matrix(
            rows: samples, columns: plan.circuit.featureCount,
            elements: values(samples * plan.circuit.featureCount, 53))
        let weights = Matrix(rows: samples, columns: 100, elements: values(samples * 100, 29))
        let backend = CPUBackend(precision: precision)
        let whole = try await backend.gradients(
            plan, inputs: ParameterBatch(features: features, parameters: parameters),
            cotangent: Cotangent(weights))
        #expect(whole.features.elements.contains { abs($0) > 0.1 })
        for first in stride(from: 0, to: samples, by: part) {
            let rows = first..<first + part
            let some = try await backend.gradients(
                plan, inputs: ParameterBatch(features: features.slice(rows: rows), parameters: parameters),
                cotangent: Cotangent(weights.slice(rows: rows)))
            #expect(some.expectations == whole.expectations.slice(rows: rows))
            #expect(some.features == whole.features.slice(rows: rows))
        }
    }
}
