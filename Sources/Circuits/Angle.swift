/// The angle of a rotation, in radians.
public enum Angle: Hashable, Sendable {
    /// A fixed angle.
    case constant(Double)
    /// Entry `index` of the circuit's trainable angles.
    case parameter(Int)
    /// Entry `index` of a sample's feature angles.
    case feature(Int)
    /// A number times several entries, or one entry times a number other than 1.
    case product(AngleProduct)

    /// The angle multiplied by a number, such as the half angles of a controlled rotation.
    public static func * (factor: Double, angle: Angle) -> Angle {
        var product = AngleProduct(angle)
        product.factor *= factor
        return product.angle
    }

    /// The product of two angles, such as a trainable scale of a feature.
    public static func * (left: Angle, right: Angle) -> Angle {
        var product = AngleProduct(left)
        let other = AngleProduct(right)
        product.factor *= other.factor
        product.parameters = (product.parameters + other.parameters).sorted()
        product.features = (product.features + other.features).sorted()
        return product.angle
    }

    /// The trainable angles it depends on, ascending; one that occurs twice is named twice.
    public var parameters: [Int] { AngleProduct(self).parameters }

    /// The features it depends on, ascending; one that occurs twice is named twice.
    public var features: [Int] { AngleProduct(self).features }

    /// The number that entries are multiplied with; a constant's value.
    public var factor: Double { AngleProduct(self).factor }

    /// Its value in radians where its entries have these values.
    public func value(parameters: [Double], features: [Double]) -> Double {
        switch self {
        case .constant(let value): value
        case .parameter(let index): parameters[index]
        case .feature(let index): features[index]
        case .product(let product):
            product.parameters.reduce(product.features.reduce(product.factor) { $0 * features[$1] }) {
                $0 * parameters[$1]
            }
        }
    }

    /// The angle with the indices of its entries moved up.
    public func shifted(parameters: Int, features: Int = 0) -> Angle {
        switch self {
        case .constant: return self
        case .parameter(let index): return .parameter(index + parameters)
        case .feature(let index): return .feature(index + features)
        case .product(var product):
            product.parameters = product.parameters.map { $0 + parameters }
            product.features = product.features.map { $0 + features }
            return .product(product)
        }
    }
}

/// A number times trainable angles and features.
public struct AngleProduct: Hashable, Sendable {
    /// The number.
    public fileprivate(set) var factor: Double
    /// The trainable angles, ascending.
    public fileprivate(set) var parameters: [Int]
    /// The features, ascending.
    public fileprivate(set) var features: [Int]

    fileprivate init(_ angle: Angle) {
        switch angle {
        case .constant(let value): (factor, parameters, features) = (value, [], [])
        case .parameter(let index): (factor, parameters, features) = (1, [index], [])
        case .feature(let index): (factor, parameters, features) = (1, [], [index])
        case .product(let product): self = product
        }
    }

    /// The simplest form of the same angle, so that equal products are equal angles.
    fileprivate var angle: Angle {
        switch (factor, parameters.count, features.count) {
        case (_, 0, 0): .constant(factor)
        case (0, _, _): .constant(0)
        case (1, 1, 0): .parameter(parameters[0])
        case (1, 0, 1): .feature(features[0])
        default: .product(self)
        }
    }
}
