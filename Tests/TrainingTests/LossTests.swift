import Datasets
import Foundation
import LinearAlgebra
import Testing
import Training

@Suite struct LossTests {
    static let tolerance = 1e-6

    static func output(
        _ kind: TaskKind, _ transform: OutputTransform, from first: Int = 0, range: LabelRange? = nil
    ) -> TaskOutput {
        TaskOutput(
            task: LearningTask(name: "\(kind)", kind: kind), columns: first..<first + kind.outputCount,
            transform: transform, labelRange: range)
    }

    static func total(_ loss: Loss, labels: Matrix, outputs: Matrix) -> Double {
        let batch = loss.batch(labels: labels)
        return batch.total(batch.evaluate(outputs, samples: 0..<outputs.rows).losses)
    }

    /// scikit-learn 1.9.1, `log_loss` of the samples of `MetricTests`.
    @Test(arguments: [OutputTransform.logit, .probability])
    func binaryCrossEntropy(transform: OutputTransform) {
        let outputs = MetricTests.probabilities.map { transform == .logit ? log($0 / (1 - $0)) : $0 }
        let loss = Loss(outputs: [Self.output(.binary, transform)], taskWeights: [1], classWeights: [[]])
        let total = Self.total(
            loss, labels: Matrix(rows: 12, columns: 1, elements: MetricTests.binaryLabels),
            outputs: Matrix(rows: 12, columns: 1, elements: outputs))
        #expect(abs(total - 0.5205803038688369) < Self.tolerance)
    }

    /// scikit-learn 1.9.1, `log_loss` of the samples of `MetricTests`.
    @Test(arguments: [OutputTransform.logits, .probabilities])
    func categoricalCrossEntropy(transform: OutputTransform) {
        let outputs = MetricTests.classProbabilities.map { transform == .logits ? log($0) + 3 : $0 }
        let loss = Loss(outputs: [Self.output(.classes(3), transform)], taskWeights: [1], classWeights: [[]])
        let total = Self.total(
            loss, labels: Matrix(rows: 10, columns: 1, elements: MetricTests.classLabels),
            outputs: Matrix(rows: 10, columns: 3, elements: outputs))
        #expect(abs(total - 0.8578217893254012) < Self.tolerance)
    }

    /// Labels 1 and 3 of a range 1...5 are 0 and 0.5.
    ///
    /// Squashed outputs of 0 are 0.5: (0.25 + 0) / 2. Unit outputs of 0: (0 + 0.25) / 2.
    @Test(arguments: [OutputTransform.squashed, .unit]) func squaredError(transform: OutputTransform) {
        let range = LabelRange(lowerBound: 1, upperBound: 5)
        let loss = Loss(
            outputs: [Self.output(.regression, transform, range: range)], taskWeights: [1], classWeights: [[]]
        )
        let total = Self.total(
            loss, labels: Matrix(rows: [[1], [3]]), outputs: Matrix(rows: 2, columns: 1))
        #expect(abs(total - 0.125) < Self.tolerance)
    }

    /// Task 0 has one label of two, task 1 two: 0.5 ln 2 + 0.5 ln 2, since logits of 0 cost ln 2 each.
    @Test func missingLabelsDoNotCount() {
        let loss = Loss(
            outputs: [Self.output(.binary, .logit), Self.output(.binary, .logit, from: 1)],
            taskWeights: [0.5, 0.5], classWeights: [[], []])
        let batch = loss.batch(labels: Matrix(rows: [[.nan, 1], [0, 0]]))
        let part = batch.evaluate(Matrix(rows: 2, columns: 2), samples: 0..<2)
        #expect(batch.labelCounts == [1, 2])
        #expect(abs(batch.total(part.losses) - log(2)) < Self.tolerance)
        // d/dlogit = (0.5 - y) times the task's weight over its labels.
        #expect(part.cotangent == Matrix(rows: [[0, -0.125], [0.25, 0.125]]))
    }

    /// Weights 2 and 0.5 on two samples of loss ln 2: (2 + 0.5) ln 2 / 2.
    @Test func classesAreWeighted() {
        let loss = Loss(
            outputs: [Self.output(.binary, .logit)], taskWeights: [1], classWeights: [[2, 0.5]])
        let total = Self.total(
            loss, labels: Matrix(rows: [[0], [1]]), outputs: Matrix(rows: 2, columns: 1))
        #expect(abs(total - 1.25 * log(2)) < Self.tolerance)
    }

