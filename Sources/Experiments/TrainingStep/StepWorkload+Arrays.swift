import Circuits
import Datasets
import Execution
import LinearAlgebra

extension StepWorkload {
    /// A workload whose sizes and values come from arrays: `x [B, d]`, `y [B, T]`, and of `phi [L, n]`, `theta [L, n]`,
    /// `a [T, m, q]`, `b [T, m, q]`, `c [T, q]` those that the preset has rotations for.
    ///
    /// Arrays of other names are ignored, so that a file may hold expected outputs beside its inputs.
    /// - Throws: `ExperimentError.missingStepArray`, `.unusedStepArray` or `.unexpectedStepArray` when the arrays do not
    ///   fit the preset or each other, `.invalidStepLabel` for a label other than 0 and 1.
    public init(_ preset: Preset, arrays: [String: NumericArray]) throws(ExperimentError) {
        let needed = preset.stepArrayNames
        for name in StepArrayLayout.names where arrays[name] != nil && !needed.contains(name) {
            throw .unusedStepArray(name: name, preset: preset.name, needed: needed.sorted())
        }
        func array(_ name: String, axes: [String]) throws(ExperimentError) -> NumericArray {
            guard let array = arrays[name] else {
                throw .missingStepArray(name: name, preset: preset.name, available: arrays.keys.sorted())
            }
            guard array.shape.count == axes.count, !array.shape.contains(0) else {
                throw .unexpectedStepArray(
                    name: name, shape: array.shape, expected: "[\(axes.joined(separator: ", "))]")
            }
            return array
        }
        let x = try array("x", axes: ["B", "d"])
        let y = try array("y", axes: ["B", "T"])
        var sizes = Preset.Sizes(features: x.shape[1])
        if needed.contains("c") {
            sizes.register = try array("c", axes: ["T", "q"]).shape[1]
        }
        if needed.contains("a") {
            sizes.layers = try array("a", axes: ["T", "m", "q"]).shape[1]
        }
        if case .shared = preset.placement, needed.contains("phi") {
            sizes.qubits = try array("phi", axes: ["L", "n"]).shape[1]
        }
        // Without blocks the readouts are those of the encoding, whatever the number of tasks.
        let tasks = preset.block == .none ? 1 : y.shape[1]
        let size = Size(tasks: tasks, batch: x.shape[0], circuit: sizes)
        try self.init(preset, size: size) { plan, layout throws(ExperimentError) in
            func checked(_ name: String, _ shape: [Int]) throws(ExperimentError) -> [Float] {
                guard let array = arrays[name] else {
                    throw .missingStepArray(
                        name: name, preset: preset.name, available: arrays.keys.sorted())
                }
                guard array.shape == shape else {
                    throw .unexpectedStepArray(name: name, shape: array.shape, expected: "\(shape)")
                }
                return array.values
            }
            let labelShape = [x.shape[0], plan.circuit.readoutCount]
            let labels = try checked("y", labelShape)
            if let index = labels.firstIndex(where: { $0 != 0 && $0 != 1 }) {
                throw .invalidStepLabel(
                    row: index / labelShape[1], column: index % labelShape[1], value: labels[index])
            }
            var parameters = [Float](repeating: 0, count: plan.circuit.parameterCount)
            for entry in layout.entries {
                for (index, value) in zip(entry.parameters, try checked(entry.name, entry.shape)) {
                    parameters[index] = value
                }
            }
            return (
                ParameterBatch(
                    features: Matrix(rows: x.shape[0], columns: x.shape[1], elements: x.values),
                    parameters: parameters),
                Matrix(rows: labelShape[0], columns: labelShape[1], elements: labels)
            )
        }
    }

    /// A step's outputs as arrays: `E [B, T]`, `loss`, `d_x [B, d]`, and `d_` of every array of trainable angles.
    public func outputs(of gradients: CircuitGradients) -> [String: NumericArray] {
        let (expectations, features) = (gradients.expectations, gradients.features)
        var arrays = [
            "E": NumericArray(
                shape: [expectations.rows, expectations.columns], values: expectations.elements),
            "loss": NumericArray(shape: [], values: [Float(loss(expectations))]),
            "d_x": NumericArray(shape: [features.rows, features.columns], values: features.elements),
        ]
        for entry in layout.entries {
            arrays["d_\(entry.name)"] = NumericArray(
                shape: entry.shape, values: entry.parameters.map { gradients.parameters[$0] })
        }
        return arrays
    }
}
