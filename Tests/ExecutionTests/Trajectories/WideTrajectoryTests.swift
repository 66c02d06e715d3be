import CPUSimulation
import Circuits
import Execution
import LinearAlgebra
import Noise
import Testing

/// Registers whose density matrix fits no memory, and what is said and refused.
struct WideTrajectoryTests {
    private static let qubits = 17

    /// A ring of entangled qubits, whose first one is turned last; its Z depends on all of them.
    private static func circuit() throws -> MultiTaskCircuit {
        var encoding = Circuit(qubitCount: qubits, parameterCount: qubits, featureCount: 1)
        for _ in 0..<2 {
            for qubit in 0..<qubits { try encoding.append(.rotation(.y, qubit, .parameter(qubit))) }
            for qubit in 0..<qubits {
                try encoding.append(.controlledX(control: qubit, target: (qubit + 1) % qubits))
            }
        }
        try encoding.append(.rotation(.x, 0, .feature(0)))
        return try MultiTaskCircuit(
            encoding: encoding, stageCount: 1,
            tasks: [TaskCircuit(register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])])
    }

    private static let inputs = ParameterBatch(
        features: Matrix(rows: 2, columns: 1, elements: [0.3, -0.8]),
        parameters: (0..<qubits).map { 0.2 + 0.01 * Float($0) })

    private static func noise(_ channel: Channel) throws -> NoiseModel {
        var noise = NoiseModel()
        try noise.add(channel, after: .rotationX)
        return noise
    }

    /// Channels behind the last gate, whose effect on Z is known: it is scaled by 1 - p, and damping adds p.
    @Test(arguments: [true, false]) func whatNoDensityMatrixHoldsIsDrawn(damps: Bool) async throws {
        let circuit = try Self.circuit()
        let channel =
            damps
            ? try Channel.amplitudeDamping(probability: 0.3) : try .depolarizing(probability: 0.3)
        let plan = ExecutionPlan(circuit, noise: try Self.noise(channel))
        try #require(plan.widestCone == Self.qubits)
        let backend = CPUBackend(memory: 1 << 28)
        let refusal = await #expect(throws: BackendError.self) {
            try await backend.expectations(plan, inputs: Self.inputs)
        }
        #expect(refusal?.description.contains("--trajectories") == true)

        let clean = try await backend.expectations(ExecutionPlan(circuit), inputs: Self.inputs)
        let trajectories = TrajectoryBackend(backend, Trajectories(count: 64))
        let drawn = try await trajectories.measure(plan, inputs: Self.inputs)
        for sample in 0..<2 {
            let expected = 0.7 * Double(clean[sample, 0]) + (damps ? 0.3 : 0)
            let error = drawn.standardErrors[sample][0]
            #expect(error > 0.001 && abs(drawn.values[sample][0] - expected) < 4 * error)
        }
        #expect(await trajectories.standardError > 0.001)
        let sentences = trajectories.explanation(of: plan)
        #expect(sentences[0].hasPrefix("64 quantum trajectories of each sample: 1 channel is drawn"))
        #expect(sentences[0].contains("multiplied by up to 1.3") == damps)
    }

    @Test func theExplanationOfAPlanTooWideSaysSo() throws {
        var encoding = Circuit(qubitCount: 24, parameterCount: 24)
        for qubit in 0..<24 {
            try encoding.append(.rotation(.y, qubit, .parameter(qubit)))
            try encoding.append(.controlledX(control: qubit, target: (qubit + 1) % 24))
        }
        let circuit = try MultiTaskCircuit(
            encoding: encoding, stageCount: 1,
            tasks: [TaskCircuit(register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])])
        let noise = try NoiseDescription(named: "depolarizing:0.1").model(qubitCount: 24)
        let sentence = CPUBackend().explanation(of: ExecutionPlan(circuit, noise: noise))[0]
        #expect(sentence.contains("cone of 24 qubits") && sentence.contains("--trajectories"))
        #expect(!sentence.contains("one state at a time"))
    }

    /// A noise model without channels leaves nothing to draw.
    @Test func withoutNoiseValuesAreExact() async throws {
        let circuit = try Self.circuit()
        let backend = CPUBackend()
        let clean = try await backend.expectations(ExecutionPlan(circuit), inputs: Self.inputs)
        let trajectories = TrajectoryBackend(backend, Trajectories(count: 64))
        for noise in [nil, NoiseModel()] {
            let drawn = try await trajectories.measure(
                ExecutionPlan(circuit, noise: noise), inputs: Self.inputs)
            #expect(drawn.standardErrors == [[0], [0]])
            for sample in 0..<2 { #expect(drawn.values[sample][0] == Double(clean[sample, 0])) }
        }
    }

    @Test func whatTrajectoriesCannotDoIsRefused() async throws {
        let noise = try Self.noise(.bitFlip(probability: 0.1))
        let folded = ExecutionPlan(try Self.circuit(), noise: noise, folds: 1)
        let trajectories = TrajectoryBackend(CPUBackend(), Trajectories(count: 2))
        await #expect(throws: BackendError.self) {
            try await trajectories.expectations(folded, inputs: Self.inputs)
        }
        var block = Circuit(qubitCount: 7)
        for qubit in 0..<6 {
            try block.append(.rotation(.x, qubit, .constant(1)))
            try block.append(.controlledX(control: qubit, target: qubit + 1))
        }
        let wide = try MultiTaskCircuit(
            encoding: Circuit(qubitCount: 7), stageCount: 1,
            tasks: [TaskCircuit(register: Array(0..<7), block: block, observables: [.z(6)])])
        let refusal = await #expect(throws: BackendError.self) {
            try await trajectories.expectations(
                ExecutionPlan(wide, noise: noise),
                inputs: ParameterBatch(features: Matrix(rows: 1, columns: 0), parameters: []))
        }
        #expect(refusal?.description.contains("7 qubits") == true)
    }

    /// The same seed gives the same numbers, another one others.
    @Test func theSeedDecides() async throws {
        let plan = ExecutionPlan(
            try Self.circuit(), noise: try Self.noise(.amplitudeDamping(probability: 0.5)))
        func values(_ seed: UInt64) async throws -> Matrix {
            try await TrajectoryBackend(CPUBackend(), Trajectories(count: 8, seed: seed))
                .expectations(plan, inputs: Self.inputs)
        }
        let first = try await values(1)
        #expect(try await values(1) == first)
        #expect(try await values(2) != first)
    }
}
