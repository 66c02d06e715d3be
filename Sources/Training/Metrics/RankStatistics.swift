/// Scores of rankings and of real-valued predictions.
///
/// Where a score is not defined, because all values or labels are the same, it is that of a guess.
enum RankStatistics {
    /// The rank of each value, counted from 1; equal values share the mean of their ranks.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let shared = Double(start + 1 + end) / 2
            for position in start..<end { ranks[order[position]] = shared }
            start = end
        }
        return ranks
    }

    /// The area under the receiver operating characteristic.
    ///
    /// It is the probability that a positive sample's score is larger than a negative one's, ties counted half
    /// (Mann-Whitney); 0.5 where one of the two is missing.
    static func areaUnderCurve(scores: [Double], isPositive: [Bool]) -> Double {
        let positives = isPositive.count { $0 }
        let negatives = isPositive.count - positives
        guard positives > 0, negatives > 0 else { return 0.5 }
        let rankSum = zip(ranks(scores), isPositive).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        let least = Double(positives * (positives + 1)) / 2
        return (rankSum - least) / (Double(positives) * Double(negatives))
    }

    /// Pearson's correlation; 0 where either side is constant.
    ///
    /// With `counts`, pair `i` occurs `counts[i]` times.
    static func pearson(_ left: [Double], _ right: [Double], counts: [Int]? = nil) -> Double {
        let weights = counts.map { $0.map(Double.init) } ?? [Double](repeating: 1, count: left.count)
        let total = weights.reduce(0, +)
        func mean(_ values: [Double]) -> Double {
            zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        }
        let (leftMean, rightMean) = (mean(left), mean(right))
        var (product, leftSquare, rightSquare) = (0.0, 0.0, 0.0)
        for index in weights.indices {
            let (a, b) = (left[index] - leftMean, right[index] - rightMean)
            product += weights[index] * a * b
            leftSquare += weights[index] * a * a
            rightSquare += weights[index] * b * b
        }
        let scale = (leftSquare * rightSquare).squareRoot()
        return scale > 0 ? product / scale : 0
    }

    /// Spearman's rank correlation, ties sharing their mean rank; 0 where either side is constant.
    static func spearman(_ left: [Double], _ right: [Double]) -> Double {
        pearson(ranks(left), ranks(right))
    }

    /// The root of the mean squared difference.
    static func rootMeanSquaredError(_ left: [Double], _ right: [Double]) -> Double {
        let sum = zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return (sum / Double(left.count)).squareRoot()
    }
}