    /// n / (C n_c) with 3 of 4 labels in class 0: 4 / 6 and 4 / 2.
    @Test func balancedWeightsFollowTheLabels() {
        let task = LearningTask(name: "t", kind: .binary, metric: .balancedAccuracy)
        let labels: [Float] = [0, 0, 1, 0]
        #expect(ClassWeighting.balanced.weights(labels: labels, task: task) == [4.0 / 6, 2])
        #expect(ClassWeighting.auto.weights(labels: labels, task: task) == [4.0 / 6, 2])
        #expect(ClassWeighting.none.weights(labels: labels, task: task).isEmpty)
        let plain = LearningTask(name: "t", kind: .binary, metric: .accuracy)
        #expect(ClassWeighting.auto.weights(labels: labels, task: plain).isEmpty)
        let value = LearningTask(name: "t", kind: .regression)
        #expect(ClassWeighting.balanced.weights(labels: [0.5], task: value).isEmpty)
    }

    @Test func partsMakeTheWhole() {
        let loss = Loss(
            outputs: [Self.output(.classes(3), .logits), Self.output(.regression, .squashed, from: 3)],
            taskWeights: [0.3, 0.7], classWeights: [[1, 2, 3], []])
        let outputs = Matrix(
            rows: 5, columns: 4, elements: (0..<20).map { Float(($0 * 7) % 11) / 5 - 1 })
        let batch = loss.batch(
            labels: Matrix(rows: [[0, 0.1], [1, .nan], [2, 0.9], [.nan, 0.4], [1, 0]]))
        let whole = batch.evaluate(outputs, samples: 0..<5)
        for range in [0..<2, 2..<5] {
            let part = batch.evaluate(outputs.slice(rows: range), samples: range)
            #expect(part.losses == whole.losses.slice(rows: range))
            #expect(part.cotangent == whole.cotangent.slice(rows: range))
        }
    }

    @Test(arguments: OutputTransform.allCases) func cotangentsAreDerivatives(transform: OutputTransform) {
        let kind: TaskKind =
            switch transform {
            case .logit, .probability: .binary
            case .logits, .probabilities: .classes(3)
            case .squashed, .unit: .regression
            }
        let width = kind.outputCount
        let loss = Loss(outputs: [Self.output(kind, transform)], taskWeights: [1], classWeights: [[]])
        let labels = Matrix(rows: [[0], [1], [kind == .classes(3) ? 2 : 0]])
        // Values between 0.2 and 0.8 are fair probabilities and fair logits.
        let outputs = Matrix(
            rows: 3, columns: width, elements: (0..<3 * width).map { 0.2 + Float(($0 * 5) % 7) / 10 })
        let batch = loss.batch(labels: labels)
        let cotangent = batch.evaluate(outputs, samples: 0..<3).cotangent
        let step: Float = 5e-3
        for index in outputs.elements.indices {
            let slope = FiniteDifference.slope(step: step) { change in
                var moved = outputs
                moved.elements[index] += change
                return Self.total(loss, labels: labels, outputs: moved)
            }
            #expect(abs(slope - Double(cotangent.elements[index])) < FiniteDifference.tolerance)
        }
    }
}

/// Derivatives from differences, of functions computed in single precision.
enum FiniteDifference {
    /// Rounding of a loss near 1 is 1e-7; over a step of 5e-3 or more, with the factors of the five-point rule, that stays
    /// below this.
    static let tolerance = 2e-4

    /// The five-point rule, whose error is of fourth order in `step`.
    static func slope(step: Float, _ function: (Float) -> Double) -> Double {
        let near = function(step) - function(-step)
        let far = function(2 * step) - function(-2 * step)
        return (8 * near - far) / (12 * Double(step))
    }

    /// The same for functions that wait for a backend.
    static func slope(step: Float, _ function: (Float) async throws -> Double) async rethrows -> Double {
        let near = try await function(step) - function(-step)
        let far = try await function(2 * step) - function(-2 * step)
        return (8 * near - far) / (12 * Double(step))
    }
}
