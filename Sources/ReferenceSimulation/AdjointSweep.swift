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

/// Walks back through a circuit and collects the derivatives of a loss by its angles.
struct AdjointSweep {
    private let values: AngleValues
    /// The gradient of the sample's feature angles.
    private(set) var features: [Double]
    /// The gradient of all trainable angles.
    private(set) var parameters: [Double]

    init(_ values: AngleValues) {
        self.values = values
        features = values.features.map { _ in 0 }
        parameters = values.parameters.map { _ in 0 }
    }

    /// Takes a state and its cotangent (the loss's effective observable applied to the state) back through `gates`.
    ///
    /// For `E = <state|A|state>` behind `exp(-i a P / 2)`, `dE/da = 2 Re <A state| -i/2 P state> = Im <A state|P state>`.
    mutating func goBack(
        through gates: [Gate], _ state: inout StateVector, _ cotangent: inout StateVector, firstParameter: Int
    ) {
        for gate in gates.reversed() {
            if case .rotation(let axis, let qubit, let angle) = gate {
                let generator = PauliString.all(axis, on: [qubit])
                let derivative = cotangent.inner(state.applying(generator)).imaginary
                add(derivative, by: angle, firstParameter)
            }
            let angle = values[gate.angle, firstParameter: firstParameter]
            state.applyInverse(of: gate, angle: angle)
            cotangent.applyInverse(of: gate, angle: angle)
        }
    }

    /// Adds a derivative by `angle` to the gradients of the entries it is made of.
    private mutating func add(_ derivative: Double, by angle: Angle, _ firstParameter: Int) {
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
