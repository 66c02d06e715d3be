import CPUSimulation
import Datasets
import Experiments
import Foundation
import Testing
import Training

struct SweepResultTests {
    /// Two seeds of the same score: Student's interval has no width, but forty test samples leave room.
    @Test func bandsAreOverSamplesToo() throws {
        var configuration = SweepConfiguration()
        configuration.tasks = [1]
        configuration.heads = [HeadChoice(.linear)]
        let head = configuration.heads[0]
        let sizes = try ParameterScaling().row(head, taskCount: 1, backend: CPUBackend(threads: 1))
        let labels = (0..<40).map { Float($0 % 2) }
        let predictions = TaskPredictions(
            task: LearningTask(name: "t", kind: .binary), samples: Array(0..<40), labels: labels,
            values: labels.enumerated().map { $0 % 5 == 0 ? 1 - $1 : $1 }, losses: labels)
        let sweep = SweepResult.make(
            configuration, scaling: [[sizes]],
            costs: SweepCosts(configuration, in: URL(filePath: "/unused")),
            results: [UInt64(1), 2].map { seed in
                var result = GridFixture.result
                result.seed = seed
                return Grid.Result(cell: GridCell(head: head, seed: seed, tasks: 1), result: result)
            }, predictions: { _ in [predictions] }, failures: [], report: "")
        let interval = ScoreBootstrap([
            ScoreBootstrap.Run(seed: 1, fold: nil, predictions: [predictions]),
            ScoreBootstrap.Run(seed: 2, fold: nil, predictions: [predictions]),
        ]).intervals(resamples: 500).macro
        #expect(sweep.rows[0].score?.ci95 == [interval.lower, interval.upper])
        #expect(interval.lower < 0.75 && interval.upper > 0.85)
    }
}
