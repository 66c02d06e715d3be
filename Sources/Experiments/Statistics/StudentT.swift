/// Student's t distribution.
public struct StudentT: Sendable, Equatable {
    /// The degrees of freedom, positive.
    public let degreesOfFreedom: Double

    /// The distribution with `degreesOfFreedom`.
    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "Student's t needs positive degrees of freedom")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value farther from zero than `t`, on either side.
    public func twoSidedProbability(beyond t: Double) -> Double {
        guard t.isFinite else { return t.isNaN ? .nan : 0 }
        let square = t * t
        let sum = degreesOfFreedom + square
        return regularizedIncompleteBeta(
            degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5)
    }

    /// The probability of a value of at most `t`.
    public func cumulative(_ t: Double) -> Double {
        let tail = twoSidedProbability(beyond: t) / 2
        return t < 0 ? tail : 1 - tail
    }

    /// The value not exceeded with probability `p`, which lies between 0 and 1.
    public func quantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "a quantile's probability lies between 0 and 1")
        if p == 0.5 { return 0 }
        if p < 0.5 { return -quantile(1 - p) }
        let tail = 2 * (1 - p)
        var (low, high) = (0.0, 1.0)
        while twoSidedProbability(beyond: high) > tail { (low, high) = (high, 2 * high) }
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { return middle }
            if twoSidedProbability(beyond: middle) > tail { low = middle } else { high = middle }
        }
    }
}
