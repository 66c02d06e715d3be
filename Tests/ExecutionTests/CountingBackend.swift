import Circuits
import Execution
import LinearAlgebra
import Synchronization

/// A backend whose answers tell it apart, and which fails from a given call on.
final class CountingBackend: Backend {
    let capabilities: BackendCapabilities
    private let value: Float
    private let workingCalls: Int
    let calls = Atomic(0)

    init(_ name: String, value: Float, workingCalls: Int = .max) {
        capabilities = BackendCapabilities(name: name, device: "test", threads: 1)
        self.value = value
        self.workingCalls = workingCalls
    }

    func expectations(_ plan: ExecutionPlan, inputs: ParameterBatch) async throws(BackendError) -> Matrix {
        guard calls.wrappingAdd(1, ordering: .relaxed).oldValue < workingCalls else {
            throw .unavailable(backend: capabilities.name, reason: "the device was lost")
        }
        return Matrix(rows: inputs.sampleCount, columns: plan.circuit.readoutCount, repeating: value)
    }

    func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        CircuitGradients(
            expectations: try await expectations(plan, inputs: inputs), features: inputs.features,
            parameters: inputs.parameters)
    }
}
