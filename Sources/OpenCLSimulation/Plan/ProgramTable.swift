import Circuits
import Execution

/// A program without noise within the tables of a plan: the kernels' `program_entry`.
struct ProgramTable: UnitProgram {
    let offset: Int
    let constants: [Double]
    private let program: Program

    var rows: [Program.SlotAngle] {
        (0..<program.featureSlotCount).map { .feature($0) }
            + (0..<program.parameterSlotCount).map { .parameter($0) } + constants.map { .constant($0) }
    }

    var stateRows: Int { 2 * program.dimension }

    /// Appends the program to `tables`.
    init(_ program: Program, _ tables: inout PlanTables) {
        var constants: [Double] = []
        var operations: [Int] = []
        var openings = [Int](repeating: -1, count: program.qubitCount)
        var openingCount = 0
        for (index, operation) in program.operations.enumerated() {
            switch operation {
            case .rotate(let qubit, let factors):
                let entries = factors.flatMap { factor -> [Int] in
                    switch factor.angle {
                    case .feature(let slot): return [factor.axis.number, slot]
                    case .parameter(let slot): return [factor.axis.number, program.featureSlotCount + slot]
                    case .constant(let value):
                        let known = constants.firstIndex(of: value) ?? constants.count
                        if known == constants.count { constants.append(value) }
                        let slot = program.featureSlotCount + program.parameterSlotCount + known
                        return [factor.axis.number, slot]
                    }
                }
                operations += [qubit, tables.append(entries), factors.count]
                // The rotations before the first layer act on different qubits: they open a product state.
                if openingCount == index {
                    openings[qubit] = index
                    openingCount += 1
                }
            case .controlledZ(let pairs):
                let masks = Self.masks(pairs)
                operations += [-1, tables.append(masks), masks.count / 2]
            }
        }
        let entry = [
            program.qubitCount, tables.append(operations), program.operations.count, openingCount,
            tables.append(openings),
        ]
        offset = tables.append(entry)
        self.program = program
        self.constants = constants
    }

    func scatter(_ register: [Int]) -> [Int] {
        (0..<1 << register.count).map { index in
            register.enumerated().reduce(0) { $0 | (index >> $1.offset & 1) << $1.element }
        }
    }

    /// The pairs of a layer as masks, one for each distance of qubits: (distance, lower qubits).
    private static func masks(_ pairs: [[Int]]) -> [Int] {
        var masks: [Int: Int] = [:]
        for pair in pairs { masks[pair[1] - pair[0], default: 0] ^= 1 << pair[0] }
        return masks.keys.sorted().flatMap { [$0, masks[$0]!] }
    }
}

extension Pauli {
    /// The number that kernels know an axis by.
    fileprivate var number: Int {
        switch self {
        case .x: 0
        case .y: 1
        case .z: 2
        }
    }
}

extension PauliString {
    /// Flips, signs and quarter turns: X flips, Z signs, Y does both and adds a quarter turn.
    var masks: [Int] {
        var (flip, sign, quarter) = (0, 0, 0)
        for factor in factors {
            switch factor.pauli {
            case .x: flip |= 1 << factor.qubit
            case .z: sign |= 1 << factor.qubit
            case .y:
                flip |= 1 << factor.qubit
                sign |= 1 << factor.qubit
                quarter += 1
            }
        }
        return [flip, sign, quarter]
    }
}

extension Program {
    /// The constant angles.
    var constants: [Double] {
        operations.flatMap { operation -> [Double] in
            switch operation {
            case .controlledZ: []
            case .rotate(_, let factors):
                factors.compactMap { factor in
                    switch factor.angle {
                    case .constant(let value): value
                    case .parameter, .feature: nil
                    }
                }
            }
        }
    }
}
