/// Which qubits of a circuit meet in two-qubit gates, and how often.
struct Interactions {
    let qubitCount: Int
    /// For each qubit those it meets, ascending.
    let partners: [[Int]]
    private let counts: [[Int]: Int]

    init(_ circuit: PairCircuit) {
        qubitCount = circuit.qubitCount
        var counts: [[Int]: Int] = [:]
        for case .pair(_, let first, let second) in circuit.items {
            counts[[min(first, second), max(first, second)], default: 0] += 1
        }
        self.counts = counts
        var partners = [Set<Int>](repeating: [], count: circuit.qubitCount)
        for pair in counts.keys {
            partners[pair[0]].insert(pair[1])
            partners[pair[1]].insert(pair[0])
        }
        self.partners = partners.map { $0.sorted() }
    }

    /// How often two qubits meet.
    func count(_ first: Int, _ second: Int) -> Int { counts[[min(first, second), max(first, second)]] ?? 0 }

    /// The connected parts, largest first.
    ///
    /// In each, every qubit but the first meets one before it; a line is followed from one of its ends.
    var connectedOrders: [[Int]] {
        var seen: Set<Int> = []
        var orders: [[Int]] = []
        let starts = (0..<qubitCount).sorted { (partners[$0].count, $0) < (partners[$1].count, $1) }
        for start in starts where !seen.contains(start) {
            var order: [Int] = []
            var stack = [start]
            while let qubit = stack.popLast() {
                guard seen.insert(qubit).inserted else { continue }
                order.append(qubit)
                stack += partners[qubit].reversed().filter { !seen.contains($0) }
            }
            orders.append(order)
        }
        return orders.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }
}
