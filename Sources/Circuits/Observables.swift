/// The observables a task reads from its register.
public enum Observables: Hashable, Sendable {
    /// One expectation value per output: `Z_i`, then `Z_i Z_(i+1)`, then `X_i X_(i+1)`; three classes read Z0, Z1, X0X1.
    case expectations
    /// Every product of Z operators, from which the probabilities of basis states follow; one output reads Z0.
    case probabilities

    /// The smallest register for a task of `outputCount` outputs: 1 for one output, 2 for three, else at least 4.
    public static func registerSize(outputCount: Int) -> Int {
        switch outputCount {
        case ...1: 1
        case 2...3: 2
        default: max(4, (outputCount + 2 + 2) / 3)
        }
    }

    /// The observables of a task with `outputCount` outputs on a register of `registerSize` qubits, in order.
    public func list(outputCount: Int, registerSize: Int) -> [PauliString] {
        if outputCount <= 1 { return [.z(0)] }
        switch self {
        case .expectations:
            if outputCount == 3, registerSize == 2 { return [.z(0), .z(1), .all(.x, on: [0, 1])] }
            let neighbours = (0..<registerSize - 1).map { [$0, $0 + 1] }
            let all =
                (0..<registerSize).map { PauliString.z($0) } + neighbours.map { .all(.z, on: $0) }
                + neighbours.map { .all(.x, on: $0) }
            return Array(all.prefix(outputCount))
        case .probabilities:
            return (1..<1 << registerSize).map { mask in
                .all(.z, on: (0..<registerSize).filter { mask >> $0 & 1 == 1 })
            }
        }
    }

    /// The observables of tasks with `outputs[t]` outputs on registers of their smallest size, where `qubits` are available.
    /// - Throws: `CircuitError.tooFewQubits` when a task needs more.
    public func lists(outputs: [Int], qubits: Int) throws(CircuitError) -> [[PauliString]] {
        var lists: [[PauliString]] = []
        for (task, count) in outputs.enumerated() {
            let size = Self.registerSize(outputCount: count)
            guard size <= qubits else {
                throw .tooFewQubits(count: qubits, needed: size, task: task)
            }
            lists.append(list(outputCount: count, registerSize: size))
        }
        return lists
    }
}
