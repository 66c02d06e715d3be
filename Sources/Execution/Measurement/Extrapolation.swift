import Foundation

/// How values at several strengths of noise are continued to none.
///
/// The strengths are 1, 3 and 5 times the model's, by folding gates.
/// Source: Temme, Bravyi, Gambetta, *Error mitigation for short-depth quantum circuits* (arXiv:1612.02058).
public enum Extrapolation: String, Sendable, CaseIterable {
    /// A line, by least squares.
    case linear
    /// `a exp(-b strength)`, by least squares of logarithms; a line where the values differ in sign or one is zero.
    case exponential
    /// The parabola through the three values.
    case richardson

    /// The number of folds of each evaluation.
    static let folds = [0, 1, 2]

    /// The value without noise, from the values at the three strengths.
    func value(_ values: [Double]) -> Double {
        switch self {
        case .linear, .richardson: Self.combine(values, weights)
        case .exponential:
            if let sign = Self.commonSign(values) {
                sign * exp(Self.combine(values.map { log(abs($0)) }, weights))
            } else {
                Self.combine(values, weights)
            }
        }
    }

    /// The standard deviation of `value`, to first order, from those of independent values.
    func deviation(_ values: [Double], _ deviations: [Double]) -> Double {
        var slopes = weights
        if self == .exponential, Self.commonSign(values) != nil {
            let value = value(values)
            slopes = zip(weights, values).map { value * $0 / $1 }
        }
        return zip(slopes, deviations).reduce(0) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }.squareRoot()
    }

    /// The weights of the three values, or of their logarithms.
    private var weights: [Double] {
        switch self {
        case .linear, .exponential: [13.0 / 12, 1.0 / 3, -5.0 / 12]
        case .richardson: [15.0 / 8, -5.0 / 4, 3.0 / 8]
        }
    }

    private static func combine(_ values: [Double], _ weights: [Double]) -> Double {
        zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func commonSign(_ values: [Double]) -> Double? {
        if values.allSatisfy({ $0 > 0 }) { return 1 }
        return values.allSatisfy({ $0 < 0 }) ? -1 : nil
    }
}
