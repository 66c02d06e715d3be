/// What a causal cone passes through: a gate, or noise.
public enum ConeStep: Hashable, Sendable {
    case gate(Gate)
    /// A channel that preserves the trace: it does nothing to what is not read.
    case channel(qubits: [Int], ChannelReach)

    /// The qubits acted on.
    public var qubits: [Int] {
        switch self {
        case .gate(let gate): gate.qubits
        case .channel(let qubits, _): qubits
        }
    }
}

/// What a channel can make of a product operator, seen from the readout back.
public enum ChannelReach: Hashable, Sendable {
    /// On every qubit, a Pauli operator stays in the span of itself and the identity.
    case keepsAxes
    /// On every qubit, an operator may become any other; the identity stays what it is.
    case mixesAxes
    /// An operator on one qubit may spread to the others.
    case couples
}
