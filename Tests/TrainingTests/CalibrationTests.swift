import Datasets
import Testing
import Training

/// Golden values of `make_calibration.py`, on the samples of `MetricTests`.
@Suite struct CalibrationTests {
    /// Predictions are single-precision numbers, and SciPy's least loss is flat over 1e-6 of temperature.
    private let tolerance = 2e-6

    @Test func binary() throws {
        let predictions = MetricTests.binary(.accuracy)
        let temperature = try #require(Temperature(fitting: predictions))
        #expect(abs(temperature.value - 0.8840224947978886) < tolerance)
        let scores = try #require(RunResult.Calibrated(predictions, at: temperature))
        #expect(abs(scores.loss - 0.5191106267472216) < tolerance)
        #expect(abs(scores.calibrationError - 0.1606374107157693) < tolerance)
        #expect(abs(scores.brier - 0.18258745878099578) < tolerance)
    }

    @Test func classes() throws {
        let predictions = MetricTests.classes(.accuracy)
        let temperature = try #require(Temperature(fitting: predictions))
        #expect(abs(temperature.value - 0.7549609126021045) < tolerance)
        let scores = try #require(RunResult.Calibrated(predictions, at: temperature))
        #expect(abs(scores.loss - 0.8456997099675148) < tolerance)
        #expect(abs(scores.calibrationError - 0.3377731037731336) < tolerance)
        #expect(abs(scores.brier - 0.5042358281656396) < tolerance)
        let first = temperature.scaled(predictions).values.prefix(3)
        for (value, expected) in zip(first, [0.78975107, 0.1502564, 0.05999252]) {
            #expect(abs(Double(value) - expected) < tolerance)
        }
    }

    @Test func temperatureOneChangesNothingAndNoneChangesDecisions() {
        let predictions = MetricTests.classes(.accuracy)
        for (value, same) in zip(Temperature(1).scaled(predictions).values, predictions.values) {
            #expect(abs(value - same) < 1e-6)
        }
        for value in [0.05, 0.3, 4, 20] {
            #expect(Temperature(value).scaled(predictions).classes == predictions.classes)
        }
    }

    /// Without an error there is no end to the confidence that pays off; a coin's flips are worth none.
    @Test func fitsStayInRange() throws {
        func fit(_ labels: [Float], _ values: [Float]) throws -> Double {
            try #require(
                Temperature(
                    fitting: TaskPredictions(
                        task: LearningTask(name: "t", kind: .binary), labels: labels, values: values,
                        losses: labels))
            ).value
        }
        #expect(abs(try fit([0, 1], [0.4, 0.6]) - Temperature.range.lowerBound) < tolerance)
        #expect(abs(try fit([0, 1], [0.6, 0.4]) - Temperature.range.upperBound) < 1e-4)
        #expect(Temperature(fitting: MetricTests.regression(.rmse)) == nil)
        #expect(RunResult.Calibrated(MetricTests.regression(.rmse), at: Temperature(2)) == nil)
    }

    @Test func certaintyStaysFinite() throws {
        let certain = TaskPredictions(
            task: LearningTask(name: "t", kind: .binary), labels: [1, 0, 1], values: [1, 0, 0],
            losses: [0, 0, 0])
        let temperature = try #require(Temperature(fitting: certain))
        #expect(temperature.value > 1)
        #expect(temperature.scaled(certain).meanLoss.isFinite)
    }
}
