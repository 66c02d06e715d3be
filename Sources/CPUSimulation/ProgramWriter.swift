import CVectorKernels
import Circuits
import Execution

/// Writes the operations of a program one after the other, in the form the inner loops read.
struct ProgramWriter {
    private let program: Program
    private let laneQubits: Int?
    private(set) var operations: [qmtl_operation] = []
    private(set) var factors: [qmtl_factor] = []
    private(set) var signs: [UInt8] = []
    private(set) var laneSigns: [UInt16] = []
    private(set) var constants: [Double] = []
    private var signRows: Int32 = 0

    /// For tiles of states, or, with `laneQubits`, for single states whose highest qubits are lanes.
    init(_ program: Program, laneQubits: Int?) {
        (self.program, self.laneQubits) = (program, laneQubits)
    }

    /// Appends an operation.
    mutating func append(_ operation: Program.Operation) {
        switch operation {
        case .rotate(let qubit, let list):
            operations.append(
                qmtl_operation(
                    qubit: Int32(qubit), first: Int32(factors.count), factor_count: Int32(list.count)))
            for factor in list {
                factors.append(qmtl_factor(axis: factor.axis.index, slot: slot(of: factor.angle)))
            }
        case .controlledZ(let pairs):
            operations.append(qmtl_operation(qubit: 0, first: appendSigns(pairs), factor_count: 0))
        }
    }

    /// Appends a row of signs alone, and gives its number.
    mutating func appendSigns(_ pairs: [[Int]]) -> Int32 {
        if let laneQubits {
            laneSigns += Self.laneSigns(pairs, qubitCount: program.qubitCount, laneQubits: laneQubits)
        } else {
            signs += (0..<program.dimension).map { Self.changesSign(pairs, amplitude: $0) ? 1 : 0 }
        }
        defer { signRows += 1 }
        return signRows
    }

    private mutating func slot(of angle: Program.SlotAngle) -> Int32 {
        switch angle {
        case .feature(let index): return Int32(index)
        case .parameter(let index): return Int32(program.featureSlotCount + index)
        case .constant(let value):
            let known = constants.firstIndex(of: value) ?? constants.count
            if known == constants.count { constants.append(value) }
            return Int32(program.featureSlotCount + program.parameterSlotCount + known)
        }
    }

    /// Whether controlled Z on each of `pairs` changes the sign of an amplitude.
    private static func changesSign(_ pairs: [[Int]], amplitude: Int) -> Bool {
        pairs.reduce(false) { $0 != ((amplitude >> $1[0] & amplitude >> $1[1] & 1) == 1) }
    }

    /// One word per vector of a wide state: bit `l` tells whether lane `l`, the value of the highest qubits, changes sign.
    private static func laneSigns(_ pairs: [[Int]], qubitCount: Int, laneQubits: Int) -> [UInt16] {
        let inner = qubitCount - laneQubits
        let lanes = 1 << laneQubits
        /// The lanes in which a qubit among the highest is 1.
        func mask(_ qubit: Int) -> UInt16 {
            (0..<lanes).reduce(0) { $0 | ($1 >> (qubit - inner) & 1 == 1 ? 1 << UInt16($1) : 0) }
        }
        let all = UInt16(truncatingIfNeeded: (1 << lanes) - 1)
        let within = pairs.filter { $0[0] >= inner }.reduce(UInt16(0)) { $0 ^ (mask($1[0]) & mask($1[1])) }
        let crossing = pairs.filter { $0[0] < inner && $0[1] >= inner }.map {
            (qubit: $0[0], mask: mask($0[1]))
        }
        let outside = pairs.filter { $0[1] < inner }
        return (0..<1 << inner).map { index in
            var signs = within
            for pair in crossing where index >> pair.qubit & 1 == 1 { signs ^= pair.mask }
            for pair in outside where index >> pair[0] & index >> pair[1] & 1 == 1 { signs ^= all }
            return signs
        }
    }
}

extension Pauli {
    fileprivate var index: Int32 {
        switch self {
        case .x: 0
        case .y: 1
        case .z: 2
        }
    }
}
