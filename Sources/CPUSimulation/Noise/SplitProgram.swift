import Execution
import Noise

/// A noisy program on many qubits in parts that each need few.
///
/// A circuit starts in a product state, and gates between two halves of its qubits come one by one. The first of them are
/// sums of products of maps on each half (a *bond*), so the halves run apart, side by side for every product, with all
/// gates that do not wait for a later one between the halves. Only then the whole state is formed. Its gates run in
/// *phases* on blocks of a few qubits that fit a cache, each block as far as its gates go.
struct SplitProgram {
    /// The two halves.
    let halves: [BlockProgram]
    /// The number of products that the halves' states are joined by.
    let bond: Int
    /// The phases; each one's digits are the block's.
    let phases: [BlockProgram]
    /// The number of qubits behind the last phase, which are the program's first.
    let finalQubits: Int

    /// The entries of a block at most: a tile's take 64 KiB in single precision.
    private static let blockSize = 1024
    /// The gates that a bond may replace at most.
    private static let mostBonds = 2

    /// The cheapest way to split `program`; `line` has the program's qubits in an order in which neighbours are likely to
    /// meet.
    init(_ program: TransferProgram, line: [Int]) {
        precondition(line.count > 1 && program.opening != nil, "a program on more than a qubit, from |0..0>")
        let actions = NeededAction.of(program)
        let products = actions.map { action -> [TransferMatrix.Product] in
            if case .pair(_, _, let matrix) = action.step { matrix.products } else { [] }
        }
        let divisions = (1..<line.count).flatMap { cut in
            (0...Self.mostBonds).map {
                Division(program, actions, products, left: Set(line.prefix(cut)), bonds: $0)
            }
        }
        let best = divisions.min { $0.cost < $1.cost }!
        halves = best.halves
        bond = best.bond
        finalQubits = program.finalQubits
        phases = Self.phases(best.late, best.halves.flatMap(\.lastDigits))
    }

    /// Phases that each take the block in which most actions can run.
    private static func phases(_ actions: [NeededAction], _ digits: [BlockProgram.Digit]) -> [BlockProgram] {
        var (remaining, live) = (actions, digits)
        var phases: [BlockProgram] = []
        repeat {
            let masks = remaining.map { mask($0.qubits) }
            let block = blocks(of: live).map { ($0, runnable(masks, within: mask($0.map(\.qubit)))) }
                .max { ($0.1.count, $1.0.size) < ($1.1.count, $0.0.size) }!
            let run = Set(block.1)
            let steps = block.1.flatMap { remaining[$0].steps }
            remaining = remaining.indices.filter { !run.contains($0) }.map { remaining[$0] }
            // What is dropped first is highest, where dropping moves nothing.
            var dropped: [Int: Int] = [:]
            for (index, step) in steps.enumerated() {
                if case .keep(let qubit, count: 1) = step { dropped[qubit] = index }
            }
            let order = block.0.sorted {
                (dropped[$1.qubit, default: .max], $0.qubit) < (dropped[$0.qubit, default: .max], $1.qubit)
            }
            let phase = BlockProgram(digits: order, opening: nil, steps: steps)
            phases.append(phase)
            live = phase.lastDigits + live.filter { !block.0.contains($0) }
        } while !remaining.isEmpty
        return phases
    }

    /// The actions that only wait for actions on these qubits; sets of qubits are bits.
    private static func runnable(_ actions: [UInt64], within qubits: UInt64) -> [Int] {
        var waiting: UInt64 = 0
        return actions.indices.filter { index in
            if actions[index] & (~qubits | waiting) == 0 { return true }
            waiting |= actions[index]
            return false
        }
    }

    private static func mask(_ qubits: [Int]) -> UInt64 { qubits.reduce(0) { $0 | 1 << UInt64($1) } }

    /// All choices of digits for a block.
    private static func blocks(of digits: [BlockProgram.Digit]) -> [[BlockProgram.Digit]] {
        digits.reduce([[]]) { blocks, digit in
            blocks + blocks.lazy.filter { $0.size * digit.count <= blockSize }.map { $0 + [digit] }
        }
    }
}

extension SplitProgram {
    /// How the program is run, for people.
    var explanation: String {
        let qubits = halves.map { String($0.digits.count) }
        return
            "with noise, in parts: halves of \(qubits[0]) and \(qubits[1]) qubits, joined by \(bond) products, "
            + "then \(phases.count) passes over blocks of the whole state"
    }

    /// The entries of all states between the parts: those of the halves and those before every phase but the first.
    var stateSize: Int {
        var whole = halves.reduce(1) { $0 * $1.lastDigits.size }
        var size = halves.reduce(0) { $0 + bond * $1.lastDigits.size }
        for phase in phases.dropLast() {
            whole = whole / phase.digits.size * phase.lastDigits.size
            size += whole
        }
        return size
    }
}

extension EncodingGroup {
    /// The noisy program in parts, where a tile of whole states would leave the second-level cache.
    var split: SplitProgram? {
        guard let transfer, Self.splitQubits.contains(transfer.qubitCount) else { return nil }
        // Neighbours on the circuit's line of qubits are likely to meet in gates.
        let qubits = instances[0].qubits
        return SplitProgram(transfer, line: qubits.indices.sorted { qubits[$0] < qubits[$1] })
    }

    /// A tile of states takes 256 KiB and more; no memory holds states of more qubits.
    static var splitQubits: ClosedRange<Int> { 6...20 }
}
