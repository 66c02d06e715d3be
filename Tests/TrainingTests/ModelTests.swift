import CPUSimulation
import Circuits
import Datasets
import Execution
import LinearAlgebra
import Randomness
import ReferenceSimulation
import Testing
import Training

/// One kind of heads, for parameterised tests.
struct HeadCase: Sendable, CustomTestStringConvertible {
    let kind: HeadKind
    var preset = "paper"
    var readout = ReadoutKind.scaled
    var encoding: String?
    var block: String?

    var testDescription: String {
        let names = [kind.rawValue, preset, readout.rawValue, encoding, block]
        return kind == .quantum ? names.compactMap(\.self).joined(separator: " ") : kind.rawValue
    }

    var configuration: RunConfiguration {
        var configuration = RunConfiguration()
        configuration.head.kind = kind
        configuration.head.preset = preset
        configuration.head.readout = readout
        configuration.head.encoding = encoding
        configuration.head.block = block
        return configuration
    }

    static let all: [HeadCase] =
        HeadKind.allCases.filter { $0 != .quantum && !PriorModelTests.heads.contains($0) }
        .map { HeadCase(kind: $0) }
        + ReadoutKind.allCases.map { HeadCase(kind: .quantum, readout: $0) }
        + ["paper-fixed-encoding", "separable", "deep", "hqsl"].map {
            HeadCase(kind: .quantum, preset: $0)
        }
        + EncodingTemplate.all.map { HeadCase(kind: .quantum, preset: "deep", encoding: $0.name) }
        + ["sim-6", "sim-13", "strongly-entangling"].map { HeadCase(kind: .quantum, block: $0) }
}

@Suite struct ModelTests {
    static let tasks = [
        LearningTask(name: "binary", kind: .binary), LearningTask(name: "three", kind: .classes(3)),
        LearningTask(name: "value", kind: .regression), LearningTask(name: "five", kind: .classes(5)),
    ]
    static let data = DataSummary(featureCount: 5, tasks: tasks)
    static let features = Matrix(
        rows: 3, columns: 5, elements: (0..<15).map { Float(($0 * 11) % 13) / 5 - 1.2 })
    static let labels = Matrix(rows: [[0, 2, 0.3, 4], [1, 0, 0.9, .nan], [1, 1, .nan, 2]])

    /// Every gradient of trunk and heads against differences, a spread of parameters each; the loss mixes all kinds of tasks
    /// and misses labels.
    @Test(arguments: HeadCase.all) func gradientsAreDerivatives(head: HeadCase) async throws {
        let model = try Model(head.configuration, data: Self.data, backend: ReferenceBackend())
        // A small step keeps differences off the kinks of ReLU.
        try await Self.expectDerivatives(of: model, step: head.preset == "hqsl" ? 1e-3 : 2e-2)
    }

    static func expectDerivatives(of model: Model, step: Float) async throws {
        let loss = Loss(
            outputs: model.outputs, taskWeights: [0.4, 0.2, 0.3, 0.1],
            classWeights: [[0.5, 1.5], [], [], []])
        let batch = loss.batch(labels: Self.labels)
        let parameters = model.initialParameters(seed: 3)
        func total(_ parameters: ModelParameters) async throws -> Double {
            let outputs = try await model.outputs(features: Self.features, parameters: parameters)
            return batch.total(batch.evaluate(outputs, samples: 0..<Self.features.rows).losses)
        }
        let result = try await model.gradients(
            features: Self.features, loss: batch, parameters: parameters)
        #expect(abs(batch.total(result.losses) - (try await total(parameters))) < 1e-6)

        for index in stride(from: 0, to: parameters.trunk.count, by: parameters.trunk.count / 7) {
            let slope = try await FiniteDifference.slope(step: step) { change in
                var moved = parameters
                moved.trunk[index] += change
                return try await total(moved)
            }
            #expect(abs(slope - Double(result.gradient.trunk[index])) < FiniteDifference.tolerance)
        }
        for index in stride(from: 0, to: parameters.heads.count, by: max(1, parameters.heads.count / 23)) {
            let slope = try await FiniteDifference.slope(step: step) { change in
                var moved = parameters
                moved.heads[index] += change
                return try await total(moved)
            }
            #expect(abs(slope - Double(result.gradient.heads[index])) < FiniteDifference.tolerance)
        }
    }

