import Circuits
import Execution
import Noise
import Testing

/// Cones under noise: what channels must not widen, and what they must.
struct NoisyPlanTests {
    private func width(_ noise: NoiseModel?, folds: Int = 0) throws -> Int {
        let circuit = try Preset.paper.circuit(outputs: Array(repeating: 1, count: 21))
        return ExecutionPlan(circuit, noise: noise, folds: folds).widestCone
    }

    // A channel that couples no qubits leaves the paper's cone of five qubits as it is, folded or not.
    @Test(arguments: ["depolarizing:0.01", "amplitude-damping:0.1", "readout:0.1"])
    func localNoiseWidensNoCone(name: String) throws {
        let noise = try NoiseDescription(named: name).model(qubitCount: 21)
        #expect(try width(nil) == 5)
        #expect(try width(noise) == 5)
        #expect(try width(noise, folds: 2) == 5)
    }

    // An error that acts on two qubits together spreads what is read.
    @Test func couplingNoiseWidensCones() throws {
        var noise = NoiseModel()
        try noise.add(.overRotation(of: .controlledX, angle: 0.1), after: .controlledZ)
        #expect(try width(noise) > 5)
    }

    // One program serves all inner tasks; under noise of one strength everywhere that stays so.
    @Test func equalNoiseKeepsProgramsShared() throws {
        let circuit = try Preset.paper.circuit(outputs: Array(repeating: 1, count: 64))
        let noise = try NoiseDescription(named: "depolarizing:0.01").model(qubitCount: 64)
        let (clean, noisy) = (ExecutionPlan(circuit), ExecutionPlan(circuit, noise: noise))
        #expect(noisy.encodings.count <= clean.encodings.count + 4)
        #expect(noisy.heads.count <= clean.heads.count + 4)
    }
}
