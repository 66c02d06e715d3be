import Circuits

/// A circuit of runs on single qubits and symmetric gates on pairs, simplified while it is written.
///
/// A controlled Z goes back past diagonal runs and other controlled Z; where it meets one on its own pair both vanish,
/// and where it meets a swap it joins it, since a swap with a controlled Z takes two two-qubit gates instead of four. A
/// swap goes back past runs of its qubits to the same end.
struct PairCircuit {
    /// A gate that is the same with its qubits exchanged.
    enum PairGate: Hashable {
        case controlledZ
        case swap
        /// A swap and a controlled Z.
        case swapControlledZ

        /// The number of controlled Z or echoed cross resonances it takes.
        var entanglerCount: Int {
            switch self {
            case .controlledZ: 1
            case .swap: 3
            case .swapControlledZ: 2
            }
        }

        /// The gate with a controlled Z more or, which is the same, less; nil where nothing is left.
        var togglingControlledZ: PairGate? {
            switch self {
            case .controlledZ: nil
            case .swap: .swapControlledZ
            case .swapControlledZ: .swap
            }
        }

        /// The gate with a swap more or less; nil where nothing is left.
        var togglingSwap: PairGate? {
            switch self {
            case .controlledZ: .swapControlledZ
            case .swap: nil
            case .swapControlledZ: .controlledZ
            }
        }
    }

    enum Item: Hashable {
        case local(Int, LocalRun)
        case pair(PairGate, Int, Int)

        var qubits: [Int] {
            switch self {
            case .local(let qubit, _): [qubit]
            case .pair(_, let first, let second): [first, second]
            }
        }
    }

    let qubitCount: Int
    private var slots: [Item?] = []
    /// For every qubit the slots of its items, in order.
    private var wires: [[Int]]

    init(qubitCount: Int) {
        self.qubitCount = qubitCount
        wires = Array(repeating: [], count: qubitCount)
    }

    /// The same computation as `circuit`; controlled X is controlled Z between Hadamard gates.
    init(_ circuit: Circuit) {
        self.init(qubitCount: circuit.qubitCount)
        for gate in circuit.gates {
            switch gate {
            case .hadamard(let qubit), .pauli(_, let qubit), .rotation(_, let qubit, _):
                append(gate, on: qubit)
            case .controlledZ(let first, let second): append(.controlledZ, first, second)
            case .controlledX(let control, let target):
                append(.hadamard(target), on: target)
                append(.controlledZ, control, target)
                append(.hadamard(target), on: target)
            }
        }
        simplify()
    }

    /// The items in an order that keeps those of every qubit.
    var items: [Item] { slots.compactMap { $0 } }

    /// The number of two-qubit gates of the device that the pairs take.
    var entanglerCount: Int {
        items.reduce(0) { count, item in
            switch item {
            case .local: count
            case .pair(let gate, _, _): count + gate.entanglerCount
            }
        }
    }

    mutating func append(_ item: Item) {
        switch item {
        case .local(let qubit, let run): for gate in run.gates { append(gate, on: qubit) }
        case .pair(let gate, let first, let second): append(gate, first, second)
        }
    }

    mutating func append(_ gate: Gate, on qubit: Int) {
        let gate = gate.relabelled { _ in qubit }
        if let top = wires[qubit].last, case .local(_, var run) = slots[top] {
            run.append(gate)
            if run.isIdentity { remove(top) } else { slots[top] = .local(qubit, run) }
        } else {
            push(.local(qubit, LocalRun([gate])))
        }
    }

    mutating func append(_ gate: PairGate, _ first: Int, _ second: Int) {
        switch gate {
        case .controlledZ: appendControlledZ(first, second)
        case .swap: appendSwap(first, second)
        case .swapControlledZ:
            appendControlledZ(first, second)
            appendSwap(first, second)
        }
    }

    private mutating func appendControlledZ(_ first: Int, _ second: Int) {
        guard let index = partner(first, second), case .pair(let earlier, _, _) = slots[index] else {
            return push(.pair(.controlledZ, first, second))
        }
        if let joined = earlier.togglingControlledZ {
            slots[index] = .pair(joined, first, second)
        } else {
            remove(index)
        }
    }

    /// A swap goes back past runs on its qubits, which change places.
    private mutating func appendSwap(_ first: Int, _ second: Int) {
        if let index = partner(first, second), case .pair(.controlledZ, _, _) = slots[index] {
            remove(index)
            return push(.pair(.swapControlledZ, first, second))
        }
        guard let index = pairBelowRun(first), index == pairBelowRun(second),
            case .pair(let earlier, _, _) = slots[index]
        else { return push(.pair(.swap, first, second)) }
        let (left, right) = (takeRun(first), takeRun(second))
        if let joined = earlier.togglingSwap {
            slots[index] = .pair(joined, first, second)
        } else {
            remove(index)
        }
        for gate in right.gates { append(gate, on: first) }
        for gate in left.gates { append(gate, on: second) }
    }

    /// Writes the circuit again until nothing more vanishes: what is gone may let its neighbours meet.
    mutating func simplify() {
        while true {
            var again = PairCircuit(qubitCount: qubitCount)
            for item in items { again.append(item) }
            let isSmaller = again.items.count < items.count || again.entanglerCount < entanglerCount
            self = again
            if !isSmaller { return }
        }
    }

    private mutating func push(_ item: Item) {
        for qubit in item.qubits { wires[qubit].append(slots.count) }
        slots.append(item)
    }

    /// Takes an item out; runs that meet then are joined.
    private mutating func remove(_ index: Int) {
        guard let item = slots[index] else { return }
        slots[index] = nil
        for qubit in item.qubits {
            guard let place = wires[qubit].lastIndex(of: index) else { continue }
            wires[qubit].remove(at: place)
            guard place > 0, place < wires[qubit].count,
                case .local(_, var run) = slots[wires[qubit][place - 1]],
                case .local(_, let next) = slots[wires[qubit][place]]
            else { continue }
            run.append(next)
            slots[wires[qubit][place]] = nil
            wires[qubit].remove(at: place)
            slots[wires[qubit][place - 1]] = .local(qubit, run)
        }
    }

    /// The last gate of a qubit that is not a run.
    private func pairBelowRun(_ qubit: Int) -> Int? {
        wires[qubit].last { if case .pair = slots[$0] { true } else { false } }
    }

    /// Takes the run at the end of a qubit away.
    private mutating func takeRun(_ qubit: Int) -> LocalRun {
        guard let top = wires[qubit].last, case .local(_, let run) = slots[top] else { return LocalRun([]) }
        remove(top)
        return run
    }

    /// The last gate on exactly this pair that a controlled Z at the end could go back to.
    private func partner(_ first: Int, _ second: Int) -> Int? {
        guard let index = reachable(from: first, to: second), reachable(from: second, to: first) == index
        else { return nil }
        return index
    }

    private func reachable(from qubit: Int, to other: Int) -> Int? {
        for index in wires[qubit].reversed() {
            switch slots[index] {
            case .local(_, let run): if !run.isDiagonal { return nil }
            case .pair(let gate, let first, let second):
                if first == other || second == other { return index }
                if gate != .controlledZ { return nil }
            case nil: continue
            }
        }
        return nil
    }
}
