import Circuits

/// A circuit in a device's own gates, on its own qubits, for all samples and trainable angles.
///
/// Rotations about Z (and about X, where the device has them) have angles that are constants or entries of a list; the
/// list follows from a sample's features and the trainable angles, so one circuit serves every sample.
public struct NativeCircuit: Sendable {
    /// The angle of a native rotation, in radians.
    public enum Angle: Hashable, Sendable {
        /// A fixed angle.
        case constant(Double)
        /// Entry `index` of `angles(features:parameters:)`.
        case entry(Int)
    }

    /// A gate of the device.
    public enum Instruction: Hashable, Sendable {
        /// `exp(-i a Z / 2)`.
        case rotationZ(Angle, Int)
        /// `exp(-i a X / 2)`, where the device has it.
        case rotationX(Angle, Int)
        /// The square root of X.
        case squareRootX(Int)
        /// X.
        case flip(Int)
        /// The two-qubit gate, in the order the device has it.
        case entangler(Int, Int)

        /// The device's qubits acted on.
        public var qubits: [Int] {
            switch self {
            case .rotationZ(_, let qubit), .rotationX(_, let qubit), .squareRootX(let qubit),
                .flip(let qubit):
                [qubit]
            case .entangler(let first, let second): [first, second]
            }
        }
    }

    /// Part of a run's Euler angles.
    enum EulerPart: Hashable {
        /// `phi`, `theta` or `lambda` of `RZ(phi) RY(theta) RZ(lambda)`, and their sum where theta is 0.
        case phi, theta, lambda, sum
    }

    /// An open angle: a part of a run's Euler angles, and what is added to it.
    struct OpenAngle: Hashable {
        let run: Int
        let part: EulerPart
        let offset: Double
    }

    /// The device.
    public let target: DeviceTarget
    /// The gates, first to last.
    public let instructions: [Instruction]
    /// The device's qubit of each of the circuit's qubits at the start.
    public let initialLayout: [Int]
    /// The device's qubit of each of the circuit's qubits at the end, where it is measured.
    public let finalLayout: [Int]
    let runs: [LocalRun]
    let openAngles: [OpenAngle]

    /// The number of open angles.
    public var angleCount: Int { openAngles.count }

    /// The number of two-qubit gates.
    public var entanglerCount: Int {
        instructions.count { if case .entangler = $0 { true } else { false } }
    }

    /// The open angles for a sample's features and the trainable angles, all in radians.
    public func angles(features: [Double], parameters: [Double]) -> [Double] {
        let eulers = runs.map { run in
            QubitUnitary(run.gates) { angle in
                let number = angle.parameters.reduce(angle.factor) { $0 * parameters[$1] }
                return angle.features.reduce(number) { $0 * features[$1] }
            }.eulerAngles
        }
        return openAngles.map { open in
            let euler = eulers[open.run]
            let value =
                switch open.part {
                case .phi: euler.phi
                case .theta: euler.theta
                case .lambda: euler.lambda
                case .sum: euler.phi + euler.lambda
                }
            return value + open.offset
        }
    }

    /// An observable of the circuit on the device's qubits.
    public func placed(_ observable: PauliString) -> PauliString { observable.relabelled { finalLayout[$0] } }

    /// The circuit at open angles in the gates of a plain circuit, on as many qubits as the device has.
    ///
    /// An echoed cross resonance is a controlled X between S and a square root of X before and X after it.
    public func circuit(angles: [Double]) -> Circuit {
        var circuit = Circuit(qubitCount: target.qubitCount)
        func value(_ angle: Angle) -> Circuits.Angle {
            switch angle {
            case .constant(let value): .constant(value)
            case .entry(let index): .constant(angles[index])
            }
        }
        for instruction in instructions {
            switch instruction {
            case .rotationZ(let angle, let qubit): circuit.appendUnchecked(.rotation(.z, qubit, value(angle)))
            case .rotationX(let angle, let qubit): circuit.appendUnchecked(.rotation(.x, qubit, value(angle)))
            case .squareRootX(let qubit): circuit.appendUnchecked(.rotation(.x, qubit, .constant(.pi / 2)))
            case .flip(let qubit): circuit.appendUnchecked(.pauli(.x, qubit))
            case .entangler(let first, let second):
                switch target.entangler {
                case .controlledZ: circuit.appendUnchecked(.controlledZ(first, second))
                case .echoedCrossResonance:
                    circuit.appendUnchecked(.rotation(.z, first, .constant(.pi / 2)))
                    circuit.appendUnchecked(.rotation(.x, second, .constant(.pi / 2)))
                    circuit.appendUnchecked(.controlledX(control: first, target: second))
                    circuit.appendUnchecked(.pauli(.x, first))
                }
            }
        }
        return circuit
    }
}
