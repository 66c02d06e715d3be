import Circuits
import Execution
import LinearAlgebra
import ReferenceSimulation
import Testing

/// The number of shifted circuits, and gradients from shots.
struct ParameterShiftTests {
    private static func plan(_ tasks: Int) throws -> ExecutionPlan {
        ExecutionPlan(try Preset.paper.circuit(outputs: Array(repeating: 1, count: tasks)))
    }

    /// A quarter turn on the one angle RY has, and a product and a second gate for the other entries.
    @Test func everyGateIsShiftedAlone() throws {
        var circuit = Circuit(qubitCount: 2, parameterCount: 2, featureCount: 1)
        try circuit.append(.rotation(.y, 0, .parameter(0)))
        try circuit.append(.controlledX(control: 0, target: 1))
        try circuit.append(.rotation(.y, 0, 0.5 * .parameter(0)))
        try circuit.append(.rotation(.y, 0, .parameter(1) * .feature(0)))
        // Nothing reads qubit 1 behind the controlled X.
        try circuit.append(.rotation(.x, 1, .parameter(1)))
        let task = try TaskCircuit(register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])
        let plan = ExecutionPlan(try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task]))
        #expect(ParameterShift(plan).evaluationCount == 1 + 2 * 3)
    }

    @Test func tasksThatShareNothingAreShiftedTogether() throws {
        let counts = try [16, 32, 64].map { ParameterShift(try Self.plan($0)).evaluationCount }
        #expect(counts[1] == counts[0] && counts[2] == counts[0])
        #expect(counts[0] <= 1 + 2 * 60)
    }

    /// Estimates are within five of their own deviations, which fall as the root of the number of shots.
    @Test func gradientsFromShotsAreUnbiased() async throws {
        let plan = try Self.plan(2)
        let inputs = ParameterBatch(
            features: Matrix(rows: 1, columns: plan.circuit.featureCount, repeating: 0.4),
            parameters: (0..<plan.circuit.parameterCount).map { 0.3 + 0.1 * Float($0) })
        let slopes = Cotangent(Matrix(rows: 1, columns: plan.circuit.readoutCount, repeating: 1))
        let exact = try await ReferenceBackend().gradients(plan, inputs: inputs, cotangent: slopes)
        let backend = MeasuringBackend(ReferenceBackend(), Measurement(shots: 1000))
        var (sum, square) = (0.0, 0.0)
        let repeats = 40
        for _ in 0..<repeats {
            let found = try await backend.gradients(plan, inputs: inputs, cotangent: slopes)
            let error = Double(found.parameters[0] - exact.parameters[0])
            sum += error
            square += error * error
        }
        let deviation = (square / Double(repeats)).squareRoot()
        // A parameter is seen by few readouts, each with a variance of 1 / 1000 at most, twice, halved.
        #expect(deviation > 0.001 && deviation < 0.1)
        #expect(abs(sum / Double(repeats)) < 5 * deviation / Double(repeats).squareRoot())
    }

    @Test func outcomesDoNotDependOnWhatCameBefore() async throws {
        let plan = try Self.plan(2)
        func inputs(_ angle: Float) -> ParameterBatch {
            ParameterBatch(
                features: Matrix(rows: 2, columns: plan.circuit.featureCount, repeating: 0.4),
                parameters: [Float](repeating: angle, count: plan.circuit.parameterCount))
        }
        let slopes = Cotangent(Matrix(rows: 2, columns: plan.circuit.readoutCount, repeating: 1))
        let backend = MeasuringBackend(ReferenceBackend(), Measurement(shots: 20))
        _ = try await backend.gradients(plan, inputs: inputs(0.1), cotangent: slopes)
        _ = try await backend.expectations(plan, inputs: inputs(0.2))
        let late = try await backend.gradients(plan, inputs: inputs(0.2), cotangent: slopes)
        let fresh = MeasuringBackend(ReferenceBackend(), Measurement(shots: 20))
        let early = try await fresh.gradients(plan, inputs: inputs(0.2), cotangent: slopes)
        #expect(late.parameters == early.parameters && late.features == early.features)
        // Equal samples have outcomes of their own.
        #expect(early.features.row(0) != early.features.row(1))
    }
}
