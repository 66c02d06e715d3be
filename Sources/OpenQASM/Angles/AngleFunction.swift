import Foundation

/// A function of one real number that angles may use.
public enum AngleFunction: String, Hashable, Sendable, CaseIterable {
    case arccos, arcsin, arctan, cos, exp, log, sin, sqrt, tan

    /// The function called `name`; Qiskit writes the inverse functions as `acos`, `asin` and `atan`.
    init?(named name: String) {
        switch name {
        case "acos": self = .arccos
        case "asin": self = .arcsin
        case "atan": self = .arctan
        case _:
            guard let function = Self(rawValue: name) else { return nil }
            self = function
        }
    }

    /// The function's value at `x`, and its derivative there.
    func callAsFunction(_ x: Double) -> (value: Double, derivative: Double) {
        switch self {
        case .arccos: (Foundation.acos(x), -1 / (1 - x * x).squareRoot())
        case .arcsin: (Foundation.asin(x), 1 / (1 - x * x).squareRoot())
        case .arctan: (Foundation.atan(x), 1 / (1 + x * x))
        case .cos: (Foundation.cos(x), -Foundation.sin(x))
        case .exp: (Foundation.exp(x), Foundation.exp(x))
        case .log: (Foundation.log(x), 1 / x)
        case .sin: (Foundation.sin(x), Foundation.cos(x))
        case .sqrt: (x.squareRoot(), 0.5 / x.squareRoot())
        case .tan: (Foundation.tan(x), 1 + Foundation.tan(x) * Foundation.tan(x))
        }
    }
}
