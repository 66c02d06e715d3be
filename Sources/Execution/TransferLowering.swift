import Circuits
import Noise

/// Gathers gates and channels into the actions of a transfer program.
///
/// Matrices wait on their qubit until a pair meets it; fixed ones are then multiplied into a neighbouring pair's matrix.
struct TransferLowering {
    private(set) var actions: [TransferProgram.Action] = []
    private(set) var opening: [[TransferProgram.Factor]]?
    private(set) var features: [Int] = []
    private(set) var parameters: [Int] = []
    private var waiting: [[TransferProgram.Factor]]
    /// The last action on each qubit.
    private var last: [Int?]
    private var slots: [Angle: Program.SlotAngle] = [:]

    init(qubitCount: Int, startsAtZero: Bool) {
        waiting = Array(repeating: [], count: qubitCount)
        last = Array(repeating: nil, count: qubitCount)
        if startsAtZero { opening = Array(repeating: [], count: qubitCount) }
    }

    mutating func append(_ gate: Gate, inverse: Bool) {
        for primitive in inverse ? gate.primitives.reversed() : gate.primitives {
            switch primitive {
            case .rotation(let axis, let qubit, let angle): rotate(qubit, axis, angle, inverse)
            case .controlledZ(let first, let second): append(.controlledZ, on: [first, second])
            }
        }
    }

    mutating func append(_ matrix: TransferMatrix, on qubits: [Int]) {
        guard qubits.count == 2 else {
            wait(.fixed(matrix), on: qubits[0])
            return
        }
        let (lower, upper) = (qubits.min()!, qubits.max()!)
        var matrix = qubits[0] < qubits[1] ? matrix : matrix.exchanged
        for qubit in [lower, upper] {
            if let fixed = flush(qubit) { matrix = matrix * fixed.onPair(position: qubit == lower ? 0 : 1) }
        }
        if let index = last[lower], index == last[upper], case .pair(_, _, let before) = actions[index] {
            actions[index] = .pair(lower: lower, upper: upper, matrix: matrix * before)
        } else {
            last[lower] = actions.count
            last[upper] = actions.count
            actions.append(.pair(lower: lower, upper: upper, matrix: matrix))
        }
    }

    mutating func finish() {
        for qubit in waiting.indices {
            if let fixed = flush(qubit) { emit(qubit, [.fixed(fixed)]) }
        }
    }

    private mutating func rotate(_ qubit: Int, _ axis: Pauli, _ angle: Angle, _ inverse: Bool) {
        switch angle {
        case .constant(let value):
            wait(.fixed(.rotation(axis, angle: inverse ? -value : value)), on: qubit)
        case .parameter, .feature:
            wait(.rotation(axis: axis, angle: slot(angle), inverse: inverse), on: qubit)
        case .product: preconditionFailure("a plain circuit has no products")
        }
    }

    private mutating func wait(_ factor: TransferProgram.Factor, on qubit: Int) {
        if let matrix = factor.matrix, let before = waiting[qubit].last?.matrix {
            waiting[qubit][waiting[qubit].count - 1] = .fixed(matrix * before)
        } else {
            waiting[qubit].append(factor)
        }
    }

    /// Makes what waits on a qubit an action; a fixed matrix that no earlier pair can take is handed back instead.
    private mutating func flush(_ qubit: Int) -> TransferMatrix? {
        let factors = waiting[qubit]
        if factors.isEmpty { return nil }
        waiting[qubit] = []
        if last[qubit] == nil, opening != nil, opening?[qubit].isEmpty == true {
            opening?[qubit] = factors
            return nil
        }
        guard factors.count == 1, let matrix = factors[0].matrix else {
            emit(qubit, factors)
            return nil
        }
        guard let index = last[qubit], case .pair(let lower, let upper, let before) = actions[index] else {
            return matrix
        }
        let position = qubit == lower ? 0 : 1
        actions[index] = .pair(
            lower: lower, upper: upper, matrix: matrix.onPair(position: position) * before)
        return nil
    }

    private mutating func emit(_ qubit: Int, _ factors: [TransferProgram.Factor]) {
        last[qubit] = actions.count
        actions.append(.single(qubit: qubit, factors: factors))
    }

    private mutating func slot(_ angle: Angle) -> Program.SlotAngle {
        if let known = slots[angle] { return known }
        let slot: Program.SlotAngle
        switch angle {
        case .parameter(let index):
            slot = .parameter(parameters.count)
            parameters.append(index)
        case .feature(let index):
            slot = .feature(features.count)
            features.append(index)
        case .constant, .product: preconditionFailure("a slot holds one entry")
        }
        slots[angle] = slot
        return slot
    }
}