    /// q = 1, 2, 1, 4: n = 8, d = 24, O = 10, D = 5.
    ///
    /// Head formulas of the design: quantum `3n + sum q (2m + 1)` and two per
    /// output for `scaled`, linear `O (d + 1)`, sliced `sum C (3 q + 1)`. Standard sizes are r = 8 (2 for LoRA, 16 for VeRA), k = 16,
    /// e = 8; the nets and random features are as few as give the quantum head's 68 parameters: h = 2, since h = 1
    /// gives 48, and m = 3.
    @Test(arguments: [
        (HeadCase(kind: .bottleneck), 16 * 25 + 10 * 17), (HeadCase(kind: .cp), 8 * (8 + 5 + 12) + 10),
        (HeadCase(kind: .hypernetwork), 4 * 8 + 5 * 9 * 25),
        (HeadCase(kind: .lora), 5 * 24 + 2 * (4 * 24 + 10)),
        (HeadCase(kind: .lowRank), 8 * (24 + 10) + 10), (HeadCase(kind: .mlp), 2 * 38 + 10),
        (HeadCase(kind: .randomFeatures), 10 * 7), (HeadCase(kind: .vera), 4 * 16 + 2 * 10),
        (HeadCase(kind: .linear), 10 * 25), (HeadCase(kind: .sliced), 4 + 3 * 7 + 4 + 5 * 13),
        (HeadCase(kind: .quantum), 24 + 24 + 20), (HeadCase(kind: .quantum, readout: .logit), 24 + 24),
        (HeadCase(kind: .quantum, preset: "paper-fixed-encoding"), 24 + 20),
    ])
    func parameterCountsFollowTheFormulas(head: HeadCase, expected: Int) throws {
        let counts = try Model(head.configuration, data: Self.data, backend: ReferenceBackend())
            .parameterCounts
        #expect(counts.head + counts.dead == expected)
        #expect(counts.interface == 6 * 24)
        #expect(counts.total == counts.head + counts.interface)
    }

    /// Per task a 2-64-32-C net: 192 + 2080 + 33 C; the circuit has 2 qubits and 3 stages of trainable rotations.
    @Test func hqslCountsItsDenseNets() throws {
        let head = HeadCase(kind: .quantum, preset: "hqsl")
        let model = try Model(head.configuration, data: Self.data, backend: ReferenceBackend())
        let nets = 4 * (192 + 2080) + 33 * 10
        #expect(model.parameterCounts.head + model.deadParameterCount == nets + 6)
        #expect(model.trunk.width == 3)
    }

    /// n = 8 shared qubits, d = 24, and binary tasks on registers of 4: the encodings' own angles.
    @Test(arguments: [
        ("angle-x", 0), ("dense-angle", 0), ("iqp", 0), ("amplitude", 0),
        // Twice: a scale and a shift a feature, RZ on 8 qubits in 3 stages.
        ("reuploading", 2 * (2 * 24 + 3 * 8)),
    ])
    func encodingsCountTheirAngles(encoding: String, expected: Int) throws {
        let head = HeadCase(kind: .quantum, preset: "deep", readout: .logit, encoding: encoding)
        let model = try Model(head.configuration, data: Self.data, backend: ReferenceBackend())
        // Two layers of RY, RZ and closing RY on four registers of 4.
        #expect(model.parameterCounts.head + model.parameterCounts.dead == expected + 4 * 4 * 5)
        #expect(model.heads.featureCount == 24)
    }

    @Test func amplitudesOfManyQubitsAreRefused() {
        var configuration = HeadCase(kind: .quantum, encoding: "amplitude").configuration
        configuration.head.register = 5
        #expect(throws: TrainingError.invalidCircuit(.amplitudesTooWide(qubits: 20, limit: 16))) {
            try Model(configuration, data: Self.data, backend: ReferenceBackend())
        }
        configuration.head.register = nil
        configuration.trunk.width = 257
        #expect(
            throws: TrainingError.invalidCircuit(
                .tooManyFeatures(count: 257, capacity: 256, encoding: "amplitude"))
        ) {
            try Model(configuration, data: Self.data, backend: ReferenceBackend())
        }
    }

    @Test func trunksStartEqual() throws {
        let parameters = try [HeadCase(kind: .linear), HeadCase(kind: .quantum)].map {
            try Model($0.configuration, data: Self.data, backend: ReferenceBackend())
                .initialParameters(seed: 9)
        }
        #expect(parameters[0].trunk == parameters[1].trunk)
        #expect(parameters[0].heads.allSatisfy { abs($0) <= 1 })
    }

    /// A born output is a probability: each class task's sum to 1.
    @Test func bornOutputsAreProbabilities() async throws {
        let head = HeadCase(kind: .quantum, readout: .born)
        let model = try Model(head.configuration, data: Self.data, backend: CPUBackend())
        let outputs = try await model.outputs(
            features: Self.features, parameters: model.initialParameters(seed: 5))
        #expect(outputs.elements.allSatisfy { (0...1).contains($0) })
        for row in 0..<3 {
            for columns in [1..<4, 5..<10] {
                let sum = columns.reduce(Float(0)) { $0 + outputs[row, $1] }
                #expect(abs(sum - 1) < 1e-5)
            }
        }
    }

    @Test func slicedHeadsReadOnlyTheirOwn() {
        let heads = SlicedHeads(widths: [3, 6], outputCounts: [1, 2])
        var stream = Philox(seed: 1, purpose: .initialization)
        let parameters = heads.initialParameters(using: &stream)
        var features = Matrix(rows: 1, columns: 9, repeating: 0.1)
        let before = heads.outputs(features: features, parameters: parameters)
        features[0, 4] = 0.9
        let after = heads.outputs(features: features, parameters: parameters)
        #expect(before[0, 0] == after[0, 0])
        #expect(before[0, 1] != after[0, 1] && before[0, 2] != after[0, 2])
    }
}

