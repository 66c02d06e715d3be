import CPUSimulation
import Datasets
import Execution
import LinearAlgebra
import Randomness
import Testing
import Training

/// Gradients task by task, on the model, features and labels of `ModelTests`.
@Suite struct TaskGradientsTests {
    /// Sums of a hundred products in single precision, of size 1.
    static let tolerance: Float = 2e-5

    static func model(_ head: HeadCase) throws -> Model {
        try Model(
            head.configuration, data: ModelTests.data, backend: CPUBackend(precision: .double, threads: 2))
    }

    static func batch(_ model: Model, taskWeights: [Double]) -> BatchLoss {
        Loss(
            outputs: model.outputs, taskWeights: taskWeights,
            classWeights: [[0.5, 1.5], [], [], []]
        ).batch(labels: ModelTests.labels)
    }

    static func distance(_ first: [Float], _ second: [Float]) -> Float {
        first.count == second.count
            ? zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
    }

    /// The gradient of one task's mean loss, by the plain way.
    static func alone(_ task: Int, _ model: Model, _ parameters: ModelParameters) async throws
        -> ModelParameters
    {
        var weights = [0.0, 0, 0, 0]
        weights[task] = 1
        return try await model.gradients(
            features: ModelTests.features, loss: batch(model, taskWeights: weights), parameters: parameters
        ).gradient
    }

    static func together(_ model: Model, _ parameters: ModelParameters) async throws -> ModelTaskGradients {
        try await model.taskGradients(
            features: ModelTests.features, loss: batch(model, taskWeights: [1, 1, 1, 1]),
            parameters: parameters)
    }

    /// The combination that counts one task only, and the mean over tasks.
    @Test(arguments: HeadCase.all) func sharesAreGradientsOfOneTask(head: HeadCase) async throws {
        let model = try Self.model(head)
        let parameters = model.initialParameters(seed: 3)
        let result = try await Self.together(model, parameters)
        let shared = Set(result.heads.shared.columns.joined())
        for task in 0..<4 {
            var weights = [0.0, 0, 0, 0]
            weights[task] = 1
            let (found, expected) = (
                result.combined(weights), try await Self.alone(task, model, parameters)
            )
            #expect(Self.distance(found.trunk, expected.trunk) < Self.tolerance)
            for column in shared {
                #expect(abs(found.heads[column] - expected.heads[column]) < Self.tolerance)
            }
        }
        let plain = try await model.gradients(
            features: ModelTests.features, loss: Self.batch(model, taskWeights: [0.25, 0.25, 0.25, 0.25]),
            parameters: parameters)
        let mean = result.combined([0.25, 0.25, 0.25, 0.25])
        #expect(Self.distance(mean.trunk, plain.gradient.trunk) < Self.tolerance)
        #expect(Self.distance(mean.heads, plain.gradient.heads) < Self.tolerance)
        #expect(result.losses == plain.losses)
    }

    /// What belongs to one task follows its own loss, however little the task counts.
    @Test func ownParametersAreNotWeighed() async throws {
        let model = try Self.model(HeadCase(kind: .quantum))
        let parameters = model.initialParameters(seed: 3)
        let result = try await Self.together(model, parameters)
        let shared = Set(result.heads.shared.columns.joined())
        #expect(!shared.isEmpty && shared.count < model.heads.parameterCount)
        let (none, mean) = (result.combined([0, 0, 0, 0]), result.combined([0.25, 0.25, 0.25, 0.25]))
        #expect(none.trunk.allSatisfy { $0 == 0 })
        for index in none.heads.indices {
            #expect(none.heads[index] == (shared.contains(index) ? 0 : mean.heads[index]))
        }
    }

    /// The Gramian, found from samples and inputs, is that of the gradients written out.
    @Test(arguments: HeadCase.all) func gramiansAreInnerProducts(head: HeadCase) async throws {
        let model = try Self.model(head)
        let parameters = model.initialParameters(seed: 3)
        let result = try await Self.together(model, parameters)
        let shared = Set(result.heads.shared.columns.joined()).sorted()
        var rows: [[Double]] = []
        for task in 0..<4 {
            let gradient = try await Self.alone(task, model, parameters)
            rows.append((gradient.trunk + shared.map { gradient.heads[$0] }).map { Double($0) })
        }
        let gramian = result.gramian
        for first in 0..<4 {
            for second in 0..<4 {
                let product = zip(rows[first], rows[second]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(gramian[first, second] - product) < Double(Self.tolerance))
            }
        }
    }

    /// Sliced heads and separable circuits give every task rows of the trunk to itself, so nothing is shared.
    @Test(arguments: [HeadCase(kind: .sliced), HeadCase(kind: .quantum, preset: "separable")])
    func separateTasksHaveNoConflict(head: HeadCase) async throws {
        let model = try Self.model(head)
        let result = try await Self.together(model, model.initialParameters(seed: 3))
        #expect(result.heads.shared.columns.allSatisfy { $0.isEmpty })
        for first in 0..<4 {
            for second in 0..<first { #expect(abs(result.gramian[first, second]) < 1e-12) }
        }
    }

    /// The general way, task by task, gives what heads with one of their own give.
    @Test(arguments: [
        HeadCase(kind: .linear), HeadCase(kind: .quantum), HeadCase(kind: .quantum, preset: "deep"),
    ])
    func maskedCotangentsGiveTheSame(head: HeadCase) async throws {
        let model = try Self.model(head)
        let parameters = model.initialParameters(seed: 3).heads
        let features = Matrix(
            rows: 3, columns: model.heads.featureCount,
            elements: (0..<3 * model.heads.featureCount).map { Float(($0 * 7) % 19) / 10 - 0.9 })
        let weights = Matrix(
            rows: 3, columns: model.heads.outputCount,
            elements: (0..<3 * model.heads.outputCount).map { Float(($0 * 5) % 11) / 5 - 1 })
        let tasks = model.outputs.map(\.columns)
        let own = try await model.heads.taskGradients(
            features: features, parameters: parameters, tasks: tasks, cotangent: Cotangent(weights))
        let general = try await Masked(model.heads).taskGradients(
            features: features, parameters: parameters, tasks: tasks, cotangent: Cotangent(weights))
        #expect(Self.distance(own.parameters, general.parameters) < Self.tolerance)
        for task in tasks.indices {
            for (first, second, width) in [
                (own.features, general.features, model.heads.featureCount),
                (own.shared, general.shared, model.heads.parameterCount),
            ] {
                var (left, right) = (
                    Matrix(rows: first.rows, columns: width), Matrix(rows: second.rows, columns: width)
                )
                first.add(task, times: 1, to: &left)
                second.add(task, times: 1, to: &right)
                #expect(Self.distance(left.elements, right.elements) < Self.tolerance)
            }
        }
    }
}

/// Heads that have only what the protocol gives them.
private struct Masked: TaskHeads {
    private let heads: any TaskHeads

    init(_ heads: any TaskHeads) { self.heads = heads }

    var featureCount: Int { heads.featureCount }
    var outputCount: Int { heads.outputCount }
    var parameterCount: Int { heads.parameterCount }

    func initialParameters(using generator: inout Philox) -> [Float] {
        heads.initialParameters(using: &generator)
    }

    func outputs(features: Matrix, parameters: [Float]) async throws -> Matrix {
        try await heads.outputs(features: features, parameters: parameters)
    }

    func gradients(
        features: Matrix, parameters: [Float], cotangent: Cotangent
    ) async throws -> HeadGradients {
        try await heads.gradients(features: features, parameters: parameters, cotangent: cotangent)
    }
}
