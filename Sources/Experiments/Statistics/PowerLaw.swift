import Foundation

/// A fit of `y = factor * x^exponent`: a straight line through the logarithms, by least squares.
public struct PowerLaw: Sendable, Equatable {
    /// The fitted exponent.
    public let exponent: Double
    /// The fitted factor.
    public let factor: Double
    /// The 95% interval of the exponent by Student's t; nil for two points, which a line fits exactly.
    public let exponentInterval: ConfidenceInterval?

    /// The fit through points of positive coordinates; nil with fewer than two different `x`.
    public init?(x: [Double], y: [Double]) {
        precondition(x.count == y.count, "a fit needs as many y as x")
        precondition((x + y).allSatisfy { $0 > 0 }, "a power law is fitted to positive values")
        let logX = x.map { log($0) }
        let logY = y.map { log($0) }
        let (meanX, meanY) = (logX.mean, logY.mean)
        let squares = logX.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        guard squares > 0 else { return nil }
        let slope = zip(logX, logY).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / squares
        let intercept = meanY - slope * meanX
        exponent = slope
        factor = exp(intercept)
        guard x.count > 2 else {
            exponentInterval = nil
            return
        }
        let residuals = zip(logX, logY).reduce(0) { sum, point in
            let residual = point.1 - intercept - slope * point.0
            return sum + residual * residual
        }
        let degreesOfFreedom = Double(x.count - 2)
        let standardError = (residuals / degreesOfFreedom / squares).squareRoot()
        let margin = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.975) * standardError
        exponentInterval = ConfidenceInterval(lower: slope - margin, upper: slope + margin)
    }
}
