import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation
import Testing

/// What single-precision inputs and outputs leave of a double-precision computation.
private let tolerance = 1e-6

struct ReferenceBackendTests {
    @Test(arguments: ["deep-step-small", "deep-step-ref6"])
    func givesTheSimulatorsValuesInSinglePrecision(name: String) async throws {
        let step = try vectors(name, as: DeepStepVectors.self).step()
        let inputs = ParameterBatch(
            features: Matrix(rows: step.features.map { $0.map { Float($0) } }),
            parameters: step.parameters.map { Float($0) })
        let cotangent = Cotangent { values, samples in
            Matrix(
                rows: samples.map { sample in
                    let row = values.row(sample - samples.lowerBound).map(Double.init)
                    return step.cotangent(sample, row).map { Float($0) }
                })
        }
        let gradients = try await ReferenceBackend().gradients(
            ExecutionPlan(step.circuit), inputs: inputs, cotangent: cotangent)
        #expect(distance(gradients.expectations.elements, step.expectations.flatMap(\.self)) < tolerance)
        #expect(distance(gradients.features.elements, step.featureGradient.flatMap(\.self)) < tolerance)
        #expect(distance(gradients.parameters, step.parameterGradient) < tolerance)
    }

    @Test func refusesACircuitThatDoesNotFit() async throws {
        let plan = ExecutionPlan(try Preset.separable.circuit(outputs: [1, 1, 1]))
        let inputs = ParameterBatch(
            features: Matrix(rows: 1, columns: plan.circuit.featureCount),
            parameters: Array(repeating: 0, count: plan.circuit.parameterCount))
        let needed = 5 * 16 * 8  // five states of 2^3 amplitudes of 16 bytes
        let error = BackendError.outOfMemory(qubits: 3, neededBytes: needed, availableBytes: needed - 1)
        await #expect(throws: error) {
            try await ReferenceBackend(memory: needed - 1).expectations(plan, inputs: inputs)
        }
        let values = try await ReferenceBackend(memory: needed).expectations(plan, inputs: inputs)
        #expect(values == Matrix(rows: 1, columns: 3, repeating: 1))
    }

    @Test func refusesThousandsOfQubitsWithoutOverflow() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: Array(repeating: 1, count: 2000)))
        let inputs = ParameterBatch(
            features: Matrix(rows: 1, columns: plan.circuit.featureCount),
            parameters: Array(repeating: 0, count: plan.circuit.parameterCount))
        let error = BackendError.outOfMemory(qubits: 2000, neededBytes: .max, availableBytes: 1 << 30)
        await #expect(throws: error) {
            try await ReferenceBackend(memory: 1 << 30).expectations(plan, inputs: inputs)
        }
    }
}
