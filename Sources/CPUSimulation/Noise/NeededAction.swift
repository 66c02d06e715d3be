import Execution
import Noise

/// An action of a program with what of its qubits matters behind it.
struct NeededAction {
    let step: BlockProgram.Step
    /// The qubits that matter before the action; on others of its own it has only I to act on.
    let qubits: [Int]
    /// What is left out of account behind the action.
    let keeps: [BlockProgram.Step]

    var steps: [BlockProgram.Step] { [step] + keeps }

    /// The actions of a program that matter; what does is found from its end to its start.
    ///
    /// It is a set of operators for every qubit: a readout needs all of its register's, and a gate needs those of which it
    /// makes what is needed behind it. Controlled Z under Pauli noise needs I and Z for I.
    static func of(_ program: TransferProgram) -> [NeededAction] {
        var needed = (0..<program.qubitCount).map { $0 < program.finalQubits ? 4 : 1 }
        return program.operations.reversed().compactMap { operation in
            let step: BlockProgram.Step
            let before: [(qubit: Int, count: Int)]
            switch operation.action {
            case .single(let qubit, let factors):
                step = .single(qubit: qubit, factors: factors)
                before = [(qubit, needed[qubit] == 1 ? 1 : 4)]
            case .pair(let lower, let upper, let matrix):
                step = .pair(lower: lower, upper: upper, matrix: matrix)
                before = Array(zip([lower, upper], matrix.needed(for: [needed[lower], needed[upper]])))
            }
            let keeps = before.filter { needed[$0.qubit] < $0.count }.map {
                BlockProgram.Step.keep(qubit: $0.qubit, count: needed[$0.qubit])
            }
            for (qubit, count) in before { needed[qubit] = count }
            let qubits = before.filter { $0.count > 1 }.map(\.qubit)
            return qubits.isEmpty ? nil : NeededAction(step: step, qubits: qubits, keeps: keeps)
        }.reversed()
    }
}

extension TransferMatrix {
    /// The operators that matter on each of two qubits (all, I and Z, or I) for those that matter behind the channel.
    fileprivate func needed(for counts: [Int]) -> [Int] {
        var needed = counts
        let sets = counts.map { TransferMatrix.operators($0) }
        for row in 0..<16 where sets[0].contains(row & 3) && sets[1].contains(row >> 2) {
            for column in 0..<16 where self[row, column] != 0 {
                for (position, digit) in [column & 3, column >> 2].enumerated() {
                    needed[position] = max(needed[position], digit == 0 ? 1 : digit == 3 ? 2 : 4)
                }
            }
        }
        return needed
    }

    /// The operators that a digit of that many values tells apart, by their own digits.
    static func operators(_ count: Int) -> [Int] {
        switch count {
        case 1: [0]
        case 2: [0, 3]
        default: [0, 1, 2, 3]
        }
    }
}
