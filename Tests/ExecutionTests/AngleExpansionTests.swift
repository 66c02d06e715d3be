import Circuits
import Execution
import LinearAlgebra
import Testing

@Suite struct AngleExpansionTests {
    /// RY(2 θ0 x1) RX(-θ1/2) on the read qubit 0, RY(3 θ2) on qubit 1, which nothing reads.
    private func plan() throws -> ExecutionPlan {
        var encoding = Circuit(qubitCount: 2, parameterCount: 3, featureCount: 2)
        try encoding.append(.rotation(.y, 0, 2 * (.parameter(0) * .feature(1))))
        try encoding.append(.rotation(.x, 0, -0.5 * .parameter(1)))
        try encoding.append(.rotation(.y, 1, 3 * .parameter(2)))
        let task = try TaskCircuit(
            register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])
        return ExecutionPlan(try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: [task]))
    }

    private let inputs = ParameterBatch(
        features: Matrix(rows: 2, columns: 2, elements: [0.5, 0.25, -1, 2]), parameters: [0.5, 3, 7])

    @Test func productsBecomeEntriesBehindTheOthers() throws {
        let expansion = try #require(plan().expansion)
        let plain = expansion.inputs(inputs)
        // x0, x1, 2 θ0 x1; then θ0, θ1, θ2, -θ1/2, 3 θ2.
        #expect(plain.features == Matrix(rows: 2, columns: 3, elements: [0.5, 0.25, 0.25, -1, 2, 2]))
        #expect(plain.parameters == [0.5, 3, 7, -1.5, 21])
    }

    @Test func gradientsFollowTheProductRule() throws {
        let expansion = try #require(plan().expansion)
        let gradients = expansion.gradients(
            CircuitGradients(
                expectations: Matrix(rows: 2, columns: 1),
                features: Matrix(rows: 2, columns: 3, elements: [0, 10, 1, 20, 0, 3]),
                parameters: [0, 4, 0, 6, 1]),
            inputs: inputs)
        // d/dx1 = 2 θ0 = 1 times the slopes 1 and 3; d/dθ0 = 2 x1: 2 (0.25 + 3 * 2); d/dθ1 = 4 - 6 / 2; d/dθ2 = 3.
        #expect(gradients.features == Matrix(rows: 2, columns: 2, elements: [0, 11, 20, 3]))
        #expect(gradients.parameters == [12.5, 1, 3])
    }

    @Test func anglesOfUnseenProductsAreDead() throws {
        #expect(try plan().deadParameters == [2])
    }

    @Test func circuitsWithoutProductsStayAsTheyAre() throws {
        let circuit = try Preset.paper.circuit(outputs: [1, 3])
        #expect(ExecutionPlan(circuit).expansion == nil)
    }
}
