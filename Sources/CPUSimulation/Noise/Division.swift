import Execution
import Noise

/// One way to halve a program.
struct Division {
    let halves: [BlockProgram]
    let bond: Int
    /// The actions on the whole state.
    let late: [NeededAction]
    /// About how many multiply-adds a run takes.
    let cost: Double

    /// The halves are `left` and the other qubits; the first `bonds` actions between them become bonds.
    init(
        _ program: TransferProgram, _ actions: [NeededAction], _ products: [[TransferMatrix.Product]],
        left: Set<Int>, bonds: Int
    ) {
        var steps: [[BlockProgram.Step]] = [[], []]
        var (late, waiting): ([NeededAction], Set<Int>) = ([], [])
        var (crossings, bond) = (0, 1)
        for (action, products) in zip(actions, products) {
            let qubits = action.qubits
            let sides = Set(qubits.map { left.contains($0) ? 0 : 1 })
            if !waiting.isDisjoint(with: qubits) || (sides.count == 2 && crossings == bonds) {
                waiting.formUnion(qubits)
                late.append(action)
            } else if sides.count == 1 {
                steps[sides.first!] += action.steps
            } else {
                crossings += 1
                bond *= products.count
                for (position, qubit) in qubits.enumerated() {
                    let matrices = products.map { position == 0 ? $0.first : $0.second }
                    steps[left.contains(qubit) ? 0 : 1].append(.bond(qubit: qubit, matrices: matrices))
                }
                for case .keep(let qubit, let count) in action.keeps {
                    steps[left.contains(qubit) ? 0 : 1].append(.keep(qubit: qubit, count: count))
                }
            }
        }
        let used = actions.reduce(into: Set(0..<program.finalQubits)) { $0.formUnion($1.qubits) }
        halves = steps.enumerated().map { side, steps in
            let qubits = used.filter { left.contains($0) == (side == 0) }.sorted()
            return BlockProgram(
                digits: qubits.map { BlockProgram.Digit(qubit: $0, count: 4) },
                opening: qubits.map { program.opening![$0] }, steps: steps)
        }
        self.bond = bond
        self.late = late
        let whole = BlockProgram(
            digits: halves.flatMap(\.lastDigits), opening: nil, steps: late.flatMap(\.steps))
        cost = halves.reduce(whole.cost + Double(4 * bond * whole.digits.size)) { $0 + $1.cost }
    }
}

extension BlockProgram {
    /// About how many multiply-adds a run takes.
    fileprivate var cost: Double {
        var (digits, images, sum) = (digits, 1.0, 0.0)
        for step in steps {
            let size = images * Double(digits.size)
            switch step {
            case .single: sum += 3 * size
            case .pair: sum += 1.5 * size
            case .bond(_, let matrices):
                images *= Double(matrices.count)
                sum += 4 * size * Double(matrices.count)
            case .keep: sum += 0.5 * size
            }
            digits = Self.digits(digits, behind: step)
        }
        return sum
    }
}
