import Datasets
import Testing
import Training

/// Golden values: scikit-learn 1.9.1 and SciPy 1.17.1 on the samples below.
@Suite struct MetricTests {
    /// Predictions are single-precision numbers.
    static let tolerance = 1e-6

    static let binaryLabels: [Float] = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0]
    /// Three equal probabilities, of both classes, so that ties count.
    static let probabilities: [Float] = [
        0.113, 0.813, 0.413, 0.363, 0.413, 0.613, 0.213, 0.913, 0.563, 0.413, 0.063, 0.713,
    ]
    static let classLabels: [Float] = [0, 1, 2, 2, 1, 0, 2, 1, 0, 2]
    static let classProbabilities: [Float] = [
        0.7, 0.2, 0.1, 0.3, 0.5, 0.2, 0.1, 0.2, 0.7, 0.5, 0.3, 0.2, 0.2, 0.2, 0.6,
        0.4, 0.35, 0.25, 0.3, 0.3, 0.4, 0.1, 0.8, 0.1, 0.3, 0.6, 0.1, 0.25, 0.25, 0.5,
    ]

    static func binary(_ metric: Metric) -> TaskPredictions {
        TaskPredictions(
            task: LearningTask(name: "binary", kind: .binary, metric: metric), labels: binaryLabels,
            values: probabilities, losses: [Float](repeating: 0, count: binaryLabels.count))
    }

    static func classes(_ metric: Metric) -> TaskPredictions {
        TaskPredictions(
            task: LearningTask(name: "classes", kind: .classes(3), metric: metric), labels: classLabels,
            values: classProbabilities, losses: [Float](repeating: 0, count: classLabels.count))
    }

    static func regression(_ metric: Metric, values: [Float]? = nil) -> TaskPredictions {
        let labels: [Float] = [1.2, 2.5, 1.9, 3.0, 1.2, 4.4, 1.0, 4.1]
        return TaskPredictions(
            task: LearningTask(name: "regression", kind: .regression, metric: metric), labels: labels,
            values: values ?? [1.5, 2.0, 2.0, 3.5, 0.5, 4.0, 2.0, 5.0],
            losses: [Float](repeating: 0, count: labels.count))
    }

    @Test(arguments: [
        (Metric.accuracy, 0.6666666666666666), (.balancedAccuracy, 0.6571428571428571), (.f1, 0.6),
        (.macroF1, 0.6571428571428571), (.weightedF1, 0.6666666666666666), (.matthews, 0.3142857142857143),
        (.auroc, 0.8),
    ])
    func binaryScores(metric: Metric, expected: Double) {
        #expect(abs(metric.score(Self.binary(metric)) - expected) < Self.tolerance)
    }

    @Test(arguments: [
        (Metric.accuracy, 0.7), (.balancedAccuracy, 0.6944444444444443), (.macroF1, 0.6944444444444443),
        (.weightedF1, 0.7), (.matthews, 0.5454545454545454), (.auroc, 0.7787698412698413),
    ])
    func classScores(metric: Metric, expected: Double) {
        #expect(abs(metric.score(Self.classes(metric)) - expected) < Self.tolerance)
    }

    @Test(arguments: [
        (Metric.pearson, 0.9004220602694533), (.spearman, 0.8222251619036417), (.rmse, 0.6184658438426491),
    ])
    func regressionScores(metric: Metric, expected: Double) {
        #expect(abs(metric.score(Self.regression(metric)) - expected) < Self.tolerance)
    }

    @Test func confusionCountsTruthByPrediction() {
        #expect(Self.classes(.accuracy).confusion?.counts == [[2, 1, 0], [0, 2, 1], [1, 0, 3]])
        #expect(Self.regression(.rmse).confusion == nil)
    }

    /// scikit-learn on true [0, 0, 2, 2], predicted [0, 1, 2, 2]: recall is averaged over the classes that occur, F1 over
    /// those that occur or were predicted.
    @Test func classesThatDoNotOccur() {
        let confusion = ConfusionMatrix(truths: [0, 0, 2, 2], predictions: [0, 1, 2, 2], classCount: 4)
        #expect(confusion.balancedAccuracy == 0.75)
        #expect(abs(confusion.macroF1 - 0.5555555555555555) < Self.tolerance)
    }

    @Test func undefinedScoresAreThoseOfAGuess() {
        let constant = [Float](repeating: 2, count: 8)
        #expect(Metric.pearson.score(Self.regression(.pearson, values: constant)) == 0)
        #expect(Metric.spearman.score(Self.regression(.spearman, values: constant)) == 0)
        let onlyPositives = TaskPredictions(
            task: LearningTask(name: "t", kind: .binary, metric: .auroc), labels: [1, 1], values: [0.2, 0.9],
            losses: [0, 0])
        #expect(Metric.auroc.score(onlyPositives) == 0.5)
        #expect(Metric.matthews.score(onlyPositives) == 0)
    }

    /// Brier: scikit-learn's `brier_score_loss`; for classes the sum over classes, (P - one-hot)^2 by NumPy.
    ///
    /// Calibration error: NumPy, 15 bins of equal width.
    @Test func calibration() throws {
        let binary = TaskEvaluation(Self.binary(.accuracy))
        #expect(abs(try #require(binary.brier) - 0.18093566666666663) < Self.tolerance)
        #expect(abs(try #require(binary.calibrationError) - 0.1625) < Self.tolerance)
        #expect(binary.reliability?.reduce(0) { $0 + $1.count } == 12)
        #expect(abs(try #require(TaskEvaluation(Self.classes(.accuracy)).brier) - 0.506) < Self.tolerance)
        #expect(TaskEvaluation(Self.regression(.rmse)).calibrationError == nil)
    }

    @Test func errorsAreBetterWhenSmaller() {
        #expect(Metric.rmse.merit(0.5) < Metric.rmse.merit(0.4))
        #expect(Metric.accuracy.merit(0.5) > Metric.accuracy.merit(0.4))
    }

    @Test func metricsSuitTheirKinds() {
        #expect(Metric.allCases.filter { $0.suits(.regression) } == [.pearson, .spearman, .rmse])
        #expect(!Metric.f1.suits(.classes(3)))
        #expect(Metric.auroc.suits(.classes(3)))
    }
}
