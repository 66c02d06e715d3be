import CPUSimulation
import Circuits
import Datasets
import Execution
import LinearAlgebra
import Testing
import Training

/// The heads of prior quantum multi-task models.
@Suite struct PriorModelTests {
    static let heads: [HeadKind] = [
        .qfnn, .reservoir, .residual, .shareAndSpecify, .sharedCircuit, .transfer,
    ]

    private func model(
        _ kind: HeadKind, data: DataSummary = ModelTests.data,
        _ change: (inout RunConfiguration) -> Void = { _ in }
    ) throws -> Model {
        var configuration = HeadCase(kind: kind).configuration
        change(&configuration)
        return try Model(configuration, data: data, backend: CPUBackend(threads: 1))
    }

    /// On the processor, since circuits laid side by side are wider than the reference simulator's memory.
    @Test(arguments: heads) func gradientsAreDerivatives(kind: HeadKind) async throws {
        try await ModelTests.expectDerivatives(of: model(kind), step: 2e-2)
    }

    /// Outputs 1, 3, 1 and 5: O = 10, T = 4, matched features 24.
    @Test(arguments: [
        (HeadKind.qfnn, 4 * 12 + 4 * 10), (.reservoir, 10 * 22),
        (.residual, (24 + 24 + 20) + 10 * 25), (.shareAndSpecify, 2 * 8 * 4 * 5 + 20),
        (.sharedCircuit, 2 * 8 * 3 + 10 * 9), (.transfer, 3 * 5 * 3 * 4 + 20),
    ])
    func parameterCountsFollowTheFormulas(kind: HeadKind, expected: Int) throws {
        let model = try model(kind)
        #expect(model.parameterCounts.head + model.parameterCounts.dead == expected)
        let features = [HeadKind.qfnn: 12, .shareAndSpecify: 8, .sharedCircuit: 8][kind] ?? 24
        #expect(model.trunk.width == features)
    }

    /// The original's count for a task of 3 classes and one of 2.
    @Test func qfnnHas44Parameters() throws {
        let tasks = [
            LearningTask(name: "sentiment", kind: .classes(3)),
            LearningTask(name: "sarcasm", kind: .classes(2)),
        ]
        #expect(try model(.qfnn, data: DataSummary(featureCount: 9, tasks: tasks)).parameterCounts.head == 44)
    }

    /// Tasks' circuits are one program on as many cones; one that all tasks read is simulated once, whatever it measures.
    @Test(arguments: [(HeadKind.transfer, 5), (.shareAndSpecify, 8), (.qfnn, 3)])
    func circuitsSideBySideAreNeverOneState(kind: HeadKind, qubits: Int) throws {
        let circuit = try #require(try model(kind).circuit)
        let plan = ExecutionPlan(circuit)
        #expect(circuit.encoding.qubitCount == 4 * qubits)
        #expect(plan.widestCone == qubits)
        for kind in [HeadKind.reservoir, .sharedCircuit] {
            let plan = ExecutionPlan(try #require(try model(kind).circuit))
            #expect(plan.encodings.map(\.instances.count) == [1])
            #expect(plan.encodings[0].registers.allSatisfy { $0.count <= 2 })
        }
    }

    @Test func theSeedDecidesTheReservoir() async throws {
        func outputs(seed: UInt64) async throws -> Matrix {
            let model = try model(.reservoir) { $0.seed = seed }
            return try await model.outputs(
                features: ModelTests.features, parameters: model.initialParameters(seed: 5))
        }
        let first = try await outputs(seed: 1)
        #expect(try await outputs(seed: 1) == first)
        #expect(try await outputs(seed: 2) != first)
    }

    /// Only the reservoir's weights are penalised: the training step takes them towards 0.
    @Test func theReservoirHasARidge() throws {
        for kind in HeadKind.allCases {
            let decay = try model(kind).heads.weightDecay
            #expect((decay > 0) == (kind == .reservoir), "\(kind)")
        }
    }

    /// A residual head is the sum of its two parts at their own parameters.
    @Test func residualOutputsAreSums() async throws {
        let (residual, quantum, linear) = (
            try model(.residual), try model(.quantum), try model(.linear)
        )
        let parameters = residual.initialParameters(seed: 7)
        let quantumCount = quantum.heads.parameterCount
        func outputs(_ model: Model, _ heads: ArraySlice<Float>) async throws -> Matrix {
            try await model.outputs(
                features: ModelTests.features,
                parameters: ModelParameters(trunk: parameters.trunk, heads: Array(heads)))
        }
        let sum = try await outputs(residual, parameters.heads[...])
        let first = try await outputs(quantum, parameters.heads[..<quantumCount])
        let second = try await outputs(linear, parameters.heads[quantumCount...])
        for (index, value) in sum.elements.enumerated() {
            #expect(abs(value - first.elements[index] - second.elements[index]) < 1e-6)
        }
    }

    @Test func unsuitableSizesNameTheirKey() {
        func key(_ change: (inout RunConfiguration) -> Void) -> String? { ModelErrorTests.key(change) }
        for kind in [HeadKind.qfnn, .shareAndSpecify, .sharedCircuit] {
            #expect(
                key {
                    $0.head.kind = kind
                    $0.trunk.width = 10
                } == "trunk.width")
        }
        #expect(
            key {
                $0.head.kind = .transfer
                $0.head.qubits = 4
            } == "head.qubits")
        #expect(throws: TrainingError.invalidCircuit(.tooFewQubits(count: 2, needed: 4, task: 3))) {
            try model(.shareAndSpecify) { $0.head.qubits = 2 }
        }
    }
}
