/// What an operator may be on one qubit: the identity, in the span of the identity and one Pauli, or anything.
public enum Support: Hashable, Sendable {
    case none
    case axis(Pauli)
    case any

    /// Whether an operator with this support commutes with every function of `pauli` on the qubit.
    func commutes(with pauli: Pauli) -> Bool { self == .none || self == .axis(pauli) }

    /// The support of a sum of operators with these supports.
    public func union(_ other: Support) -> Support {
        if self == .none { return other }
        return other == .none || other == self ? self : .any
    }

    /// The support of a sum of products with and without `pauli` as a further factor.
    func multiplied(by pauli: Pauli) -> Support { union(.axis(pauli)) }
}

/// The gates of a circuit that a set of observables depends on: their causal cone.
///
/// The walk goes from the readout back (Heisenberg picture) and keeps for every qubit which operators can occur there.
/// A gate that commutes with all of them cancels against its inverse and is dropped; so a layer of commuting gates
/// widens the cone by one neighbour on each side, in whatever order the gates are written. A second walk from the front
/// drops what acts trivially on qubits that are still in |0>.
public struct LightCone: Hashable, Sendable {
    /// The kept gates, as indices into the circuit's gates, ascending.
    public let gates: [Int]
    /// What the observables have become at the circuit's start, by qubit; qubits outside the cone are left out.
    public let support: [Int: Support]

    /// The cone in `circuit` of observables with `support` at the circuit's end.
    ///
    /// `startsAtZero`: whether the qubits start in |0>; false for a block that follows other gates.
    public init(of circuit: Circuit, support: [Int: Support], startsAtZero: Bool) {
        var kept = Array(circuit.gates.indices)
        var initialSupport = support
        while true {
            let count = kept.count
            initialSupport = support
            kept = Self.backward(circuit.gates, kept, &initialSupport)
            if startsAtZero { kept = Self.forward(circuit.gates, kept) }
            if kept.count == count || !startsAtZero { break }
        }
        gates = kept
        self.support = initialSupport.filter { $0.value != .none }
    }

    private static func backward(
        _ gates: [Gate], _ candidates: [Int], _ support: inout [Int: Support]
    ) -> [Int] {
        var kept: [Int] = []
        for index in candidates.reversed() {
            switch gates[index] {
            case .hadamard(let qubit):
                guard let current = support[qubit], current != .none else { continue }
                switch current {
                case .axis(.x): support[qubit] = .axis(.z)
                case .axis(.z): support[qubit] = .axis(.x)
                case .axis(.y), .any, .none: break
                }
            case .pauli(let pauli, let qubit):
                if support[qubit, default: .none].commutes(with: pauli) { continue }
            case .rotation(let axis, let qubit, _):
                if support[qubit, default: .none].commutes(with: axis) { continue }
                support[qubit] = .any
            case .controlledZ(let first, let second):
                guard spread(&support, (first, .z), (second, .z)) else { continue }
            case .controlledX(let control, let target):
                guard spread(&support, (control, .z), (target, .x)) else { continue }
            }
            kept.append(index)
        }
        return kept.reversed()
    }

    /// Takes `support` through a controlled gate whose two sides are diagonal in the given axes; false where it commutes.
    private static func spread(
        _ support: inout [Int: Support], _ first: (qubit: Int, axis: Pauli), _ second: (qubit: Int, axis: Pauli)
    ) -> Bool {
        let (one, two) = (support[first.qubit, default: .none], support[second.qubit, default: .none])
        let commutes = (one.commutes(with: first.axis), two.commutes(with: second.axis))
        if commutes.0 && commutes.1 { return false }
        if !commutes.0 { support[second.qubit] = two.multiplied(by: second.axis) }
        if !commutes.1 { support[first.qubit] = one.multiplied(by: first.axis) }
        return true
    }

    private static func forward(_ gates: [Gate], _ candidates: [Int]) -> [Int] {
        var touched: Set<Int> = []
        return candidates.filter { index in
            switch gates[index] {
            case .pauli(.z, let qubit), .rotation(.z, let qubit, _): return touched.contains(qubit)
            case .controlledZ(let first, let second):
                return touched.contains(first) && touched.contains(second)
            case .controlledX(let control, let target):
                guard touched.contains(control) else { return false }
                touched.insert(target)
                return true
            case .hadamard(let qubit), .pauli(_, let qubit), .rotation(_, let qubit, _):
                touched.insert(qubit)
                return true
            }
        }
    }
}
