import Foundation

extension AngleExpression {
    /// The number at these `inputs`.
    public func value(at inputs: [Double]) -> Double {
        multiples.reduce(constant) { $0 + $1.factor * $1.term.value(at: inputs) }
    }

    /// Adds `weight` times the derivatives by every input, at these `inputs`, to `gradient`, `[inputs]`.
    ///
    /// This is the chain rule, from the expression down to its inputs.
    public func addGradient(at inputs: [Double], weight: Double, to gradient: inout [Double]) {
        for multiple in multiples {
            multiple.term.addGradient(at: inputs, weight: weight * multiple.factor, to: &gradient)
        }
    }
}

extension AngleExpression.Term {
    fileprivate func value(at inputs: [Double]) -> Double {
        switch self {
        case .input(let index): inputs[index]
        case .product(let left, let right): left.value(at: inputs) * right.value(at: inputs)
        case .quotient(let dividend, let divisor): dividend.value(at: inputs) / divisor.value(at: inputs)
        case .power(let base, let exponent): pow(base.value(at: inputs), exponent.value(at: inputs))
        case .function(let function, let argument): function(argument.value(at: inputs)).value
        }
    }

    fileprivate func addGradient(at inputs: [Double], weight: Double, to gradient: inout [Double]) {
        switch self {
        case .input(let index):
            gradient[index] += weight
        case .product(let left, let right):
            left.addGradient(at: inputs, weight: weight * right.value(at: inputs), to: &gradient)
            right.addGradient(at: inputs, weight: weight * left.value(at: inputs), to: &gradient)
        case .quotient(let dividend, let divisor):
            let below = divisor.value(at: inputs)
            dividend.addGradient(at: inputs, weight: weight / below, to: &gradient)
            let slope = -dividend.value(at: inputs) / (below * below)
            divisor.addGradient(at: inputs, weight: weight * slope, to: &gradient)
        case .power(let base, let exponent):
            let (b, e) = (base.value(at: inputs), exponent.value(at: inputs))
            base.addGradient(at: inputs, weight: weight * e * pow(b, e - 1), to: &gradient)
            if exponent.value == nil {  // a fixed exponent may have a base below 0, which has no logarithm
                exponent.addGradient(at: inputs, weight: weight * pow(b, e) * log(b), to: &gradient)
            }
        case .function(let function, let argument):
            let slope = function(argument.value(at: inputs)).derivative
            argument.addGradient(at: inputs, weight: weight * slope, to: &gradient)
        }
    }
}
