/// Whether predicted confidence is borne out.
enum Calibration {
    /// The number of bins of equal width over 0...1.
    static let binCount = 15

    /// The filled bins of a reliability diagram; confidence is the predicted class's probability.
    static func reliability(confidences: [Double], isCorrect: [Bool]) -> [RunResult.ReliabilityBin] {
        var sums = [(confidence: Double, correct: Int, count: Int)](
            repeating: (0, 0, 0), count: binCount)
        for (confidence, correct) in zip(confidences, isCorrect) {
            let bin = min(binCount - 1, max(0, Int(confidence * Double(binCount))))
            sums[bin].confidence += confidence
            sums[bin].correct += correct ? 1 : 0
            sums[bin].count += 1
        }
        return sums.filter { $0.count > 0 }.map { sum in
            RunResult.ReliabilityBin(
                confidence: sum.confidence / Double(sum.count),
                accuracy: Double(sum.correct) / Double(sum.count), count: sum.count)
        }
    }

    /// The expected calibration error: the mean gap between confidence and accuracy, bins counted by their samples.
    ///
    /// Source: Naeini, Cooper, Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning* (AAAI 2015).
    static func expectedError(_ bins: [RunResult.ReliabilityBin]) -> Double {
        let count = bins.reduce(0) { $0 + $1.count }
        return bins.reduce(0) { $0 + Double($1.count) * abs($1.confidence - $1.accuracy) }
            / Double(max(count, 1))
    }
}
