import Circuits

/// One step of a gate's definition, which acts where all its controls are 1.
///
/// Global phases are steps, too: with a control they become relative ones.
struct GateStep {
    enum Action {
        /// `exp(i a)` on every state.
        case phase(AngleExpression)
        case hadamard(Int)
        case pauli(Pauli, Int)
        /// `exp(-i a P / 2)`.
        case rotation(Pauli, Int, AngleExpression)
    }

    var controls: [Int] = []
    let action: Action

    init(_ action: Action, controls: [Int] = []) {
        self.action = action
        self.controls = controls
    }

    /// The step with every qubit `i` replaced by `map(i)` and with further controls.
    func relabelled(addingControls added: [Int] = [], _ map: (Int) -> Int) -> GateStep {
        let mapped: Action =
            switch action {
            case .phase: action
            case .hadamard(let qubit): .hadamard(map(qubit))
            case .pauli(let pauli, let qubit): .pauli(pauli, map(qubit))
            case .rotation(let axis, let qubit, let angle): .rotation(axis, map(qubit), angle)
            }
        return GateStep(mapped, controls: added + controls.map(map))
    }

    /// The step that undoes this one.
    var inverse: GateStep {
        switch action {
        case .hadamard, .pauli: self
        case .phase(let angle): GateStep(.phase(-angle), controls: controls)
        case .rotation(let axis, let qubit, let angle):
            GateStep(.rotation(axis, qubit, -angle), controls: controls)
        }
    }
}
