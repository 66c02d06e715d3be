import Foundation

extension AngleExpression {
    /// The expression in OpenQASM, with its inputs called `names`; reading it gives an equal expression.
    public func text(inputs names: [String]) -> String {
        var text = ""
        for multiple in multiples {
            let sign = multiple.factor < 0 ? "-" : "+"
            text += text.isEmpty ? (sign == "-" ? "-" : "") : " \(sign) "
            let factor = abs(multiple.factor)
            if factor != 1 { text += Self.text(factor) + "*" }
            text += multiple.term.text(inputs: names)
        }
        if text.isEmpty { return Self.text(constant) }
        if constant != 0 { text += (constant < 0 ? " - " : " + ") + Self.text(abs(constant)) }
        return text
    }

    /// Whether the text is one word or in parentheses of its own.
    fileprivate var isAtom: Bool {
        if multiples.isEmpty { return constant >= 0 && Int(exactly: constant) != nil }
        return constant == 0 && multiples.count == 1 && multiples[0].factor == 1
    }

    /// A number in OpenQASM: a simple fraction of pi where it is exactly that, else the shortest exact decimal.
    public static func text(_ value: Double) -> String {
        let sign = value < 0 ? "-" : ""
        for divisor in [1.0, 2, 3, 4, 6, 8, 16] {
            let multiple = (abs(value) / .pi * divisor).rounded()
            // As it is read: products and quotients from left to right.
            guard multiple >= 1, multiple <= 32, multiple * .pi / divisor == abs(value) else { continue }
            return sign + (multiple == 1 ? "" : "\(Int(multiple))*") + "pi"
                + (divisor == 1 ? "" : "/\(Int(divisor))")
        }
        if let integer = Int(exactly: value), abs(value) < 1e15 { return "\(integer)" }
        return "\(value)"
    }
}

extension AngleExpression.Term {
    fileprivate func text(inputs names: [String]) -> String {
        func nested(_ expression: AngleExpression) -> String {
            let text = expression.text(inputs: names)
            return expression.isAtom ? text : "(\(text))"
        }
        return switch self {
        case .input(let index): names[index]
        case .product(let left, let right): "(\(nested(left))*\(nested(right)))"
        case .quotient(let dividend, let divisor): "(\(nested(dividend))/\(nested(divisor)))"
        case .power(let base, let exponent): "(\(nested(base))**\(nested(exponent)))"
        case .function(let function, let argument):
            "\(function.rawValue)(\(argument.text(inputs: names)))"
        }
    }
}
