import Circuits

/// Walks back through a circuit and collects the derivatives of a loss by its angles.
struct AdjointSweep {
    private let values: AngleValues
    /// The gradients so far.
    private(set) var gradients: AngleGradients

    init(_ values: AngleValues) {
        self.values = values
        gradients = AngleGradients(values)
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
                gradients.add(derivative, by: angle, firstParameter)
            }
            let angle = values[gate.angle, firstParameter: firstParameter]
            state.applyInverse(of: gate, angle: angle)
            cotangent.applyInverse(of: gate, angle: angle)
        }
    }
}
