import Circuits
import Execution
import LinearAlgebra
import Synchronization
import Testing

@Suite struct FallbackBackendTests {
    @Test func aLostDeviceCostsNoBatch() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1]))
        let inputs = ParameterBatch(
            features: Matrix(rows: 2, columns: 3),
            parameters: [Float](repeating: 0, count: plan.circuit.parameterCount))
        let (device, processor) = (
            CountingBackend("device", value: 1, workingCalls: 2), CountingBackend("cpu", value: 2)
        )
        let warnings = Mutex<[BackendError]>([])
        let backend = FallbackBackend(device, fallback: processor) { error in
            warnings.withLock { $0.append(error) }
        }
        var values: [Float] = []
        for _ in 0..<2 {
            values.append(try await backend.expectations(plan, inputs: inputs)[0, 0])
            let cotangent = Cotangent(Matrix(rows: 2, columns: 1))
            let step = try await backend.gradients(plan, inputs: inputs, cotangent: cotangent)
            values.append(step.expectations[1, 0])
        }
        #expect(values == [1, 1, 2, 2])
        #expect(warnings.withLock { $0 } == [.unavailable(backend: "device", reason: "the device was lost")])
        // A lost device is not asked again.
        #expect(device.calls.load(ordering: .relaxed) == 3)
        // The result of a run names what computed it.
        #expect(backend.capabilities.name == "cpu")
    }

    @Test func whatTheFallbackCannotDoEitherIsAnError() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1]))
        let inputs = ParameterBatch(
            features: Matrix(rows: 1, columns: 3),
            parameters: [Float](repeating: 0, count: plan.circuit.parameterCount))
        let backend = FallbackBackend(
            CountingBackend("device", value: 1, workingCalls: 0),
            fallback: CountingBackend("cpu", value: 2, workingCalls: 0)
        ) { _ in }
        await #expect(throws: BackendError.unavailable(backend: "cpu", reason: "the device was lost")) {
            try await backend.expectations(plan, inputs: inputs)
        }
    }
}
