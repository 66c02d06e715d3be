import CPUSimulation
import Datasets
import Foundation
import Optimization
import Testing
import Training

@Suite struct BalancingTests {
    static func configuration(
        _ method: BalancingMethod, _ kind: HeadKind = .linear, every: Int = 1, epochs: Int = 3
    ) -> RunConfiguration {
        var configuration = TrainerTests.configuration(kind, epochs: epochs)
        configuration.balancing.method = method
        configuration.balancing.every = every
        return configuration
    }

    static func train(
        _ configuration: RunConfiguration, _ dataset: Dataset = SmallData.mixed()
    ) async throws -> TrainingOutcome {
        try await TrainerTests.train(configuration, dataset)
    }

    /// Simple tasks are learnt however they are weighed.
    @Test(arguments: BalancingMethod.allCases) func everyMethodTrains(method: BalancingMethod) async throws {
        let outcome = try await Self.train(Self.configuration(method, epochs: 40))
        #expect(outcome.result.macro.test > 0.75)
    }

    @Test(arguments: [BalancingMethod.upgrad, .famo, .uncertainty])
    func quantumHeadsAreBalancedToo(method: BalancingMethod) async throws {
        let outcome = try await Self.train(Self.configuration(method, .quantum, epochs: 25))
        #expect(outcome.result.macro.test > 0.7)
    }

    /// Tasks that share nothing are not in conflict, so that these rules change nothing but roundings.
    @Test(arguments: [(BalancingMethod.pcgrad, 1), (.pcgrad, 3), (.upgrad, 1), (.upgrad, 2)])
    func withoutConflictTrainingStaysAsItIs(_ method: BalancingMethod, _ every: Int) async throws {
        let plain = try await Self.train(Self.configuration(.equal, .sliced))
        let balanced = try await Self.train(Self.configuration(method, .sliced, every: every))
        let parameters = (plain.trained.parameters, balanced.trained.parameters)
        let distance = zip(
            parameters.0.trunk + parameters.0.heads, parameters.1.trunk + parameters.1.heads
        ).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(distance < 1e-4)
    }

    /// Where tasks do share, weights matter.
    @Test(arguments: BalancingMethod.allCases.filter { $0 != .equal })
    func methodsDiffer(method: BalancingMethod) async throws {
        let plain = try await Self.train(Self.configuration(.equal))
        let balanced = try await Self.train(Self.configuration(method))
        #expect(plain.trained.parameters != balanced.trained.parameters)
    }

    @Test func weightsMayBeKeptForSomeSteps() async throws {
        let always = try await Self.train(Self.configuration(.mgda))
        let sometimes = try await Self.train(Self.configuration(.mgda, every: 3))
        #expect(always.trained.parameters != sometimes.trained.parameters)
        #expect(sometimes.history.last!.trainLoss < sometimes.history.first!.trainLoss)
    }

    /// A minibatch has labels for one of two tasks only.
    @Test(arguments: [BalancingMethod.mgda, .gradVac, .famo, .stch, .uncertainty])
    func tasksMayBeMissingInABatch(method: BalancingMethod) async throws {
        let outcome = try await Self.train(
            Self.configuration(method, epochs: 40), SmallData.separate(counts: [160, 80]))
        #expect(outcome.result.tasks.allSatisfy { $0.test > 0.8 })
    }

    @Test func keepingWeightsThatAreNewAtEveryStepIsRefused() {
        #expect {
            try Self.configuration(.famo, every: 2).validate()
        } throws: { error in
            "\(error)"
                == "The setting 'balancing.every' is 2, but method 'famo' weighs tasks at every step; leave it at 1."
        }
        #expect(throws: TrainingError.self) { try Self.configuration(.mgda, every: 0).validate() }
    }

    /// Cosines of each pair: symmetric, 1 for a task with itself, 0 between sliced heads.
    @Test(arguments: [HeadKind.linear, .sliced, .quantum])
    func conflictsAreReported(kind: HeadKind) async throws {
        let result = try await Self.train(Self.configuration(.equal, kind)).result
        let conflict = try #require(result.conflict)
        #expect(conflict.samples == 80)
        for cosines in [conflict.initial, conflict.trained] {
            for row in 0..<3 {
                #expect(abs(cosines[row][row] - 1) < 1e-4)
                for column in 0..<3 {
                    #expect(cosines[row][column] == cosines[column][row])
                    #expect(abs(cosines[row][column]) <= 1)
                    if kind == .sliced, row != column { #expect(cosines[row][column] == 0) }
                }
            }
        }
        #expect(conflict.initial != conflict.trained || kind == .sliced)
        let text = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(RunResult.self, from: text).conflict == conflict)
    }
}
