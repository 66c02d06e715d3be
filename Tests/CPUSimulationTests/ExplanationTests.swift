import CPUSimulation
import Circuits
import Execution
import Testing

@Suite struct ExplanationTests {
    @Test func narrowConesRunInTiles() throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1, 1, 1, 1, 1, 1, 1]))
        let sentences = CPUBackend().explanation(of: plan)
        #expect(sentences.contains { $0.hasPrefix("2 cones of 5 qubits, cut from 7") })
        #expect(sentences.allSatisfy { !$0.contains("one state at a time") })
        #expect(sentences.contains("7 task blocks as a matrix of 2 x 2, with 1 readout"))
    }

    @Test func wideConesRunOneAtATime() throws {
        let sizes = Preset.Sizes(qubits: 16, features: 320, register: 1, layers: 1)
        let plan = ExecutionPlan(try Preset.deep.circuit(outputs: [1], sizes: sizes))
        try #require(plan.widestCone >= 15)
        #expect(CPUBackend().explanation(of: plan)[0].contains("one state at a time"))
    }
}
