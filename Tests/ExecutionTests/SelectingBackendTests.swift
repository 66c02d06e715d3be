import Circuits
import Execution
import LinearAlgebra
import Synchronization
import Testing

@Suite struct SelectingBackendTests {
    @Test func everyBatchGoesWhereItsSizeBelongs() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1]))
        let decisions = Mutex<[Bool]>([])
        let backend = SelectingBackend(
            CountingBackend("device", value: 1), alternative: CountingBackend("cpu", value: 2)
        ) { _, samples in
            samples >= 8
        } decided: { decision in
            decisions.withLock { $0.append(decision) }
        }
        var values: [Float] = []
        for samples in [3, 8, 7, 100] {
            let inputs = ParameterBatch(
                features: Matrix(rows: samples, columns: 3),
                parameters: [Float](repeating: 0, count: plan.circuit.parameterCount))
            values.append(try await backend.expectations(plan, inputs: inputs)[0, 0])
            let cotangent = Cotangent(Matrix(rows: samples, columns: 1))
            values.append(
                try await backend.gradients(plan, inputs: inputs, cotangent: cotangent).expectations[0, 0])
        }
        #expect(values == [2, 2, 1, 1, 2, 2, 1, 1])
        // The first decision is told, once.
        #expect(decisions.withLock { $0 } == [false])
    }
}
