import Circuits

/// A gate that needs no definition in the text: `U`, `gphase`, and those of `stdgates.inc`.
///
/// Every gate is its definition in the OpenQASM 3 specification exactly, global phase included.
struct StandardGate {
    let parameterCount: Int
    let qubitCount: Int
    /// The steps at given parameters, on qubits `0..<qubitCount`.
    let steps: @Sendable ([AngleExpression]) -> [GateStep]

    private init(
        _ parameterCount: Int, _ qubitCount: Int,
        _ steps: @escaping @Sendable ([AngleExpression]) -> [GateStep]
    ) {
        self.parameterCount = parameterCount
        self.qubitCount = qubitCount
        self.steps = steps
    }

    /// Gates of the language itself.
    static let builtIn: [String: StandardGate] = [
        "U": StandardGate(3, 1) { general($0[0], $0[1], $0[2], on: 0) },
        "gphase": StandardGate(1, 0) { [GateStep(.phase($0[0]))] },
    ]

    /// Gates of `stdgates.inc`.
    static let included: [String: StandardGate] = {
        let phase = StandardGate(1, 1) { [GateStep(.phase($0[0]), controls: [0])] }
        let controlledPhase = StandardGate(1, 2) { [GateStep(.phase($0[0]), controls: [0, 1])] }
        let controlledX = StandardGate(0, 2) { _ in [GateStep(.pauli(.x, 1), controls: [0])] }
        return [
            "id": StandardGate(0, 1) { _ in [] },
            "x": fixed(.pauli(.x, 0)), "y": fixed(.pauli(.y, 0)), "z": fixed(.pauli(.z, 0)),
            "h": fixed(.hadamard(0)),
            "s": fixedPhase(.pi / 2), "sdg": fixedPhase(-.pi / 2),
            "t": fixedPhase(.pi / 4), "tdg": fixedPhase(-.pi / 4),
            // The square root of X is a quarter turn with eigenvalues 1 and i.
            "sx": StandardGate(0, 1) { _ in
                [
                    GateStep(.phase(.constant(.pi / 4))),
                    GateStep(.rotation(.x, 0, .constant(.pi / 2))),
                ]
            },
            "p": phase, "phase": phase, "u1": phase,
            "rx": rotation(.x, qubits: 1), "ry": rotation(.y, qubits: 1), "rz": rotation(.z, qubits: 1),
            // RZ(a) RY(b) RZ(c), without the phase of U.
            "u2": StandardGate(2, 1) { turns(.constant(.pi / 2), $0[0], $0[1], on: 0) },
            "u3": StandardGate(3, 1) { turns($0[0], $0[1], $0[2], on: 0) },
            "cx": controlledX, "CX": controlledX,
            "cy": StandardGate(0, 2) { _ in [GateStep(.pauli(.y, 1), controls: [0])] },
            "cz": StandardGate(0, 2) { _ in [GateStep(.pauli(.z, 1), controls: [0])] },
            "ch": StandardGate(0, 2) { _ in [GateStep(.hadamard(1), controls: [0])] },
            "cp": controlledPhase, "cphase": controlledPhase,
            "crx": rotation(.x, qubits: 2), "cry": rotation(.y, qubits: 2), "crz": rotation(.z, qubits: 2),
            "cu": StandardGate(4, 2) { controlledGeneral($0) },
            "swap": StandardGate(0, 2) { _ in swap(0, 1, controls: []) },
            "ccx": StandardGate(0, 3) { _ in [GateStep(.pauli(.x, 2), controls: [0, 1])] },
            "cswap": StandardGate(0, 3) { _ in swap(1, 2, controls: [0]) },
        ]
    }()

    private static func fixed(_ action: GateStep.Action) -> StandardGate {
        let step = GateStep(action)
        return StandardGate(0, 1) { _ in [step] }
    }

    private static func fixedPhase(_ angle: Double) -> StandardGate {
        StandardGate(0, 1) { _ in [GateStep(.phase(.constant(angle)), controls: [0])] }
    }

    /// A rotation of the last of one or two qubits.
    private static func rotation(_ axis: Pauli, qubits: Int) -> StandardGate {
        StandardGate(1, qubits) {
            [GateStep(.rotation(axis, qubits - 1, $0[0]), controls: qubits == 1 ? [] : [0])]
        }
    }

    /// `RZ(first) RY(middle) RZ(last)`, the last turn first in time.
    private static func turns(
        _ middle: AngleExpression, _ first: AngleExpression, _ last: AngleExpression, on qubit: Int
    ) -> [GateStep] {
        [
            GateStep(.rotation(.z, qubit, last)), GateStep(.rotation(.y, qubit, middle)),
            GateStep(.rotation(.z, qubit, first)),
        ]
    }

    /// `U(theta, phi, lambda)`, whose upper left entry is `(1 + exp(i theta)) / 2`.
    private static func general(
        _ theta: AngleExpression, _ phi: AngleExpression, _ lambda: AngleExpression, on qubit: Int
    ) -> [GateStep] {
        [GateStep(.phase(0.5 * (theta + phi + lambda)))] + turns(theta, phi, lambda, on: qubit)
    }

    /// `cu(theta, phi, lambda, gamma)`: turns that cancel but for two controlled X between them.
    ///
    /// Source: Barenco et al., *Elementary gates for quantum computation* (arXiv:quant-ph/9503016), section 5.1.
    private static func controlledGeneral(_ parameters: [AngleExpression]) -> [GateStep] {
        let (theta, phi, lambda, gamma) = (parameters[0], parameters[1], parameters[2], parameters[3])
        let flip = GateStep(.pauli(.x, 1), controls: [0])
        return [
            GateStep(.phase(gamma + 0.5 * (phi + lambda)), controls: [0]),
            GateStep(.rotation(.z, 1, 0.5 * (lambda - phi))), flip,
            GateStep(.rotation(.z, 1, -0.5 * (phi + lambda))),
            GateStep(.rotation(.y, 1, -0.5 * theta)), flip,
            GateStep(.rotation(.y, 1, 0.5 * theta)), GateStep(.rotation(.z, 1, phi)),
        ]
    }

    /// Three controlled X, of which only the middle one needs the swap's own controls.
    private static func swap(_ first: Int, _ second: Int, controls: [Int]) -> [GateStep] {
        let outer = GateStep(.pauli(.x, first), controls: [second])
        return [outer, GateStep(.pauli(.x, second), controls: controls + [first]), outer]
    }
}