@Suite struct ModelErrorTests {
    static func key(_ change: (inout RunConfiguration) -> Void) -> String? {
        var configuration = RunConfiguration()
        change(&configuration)
        do {
            _ = try Model(configuration, data: ModelTests.data, backend: ReferenceBackend())
        } catch .invalidConfiguration(let key, _) {
            return key
        } catch {
            return "\(error)"
        }
        return nil
    }

    @Test func settingsOutOfRangeNameTheirKey() {
        #expect(Self.key { $0.epochs = 0 } == "epochs")
        #expect(Self.key { $0.batch = -1 } == "batch")
        #expect(Self.key { $0.patience = 0 } == "patience")
        #expect(Self.key { $0.trunk.width = 0 } == "trunk.width")
        #expect(Self.key { $0.dataset.fold = -1 } == "dataset.fold")
        #expect(Self.key { $0.dataset.name = "" } == "dataset.name")
        #expect(Self.key { $0.dataset.tasks = [] } == "dataset.tasks")
        #expect(Self.key { $0.head.preset = "papper" } == "head.preset")
        #expect(Self.key { $0.head.layers = 0 } == "head.layers")
        #expect(Self.key { $0.head.qubits = 4 } == "head.qubits")
        #expect(Self.key { $0.head.rank = 0 } == "head.rank")
        #expect(Self.key { $0.head.width = -2 } == "head.width")
        #expect(Self.key { $0.head.embedding = 0 } == "head.embedding")
        #expect(Self.key { $0.optimizer.learningRate = 0 } == "optimizer.learning_rate")
        #expect(Self.key { $0.optimizer.beta1 = 1 } == "optimizer.beta1")
        #expect(Self.key { $0.optimizer.momentum = -0.1 } == "optimizer.momentum")
        #expect(Self.key { $0.optimizer.weightDecay = -1 } == "optimizer.weight_decay")
        #expect(Self.key { $0.optimizer.clipNorm = 0 } == "optimizer.clip_norm")
        #expect(Self.key { $0.optimizer.schedule.warmUp = 1 } == "optimizer.schedule.warm_up")
        #expect(Self.key { $0.optimizer.schedule.share = 0 } == "optimizer.schedule.share")
    }

    @Test(arguments: [HeadKind.sliced, .cp, .mlp, .randomFeatures])
    func headsThatReadOwnFeaturesHaveOneWidth(kind: HeadKind) {
        #expect(
            Self.key {
                $0.head.kind = kind
                $0.trunk.width = 10
            } == "trunk.width")
    }

    @Test func aTrunkTooWideForTheCircuitIsRefused() {
        var configuration = RunConfiguration()
        configuration.trunk.width = 25
        #expect(
            throws: TrainingError.invalidCircuit(
                .tooManyFeatures(count: 25, capacity: 24, encoding: "paper"))
        ) {
            try Model(configuration, data: ModelTests.data, backend: ReferenceBackend())
        }
    }

    @Test func bornNeedsNarrowRegisters() {
        var configuration = RunConfiguration()
        configuration.head.readout = .born
        let data = DataSummary(
            featureCount: 2, tasks: [LearningTask(name: "many", kind: .classes(100))])
        #expect(throws: TrainingError.self) {
            try Model(configuration, data: data, backend: ReferenceBackend())
        }
    }

    @Test func metricsMustSuitTheirTask() {
        let task = LearningTask(name: "t", kind: .binary, metric: .pearson)
        #expect(throws: TrainingError.unsuitableMetric(task: "t", metric: .pearson, kind: .binary)) {
            try Model(
                RunConfiguration(), data: DataSummary(featureCount: 2, tasks: [task]),
                backend: ReferenceBackend())
        }
    }
}
