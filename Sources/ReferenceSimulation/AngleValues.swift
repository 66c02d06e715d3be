import Circuits

/// What the angles of one sample's circuit stand for, in radians.
struct AngleValues {
    let features: [Double]
    let parameters: [Double]

    init(_ circuit: MultiTaskCircuit, features: [Double], parameters: [Double]) {
        precondition(features.count == circuit.featureCount, "one value per feature")
        precondition(parameters.count == circuit.parameterCount, "one value per trainable angle")
        self.features = features
        self.parameters = parameters
    }

    /// The value of `angle`; trainable angles of a block are counted from `firstParameter`.
    subscript(angle: Angle?, firstParameter firstParameter: Int) -> Double {
        switch angle {
        case .constant(let value): value
        case .parameter(let index): parameters[firstParameter + index]
        case .feature(let index): features[index]
        case .product(let product):
            factors(of: product, firstParameter).reduce(product.factor) { $0 * $1.value }
        case nil: 0
        }
    }

    /// The entries of a product with their values.
    fileprivate func factors(
        of product: AngleProduct, _ firstParameter: Int
    ) -> [(entry: Angle, value: Double)] {
        product.parameters.map { (.parameter($0), parameters[firstParameter + $0]) }
            + product.features.map { (.feature($0), features[$0]) }
    }
}

/// The gradients of a sample's angles, while they are collected.
struct AngleGradients {
    private let values: AngleValues
    /// Of the sample's feature angles.
    private(set) var features: [Double]
    /// Of all trainable angles.
    private(set) var parameters: [Double]

    init(_ values: AngleValues) {
        self.values = values
        features = values.features.map { _ in 0 }
        parameters = values.parameters.map { _ in 0 }
    }

    /// Adds a derivative by `angle` to the gradients of the entries it is made of.
    mutating func add(_ derivative: Double, by angle: Angle, _ firstParameter: Int) {
        switch angle {
        case .parameter(let index): parameters[firstParameter + index] += derivative
        case .feature(let index): features[index] += derivative
        case .constant: break
        case .product(let product):
            let factors = values.factors(of: product, firstParameter)
            for (position, factor) in factors.enumerated() {
                var slope = derivative * product.factor
                for (other, factor) in factors.enumerated() where other != position { slope *= factor.value }
                add(slope, by: factor.entry, firstParameter)
            }
        }
    }
}
