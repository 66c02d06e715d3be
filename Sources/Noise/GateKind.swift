import Circuits

/// The kinds of gates that noise is told apart by; the names are those of OpenQASM.
public enum GateKind: String, Codable, CaseIterable, Hashable, Sendable {
    case hadamard = "h"
    case pauliX = "x"
    case pauliY = "y"
    case pauliZ = "z"
    case rotationX = "rx"
    case rotationY = "ry"
    case rotationZ = "rz"
    case controlledZ = "cz"
    case controlledX = "cx"

    /// The kind of a gate.
    public init(_ gate: Gate) {
        switch gate {
        case .hadamard: self = .hadamard
        case .pauli(.x, _): self = .pauliX
        case .pauli(.y, _): self = .pauliY
        case .pauli(.z, _): self = .pauliZ
        case .rotation(.x, _, _): self = .rotationX
        case .rotation(.y, _, _): self = .rotationY
        case .rotation(.z, _, _): self = .rotationZ
        case .controlledZ: self = .controlledZ
        case .controlledX: self = .controlledX
        }
    }

    /// The number of qubits a gate of the kind acts on.
    public var qubitCount: Int {
        switch self {
        case .hadamard, .pauliX, .pauliY, .pauliZ, .rotationX, .rotationY, .rotationZ: 1
        case .controlledZ, .controlledX: 2
        }
    }
}
