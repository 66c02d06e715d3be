import Datasets
import Randomness
import Testing
import Training

/// A sample counted k times is a sample repeated k times, for every metric.
@Suite struct ResampledScoreTests {
    private static func predictions(_ metric: Metric) -> TaskPredictions {
        if metric.suits(.regression) { return MetricTests.regression(metric) }
        return metric.suits(.classes(3)) ? MetricTests.classes(metric) : MetricTests.binary(metric)
    }

    private static func repeated(_ predictions: TaskPredictions, _ counts: [Int]) -> TaskPredictions {
        let width = predictions.task.kind.outputCount
        let rows = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        return TaskPredictions(
            task: predictions.task, labels: rows.map { predictions.labels[$0] },
            values: rows.flatMap { predictions.values[$0 * width..<($0 + 1) * width] },
            losses: rows.map { predictions.losses[$0] })
    }

    @Test(arguments: Metric.allCases)
    func countsAreRepetitions(metric: Metric) {
        let predictions = Self.predictions(metric)
        let resampled = ResampledScore(predictions)
        let once = [Int](repeating: 1, count: predictions.labels.count)
        #expect(abs(resampled.score(counts: once) - metric.score(predictions)) < 1e-12)
        var generator = Philox(seed: 7, purpose: .resampling)
        for _ in 0..<50 {
            let counts = once.map { _ in Int.random(in: 0...3, using: &generator) }
            let expected = metric.score(Self.repeated(predictions, counts))
            #expect(abs(resampled.score(counts: counts) - expected) < 1e-12, "\(counts)")
        }
    }

    @Test func binaryAreaOfOneClassIsThatOfAGuess() {
        let area = ResampledScore(MetricTests.binary(.auroc))
        #expect(area.score(counts: MetricTests.binaryLabels.map { Int($0) }) == 0.5)
        #expect(area.score(counts: MetricTests.binaryLabels.map { 1 - Int($0) }) == 0.5)
    }

    @Test func nothingHasNoScore() {
        let counts = [Int](repeating: 0, count: MetricTests.binaryLabels.count)
        #expect(ResampledScore(MetricTests.binary(.accuracy)).score(counts: counts).isNaN)
    }
}
