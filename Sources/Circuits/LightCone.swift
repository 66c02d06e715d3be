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
/// drops what acts trivially on qubits that are still in |0>. A channel behind a gate is a step of its own: it stays
/// where one of its qubits is in the support, also behind a gate that cancels.
public struct LightCone: Hashable, Sendable {
    /// The kept steps, as indices into the finder's steps (the circuit's gates, where there is no noise), ascending.
    public let gates: [Int]
    /// What the observables have become at the circuit's start, by qubit; qubits outside the cone are left out.
    public let support: [Int: Support]

    /// The cone in `circuit` of observables with `support` at the circuit's end.
    ///
    /// `startsAtZero`: whether the qubits start in |0>; false for a block that follows other gates. To find many cones
    /// of one circuit, use a `LightConeFinder`.
    public init(of circuit: Circuit, support: [Int: Support], startsAtZero: Bool) {
        self = LightConeFinder(circuit).cone(of: support, startsAtZero: startsAtZero)
    }

    init(finder: LightConeFinder, support: [Int: Support], startsAtZero: Bool) {
        var dropped: Set<Int> = []
        while true {
            var current = support
            let kept = Self.backward(finder, without: dropped, &current)
            let trivial = startsAtZero ? Self.trivialFromZero(finder.steps, kept) : []
            if trivial.isEmpty {
                gates = kept
                self.support = current.filter { $0.value != .none }
                return
            }
            dropped.formUnion(trivial)
        }
    }

    private static func backward(
        _ finder: LightConeFinder, without dropped: Set<Int>, _ support: inout [Int: Support]
    ) -> [Int] {
        var kept: [Int] = []
        // For every qubit in the support, how many of its gates are still to be visited.
        var remaining = support.filter { $0.value != .none }
            .reduce(into: [Int: Int]()) { $0[$1.key] = finder.gates(on: $1.key).count }
        func latest() -> Int? {
            remaining.lazy.compactMap { $1 > 0 ? finder.gates(on: $0)[$1 - 1] : nil }.max()
        }
        while let index = latest() {
            let step = finder.steps[index]
            for qubit in step.qubits {
                guard let count = remaining[qubit] else { continue }
                if finder.gates(on: qubit)[count - 1] == index { remaining[qubit] = count - 1 }
            }
            guard !dropped.contains(index), pass(step, &support) else { continue }
            kept.append(index)
            for qubit in step.qubits where remaining[qubit] == nil && support[qubit, default: .none] != .none
            {
                remaining[qubit] = finder.gateCount(on: qubit, before: index)
            }
        }
        return kept.reversed()
    }

    /// Takes `support` back through `step`; false where that does nothing to any operator of that support.
    private static func pass(_ step: ConeStep, _ support: inout [Int: Support]) -> Bool {
        switch step {
        case .gate(let gate): return pass(gate, &support)
        case .channel(let qubits, let reach):
            let reached = qubits.filter { support[$0, default: .none] != .none }
            if reached.isEmpty { return false }
            switch reach {
            case .keepsAxes: break
            case .mixesAxes: for qubit in reached { support[qubit] = .any }
            case .couples: for qubit in qubits { support[qubit] = .any }
            }
            return true
        }
    }

    /// Takes `support` back through `gate`; false where the gate commutes with every operator of that support.
    private static func pass(_ gate: Gate, _ support: inout [Int: Support]) -> Bool {
        switch gate {
        case .hadamard(let qubit):
            switch support[qubit, default: .none] {
            case .none: return false
            case .axis(.x): support[qubit] = .axis(.z)
            case .axis(.z): support[qubit] = .axis(.x)
            case .axis(.y), .any: break
            }
            return true
        case .pauli(let pauli, let qubit):
            return !support[qubit, default: .none].commutes(with: pauli)
        case .rotation(let axis, let qubit, _):
            if support[qubit, default: .none].commutes(with: axis) { return false }
            support[qubit] = .any
            return true
        case .controlledZ(let first, let second): return spread(&support, (first, .z), (second, .z))
        case .controlledX(let control, let target): return spread(&support, (control, .z), (target, .x))
        }
    }

    /// Takes `support` through a controlled gate whose two sides are diagonal in the given axes; false where it commutes.
    private static func spread(
        _ support: inout [Int: Support], _ first: (qubit: Int, axis: Pauli),
        _ second: (qubit: Int, axis: Pauli)
    ) -> Bool {
        let (one, two) = (support[first.qubit, default: .none], support[second.qubit, default: .none])
        let commutes = (one.commutes(with: first.axis), two.commutes(with: second.axis))
        if commutes.0 && commutes.1 { return false }
        if !commutes.0 { support[second.qubit] = two.multiplied(by: second.axis) }
        if !commutes.1 { support[first.qubit] = one.multiplied(by: first.axis) }
        return true
    }

    /// The gates among `kept` that do nothing because a qubit of theirs is still in |0>.
    private static func trivialFromZero(_ steps: [ConeStep], _ kept: [Int]) -> [Int] {
        var touched: Set<Int> = []
        return kept.filter { index in
            guard case .gate(let gate) = steps[index] else {
                touched.formUnion(steps[index].qubits)
                return false
            }
            switch gate {
            case .pauli(.z, let qubit), .rotation(.z, let qubit, _): return !touched.contains(qubit)
            case .controlledZ(let first, let second):
                return !(touched.contains(first) && touched.contains(second))
            case .controlledX(let control, let target):
                guard touched.contains(control) else { return true }
                touched.insert(target)
                return false
            case .hadamard(let qubit), .pauli(_, let qubit), .rotation(_, let qubit, _):
                touched.insert(qubit)
                return false
            }
        }
    }
}

/// Finds cones of one circuit in time proportional to the gates near the cone, however wide the circuit is.
public struct LightConeFinder: Sendable {
    let steps: [ConeStep]
    private let gatesByQubit: [[Int]]

    /// A finder for `circuit`.
    public init(_ circuit: Circuit) {
        self.init(circuit.gates.map { .gate($0) }, qubitCount: circuit.qubitCount)
    }

    /// A finder for gates and channels on `qubitCount` qubits.
    public init(_ steps: [ConeStep], qubitCount: Int) {
        self.steps = steps
        var gatesByQubit = [[Int]](repeating: [], count: qubitCount)
        for (index, step) in steps.enumerated() {
            for qubit in step.qubits { gatesByQubit[qubit].append(index) }
        }
        self.gatesByQubit = gatesByQubit
    }

    /// The cone of observables with `support` at the circuit's end.
    public func cone(of support: [Int: Support], startsAtZero: Bool) -> LightCone {
        LightCone(finder: self, support: support, startsAtZero: startsAtZero)
    }

    /// The qubits that `cone`'s gates act on, with those of `support`.
    ///
    /// A channel brings no qubits of its own, unless it couples them: on a qubit that nothing else needs, it does nothing.
    public func qubits(of cone: LightCone, reading support: [Int: Support]) -> Set<Int> {
        cone.gates.reduce(into: Set(support.keys)) { qubits, index in
            switch steps[index] {
            case .gate(let gate): qubits.formUnion(gate.qubits)
            case .channel(let coupled, .couples): qubits.formUnion(coupled)
            case .channel: break
            }
        }
    }

    func gates(on qubit: Int) -> [Int] { gatesByQubit[qubit] }

    /// The number of gates on `qubit` that come before the gate at `index`.
    func gateCount(on qubit: Int, before index: Int) -> Int {
        gatesByQubit[qubit].partitionPoint { $0 >= index }
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element satisfies `predicate`, which holds for a suffix of the collection.
    fileprivate func partitionPoint(_ predicate: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
