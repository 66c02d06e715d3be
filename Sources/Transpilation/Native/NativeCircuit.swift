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
        /// `exp(-i a Z Z / 2)` with `a` above 0 and at most a quarter turn, where the device has it.
        case rotationZZ(Angle, Int, Int)

        /// The device's qubits acted on.
        public var qubits: [Int] {
            switch self {
            case .rotationZ(_, let qubit), .rotationX(_, let qubit), .squareRootX(let qubit),
                .flip(let qubit):
                [qubit]
            case .entangler(let first, let second), .rotationZZ(_, let first, let second):
                [first, second]
            }
        }
    }

    /// Part of a run's Euler angles.
    enum EulerPart: Hashable {
        /// `phi`, `theta` or `lambda` of `RZ(phi) RY(theta) RZ(lambda)`, and their sum where theta is 0.
        case phi, theta, lambda, sum
    }

    /// Where an open angle comes from.
    enum OpenAngle: Hashable {
        /// A part of a run's Euler angles, and what is added to it.
        case euler(run: Int, EulerPart, offset: Double)
        /// A feature, or an angle of a folded run, which are counted as features after the circuit's own.
        case feature(Int)
    }

    /// The device.
    public let target: DeviceTarget
    /// The gates, first to last.
    public let instructions: [Instruction]
    /// The device's qubit of each of the circuit's qubits at the start.
    public let initialLayout: [Int]
    /// The device's qubit of each of the circuit's qubits at the end, where it is measured.
    public let finalLayout: [Int]
    let featureCount: Int
    let foldedRuns: [FoldedRun]
    let runs: [LocalRun]
    let openAngles: [OpenAngle]

    /// The number of open angles.
    public var angleCount: Int { openAngles.count }

    /// The number of two-qubit gates.
    public var entanglerCount: Int {
        instructions.count { $0.qubits.count == 2 }
    }

    /// The open angles for a sample's features and the trainable angles, all in radians.
    public func angles(features: [Double], parameters: [Double]) -> [Double] {
        let folded = foldedRuns.flatMap { $0.values(features: features, parameters: parameters) }
        let values = Array(features.prefix(featureCount)) + folded
        let eulers = runs.map { run in
            QubitUnitary(run.gates) { $0.value(parameters: parameters, features: values) }.eulerAngles
        }
        return openAngles.map { open in
            switch open {
            case .feature(let index): return values[index]
            case .euler(let run, let part, let offset):
                let euler = eulers[run]
                switch part {
                case .phi: return euler.phi + offset
                case .theta: return euler.theta + offset
                case .lambda: return euler.lambda + offset
                case .sum: return euler.phi + euler.lambda + offset
                }
            }
        }
    }

    /// An observable of the circuit on the device's qubits.
    public func placed(_ observable: PauliString) -> PauliString { observable.relabelled { finalLayout[$0] } }

    /// The circuit at open angles in the gates of a plain circuit, on as many qubits as the device has.
    ///
    /// A gate of the device is written so that its noise has one place (`DeviceCalibration.nativeNoiseModel`): a controlled
    /// Z is in ascending order of its qubits; of an echoed cross resonance and of a rotation about ZZ the noise is that of a
    /// controlled X at the end, behind gates that a device does without noise or does not have.
    public func circuit(angles: [Double]) -> Circuit {
        var circuit = Circuit(qubitCount: target.qubitCount)
        func value(_ angle: Angle) -> Circuits.Angle {
            switch angle {
            case .constant(let value): .constant(value)
            case .entry(let index): .constant(angles[index])
            }
        }
        for instruction in instructions {
            let gates: [Gate]
            switch instruction {
            case .rotationZ(let angle, let qubit): gates = [.rotation(.z, qubit, value(angle))]
            case .rotationX(let angle, let qubit): gates = [.rotation(.x, qubit, value(angle))]
            case .squareRootX(let qubit): gates = [.rotation(.x, qubit, .constant(.pi / 2))]
            case .flip(let qubit): gates = [.pauli(.x, qubit)]
            case .entangler(let first, let second):
                switch target.entangler {
                case .controlledZ: gates = [.controlledZ(min(first, second), max(first, second))]
                case .echoedCrossResonance:
                    let quarter = Circuits.Angle.constant(.pi / 2)
                    gates = [
                        .rotation(.z, first, quarter), .hadamard(first), .pauli(.z, first), .hadamard(first),
                        .hadamard(second), .rotation(.z, second, 3 * quarter), .hadamard(second),
                        .controlledX(control: first, target: second),
                    ]
                }
            case .rotationZZ(let angle, let first, let second):
                let (low, high) = (min(first, second), max(first, second))
                gates = [
                    .hadamard(high), .controlledZ(high, low), .hadamard(high),
                    .rotation(.z, high, value(angle)), .controlledX(control: low, target: high),
                ]
            }
            for gate in gates { circuit.appendUnchecked(gate) }
        }
        return circuit
    }
}
