import Datasets

/// The score of a task's predictions in which every sample counts any number of times: what a bootstrap asks for.
///
/// It is the score of predictions repeated as often as they count, but sorts them only once.
public struct ResampledScore: Sendable {
    private enum Method: Sendable {
        /// The cell of a confusion matrix that each sample falls into, row by row.
        case confusion(cells: [Int], classCount: Int)
        /// One curve of scores for each class, or the only one of a binary task.
        case areas([RankedScores])
        case correlation([Double], [Double])
        case rankCorrelation(RankedValues, RankedValues)
        /// The squared error of each sample.
        case squaredErrors([Double])
    }

    private let metric: Metric
    private let method: Method

    /// The score of `predictions` by their task's metric.
    public init(_ predictions: TaskPredictions) {
        metric = predictions.task.metric
        precondition(metric.suits(predictions.task.kind), "the metric applies to the task")
        let width = predictions.task.kind.outputCount
        func values() -> [Double] { predictions.values.map(Double.init) }
        func labels() -> [Double] { predictions.labels.map(Double.init) }
        switch metric {
        case .accuracy, .balancedAccuracy, .f1, .macroF1, .weightedF1, .matthews:
            let classCount = predictions.task.kind.classCount!  // the metric suits the task
            method = .confusion(
                cells: zip(predictions.labels, predictions.classes!).map { Int($0) * classCount + $1 },
                classCount: classCount)
        case .auroc:
            method = .areas(
                (0..<width).map { column in
                    RankedScores(
                        scores: stride(from: column, to: predictions.values.count, by: width).map {
                            Double(predictions.values[$0])
                        }, isPositive: predictions.labels.map { Int($0) == (width == 1 ? 1 : column) })
                })
        case .pearson: method = .correlation(values(), labels())
        case .spearman: method = .rankCorrelation(RankedValues(values()), RankedValues(labels()))
        case .rmse: method = .squaredErrors(zip(values(), labels()).map { ($0 - $1) * ($0 - $1) })
        }
    }

    /// The score where sample `i` counts `counts[i]` times; NaN where none counts.
    public func score(counts: [Int]) -> Double {
        let total = counts.reduce(0, +)
        guard total > 0 else { return .nan }
        switch method {
        case .confusion(let cells, let classCount):
            var sums = [Int](repeating: 0, count: classCount * classCount)
            for (cell, count) in zip(cells, counts) { sums[cell] += count }
            let rows = (0..<classCount).map { Array(sums[$0 * classCount..<($0 + 1) * classCount]) }
            return metric.score(ConfusionMatrix(counts: rows))!  // the metric needs no more than counts
        case .areas(let curves):
            let areas = curves.compactMap { $0.area(counts: counts, needsPositives: curves.count > 1) }
            return areas.reduce(0, +) / Double(max(areas.count, 1))
        case .correlation(let values, let labels):
            return RankStatistics.pearson(values, labels, counts: counts)
        case .rankCorrelation(let values, let labels):
            return RankStatistics.pearson(
                values.ranks(counts: counts), labels.ranks(counts: counts), counts: counts)
        case .squaredErrors(let errors):
            let sum = zip(errors, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
            return (sum / Double(total)).squareRoot()
        }
    }
}

/// Values sorted once, for ranks under changing counts.
struct RankedValues: Sendable {
    /// Positions of equal values together, from the smallest value on.
    private let groups: [[Int]]

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var groups: [[Int]] = []
        for index in order {
            if let last = groups.last?.last, values[last] == values[index] {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
        self.groups = groups
    }

    /// The rank of each value where value `i` occurs `counts[i]` times; equal values share the mean of their ranks.
    func ranks(counts: [Int]) -> [Double] {
        var ranks = [Double](repeating: 0, count: counts.count)
        var below = 0
        for group in groups {
            let size = group.reduce(0) { $0 + counts[$1] }
            for index in group { ranks[index] = Double(below) + Double(size + 1) / 2 }
            below += size
        }
        return ranks
    }
}

/// Scores sorted once, for the area under the curve under changing counts.
struct RankedScores: Sendable {
    private let order: [Int]
    private let isPositive: [Bool]
    /// Whether the score at a place of the order is larger than the one before.
    private let isStep: [Bool]

    init(scores: [Double], isPositive: [Bool]) {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        self.order = order
        self.isPositive = isPositive
        isStep = order.indices.map { $0 > 0 && scores[order[$0]] > scores[order[$0 - 1]] }
    }

    /// The area, 0.5 where one of the two classes is missing; nil where positives are and must not be.
    func area(counts: [Int], needsPositives: Bool) -> Double? {
        var (positives, negatives, below) = (0, 0, 0)
        // Twice the number of pairs in the right order, so that ties stay whole.
        var pairs = 0
        var (tiedPositives, tiedNegatives) = (0, 0)
        func close() {
            pairs += tiedPositives * (2 * below + tiedNegatives)
            positives += tiedPositives
            negatives += tiedNegatives
            below = negatives
            (tiedPositives, tiedNegatives) = (0, 0)
        }
        for (place, index) in order.enumerated() {
            if isStep[place] { close() }
            if isPositive[index] { tiedPositives += counts[index] } else { tiedNegatives += counts[index] }
        }
        close()
        if needsPositives, positives == 0 { return nil }
        guard positives > 0, negatives > 0 else { return 0.5 }
        return Double(pairs) / (2 * Double(positives) * Double(negatives))
    }
}
