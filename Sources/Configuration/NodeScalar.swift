import Yams

/// A type that a single YAML value can be read as.
///
/// Numbers and truth values must stand without quotes; anything that is no list or mapping can be a text.
protocol NodeScalar {
    /// What a value must be, to complete the sentence "must be ...".
    static var expectation: String { get }
    init?(_ scalar: Node.Scalar)
}

extension Node.Scalar {
    /// The text, unless it is quoted.
    fileprivate var plainText: String? { style == .any || style == .plain ? string : nil }
}

extension String: NodeScalar {
    static var expectation: String { "a text" }
    init?(_ scalar: Node.Scalar) { self = scalar.string }
}

extension Bool: NodeScalar {
    static var expectation: String { "true or false" }
    init?(_ scalar: Node.Scalar) {
        guard let value = scalar.plainText.flatMap({ Bool($0.lowercased()) }) else { return nil }
        self = value
    }
}

extension NodeScalar where Self: FixedWidthInteger {
    static var expectation: String {
        min == 0 ? "a whole number from 0" : "a whole number"
    }
    init?(_ scalar: Node.Scalar) {
        guard let value = scalar.plainText.flatMap({ Self($0) }) else { return nil }
        self = value
    }
}

extension NodeScalar where Self: LosslessStringConvertible & BinaryFloatingPoint {
    static var expectation: String { "a number" }
    init?(_ scalar: Node.Scalar) {
        switch scalar.plainText?.lowercased() {
        case nil: return nil
        case ".inf", "+.inf": self = .infinity
        case "-.inf": self = -.infinity
        case ".nan": self = .nan
        case .some(let text):
            guard let value = Self(text) else { return nil }
            self = value
        }
    }
}

extension Int: NodeScalar {}
extension Int8: NodeScalar {}
extension Int16: NodeScalar {}
extension Int32: NodeScalar {}
extension Int64: NodeScalar {}
extension UInt: NodeScalar {}
extension UInt8: NodeScalar {}
extension UInt16: NodeScalar {}
extension UInt32: NodeScalar {}
extension UInt64: NodeScalar {}
extension Float: NodeScalar {}
extension Double: NodeScalar {}
