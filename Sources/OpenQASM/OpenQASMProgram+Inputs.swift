import Foundation

extension OpenQASMProgram {
    /// The circuit's feature angles `[rows x features]`, in radians, at rows of inputs `[rows x inputs]`.
    ///
    /// Angles are taken into ±pi, which changes global phases only, so that single precision holds them.
    /// - Throws: `OpenQASMError.nonFiniteAngle`.
    public func featureAngles(inputs rows: [[Double]]) throws(OpenQASMError) -> [[Double]] {
        var result: [[Double]] = []
        for (row, inputs) in rows.enumerated() {
            precondition(inputs.count == self.inputs.count, "one value per input")
            var features: [Double] = []
            for angle in angles {
                let value = angle.value(at: inputs)
                guard value.isFinite else {
                    throw .nonFiniteAngle(expression: angle.text(inputs: self.inputs), row: row)
                }
                features.append(value.remainder(dividingBy: 2 * .pi))
            }
            result.append(features)
        }
        return result
    }

    /// The gradient by the inputs `[inputs]` of a value with gradient `features` by the feature angles, at `inputs`.
    public func inputGradient(inputs: [Double], features: [Double]) -> [Double] {
        var gradient = [Double](repeating: 0, count: inputs.count)
        for (angle, weight) in zip(angles, features) where weight != 0 {
            angle.addGradient(at: inputs, weight: weight, to: &gradient)
        }
        return gradient
    }
}
