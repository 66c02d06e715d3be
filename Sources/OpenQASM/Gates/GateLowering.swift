import Circuits

/// Turns steps of any number of controls into the gates of a circuit, up to one global phase.
///
/// Every distinct angle that depends on inputs becomes a feature of the circuit.
struct GateLowering {
    private(set) var gates: [Gate] = []
    /// The angle in each feature.
    private(set) var angles: [AngleExpression] = []
    private var features: [AngleExpression: Int] = [:]

    /// Appends a step on the circuit's qubits.
    mutating func append(_ step: GateStep) {
        switch step.action {
        case .phase(let angle): phase(angle, step.controls)
        case .rotation(let axis, let qubit, let angle): rotate(axis, qubit, angle, step.controls)
        case .pauli(let pauli, let qubit): apply(pauli, qubit, step.controls)
        case .hadamard(let qubit): hadamard(qubit, step.controls)
        }
    }

    /// Appends a gate of a circuit whose features are inputs.
    mutating func append(_ gate: Gate) {
        switch gate {
        case .rotation(let axis, let qubit, let angle):
            rotate(axis, qubit, AngleExpression(angle) { .input($0) })
        case .hadamard, .pauli, .controlledZ, .controlledX: gates.append(gate)
        }
    }

    /// `exp(i a)` where all `controls` are 1.
    ///
    /// On the last of them it is a controlled RZ, and half of the phase is left on the others.
    private mutating func phase(_ angle: AngleExpression, _ controls: [Int]) {
        var angle = angle
        var controls = controls
        while let target = controls.popLast() {
            rotate(.z, target, angle, controls)
            angle = 0.5 * angle
        }
    }

    /// A rotation where all `controls` are 1: a rotation for every parity of them, in the order of a Gray code.
    ///
    /// A gate that anticommutes with the axis on the target and is controlled by a qubit adds that qubit to the parity.
    /// Source: Möttönen et al., *Quantum circuits for general multiqubit gates* (arXiv:quant-ph/0404089).
    private mutating func rotate(_ axis: Pauli, _ target: Int, _ angle: AngleExpression, _ controls: [Int]) {
        guard !controls.isEmpty else { return rotate(axis, target, angle) }
        if angle.value == 0 { return }
        let terms = 1 << controls.count
        let part = (1 / Double(terms)) * angle
        for term in 0..<terms {
            let parity = (term ^ term >> 1).nonzeroBitCount % 2
            rotate(axis, target, parity == 0 ? part : -part)
            let changed = min((term + 1).trailingZeroBitCount, controls.count - 1)
            gates.append(
                axis == .x
                    ? .controlledZ(controls[changed], target)
                    : .controlledX(control: controls[changed], target: target))
        }
    }

    private mutating func rotate(_ axis: Pauli, _ target: Int, _ angle: AngleExpression) {
        if let value = angle.value {
            if value != 0 { gates.append(.rotation(axis, target, .constant(value))) }
            return
        }
        let feature = features[angle] ?? angles.count
        if feature == angles.count {
            features[angle] = feature
            angles.append(angle)
        }
        gates.append(.rotation(axis, target, .feature(feature)))
    }

    private mutating func apply(_ pauli: Pauli, _ target: Int, _ controls: [Int]) {
        switch (controls.count, pauli) {
        case (0, _): gates.append(.pauli(pauli, target))
        case (1, .x): gates.append(.controlledX(control: controls[0], target: target))
        case (1, .z): gates.append(.controlledZ(controls[0], target))
        case (1, .y):
            rotate(.z, target, .constant(-.pi / 2))
            gates.append(.controlledX(control: controls[0], target: target))
            rotate(.z, target, .constant(.pi / 2))
        case (_, _):  // a Pauli gate is half a turn and a quarter of a phase
            rotate(pauli, target, .constant(.pi), controls)
            phase(.constant(.pi / 2), controls)
        }
    }

    /// Z in an axis between X and Z.
    private mutating func hadamard(_ target: Int, _ controls: [Int]) {
        guard !controls.isEmpty else { return gates.append(.hadamard(target)) }
        rotate(.y, target, .constant(-.pi / 4))
        apply(.z, target, controls)
        rotate(.y, target, .constant(.pi / 4))
    }
}
