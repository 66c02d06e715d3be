import CVectorKernels
import Circuits
import Execution

/// A program in the form the inner loops read.
final class CompiledProgram {
    let qubitCount: Int
    let rows: AngleRows
    private let operations: UnsafeMutableBufferPointer<qmtl_operation>
    private let factors: UnsafeMutableBufferPointer<qmtl_factor>
    private let signs: UnsafeMutableBufferPointer<UInt8>
    private let laneSigns: UnsafeMutableBufferPointer<UInt16>
    /// For every operation, whether it is a rotation, and of which qubit.
    let rotatedQubits: [Int?]
    let pointer: UnsafeMutablePointer<qmtl_program>

    /// The number of amplitudes.
    var dimension: Int { 1 << qubitCount }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_scratch_size(Int32(qubitCount)) }

    /// Compiles `program` for tiles of states, or, with `laneQubits`, for single states whose highest qubits are lanes.
    init(_ program: Program, laneQubits: Int? = nil) {
        qubitCount = program.qubitCount
        var operations: [qmtl_operation] = []
        var factors: [qmtl_factor] = []
        var signs: [UInt8] = []
        var laneSigns: [UInt16] = []
        var layerCount: Int32 = 0
        var constants: [Double] = []
        for operation in program.operations {
            switch operation {
            case .rotate(let qubit, let list):
                operations.append(
                    qmtl_operation(
                        qubit: Int32(qubit), first: Int32(factors.count), factor_count: Int32(list.count)))
                for factor in list {
                    let slot: Int
                    switch factor.angle {
                    case .feature(let index): slot = index
                    case .parameter(let index): slot = program.featureSlotCount + index
                    case .constant(let value):
                        let known = constants.firstIndex(of: value) ?? constants.count
                        if known == constants.count { constants.append(value) }
                        slot = program.featureSlotCount + program.parameterSlotCount + known
                    }
                    factors.append(qmtl_factor(axis: factor.axis.index, slot: Int32(slot)))
                }
            case .controlledZ(let pairs):
                operations.append(qmtl_operation(qubit: 0, first: layerCount, factor_count: 0))
                layerCount += 1
                if let laneQubits {
                    laneSigns += Self.laneSigns(pairs, qubitCount: program.qubitCount, laneQubits: laneQubits)
                } else {
                    signs += (0..<program.dimension).map { Self.changesSign(pairs, amplitude: $0) ? 1 : 0 }
                }
            }
        }
        rotatedQubits = program.operations.map { operation in
            switch operation {
            case .rotate(let qubit, _): qubit
            case .controlledZ: nil
            }
        }
        rows = AngleRows(
            featureSlotCount: program.featureSlotCount, parameterSlotCount: program.parameterSlotCount,
            constants: constants)
        self.operations = .copy(operations)
        self.factors = .copy(factors)
        self.signs = .copy(signs)
        self.laneSigns = .copy(laneSigns)
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_program(
                qubits: Int32(program.qubitCount), operation_count: Int32(operations.count),
                opening_count: Int32(operations.prefix { $0.factor_count > 0 }.count),
                operations: self.operations.baseAddress, factors: self.factors.baseAddress,
                signs: self.signs.baseAddress, lane_signs: self.laneSigns.baseAddress))
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

    deinit {
        operations.deallocate()
        factors.deallocate()
        signs.deallocate()
        laneSigns.deallocate()
        pointer.deallocate()
    }
}

/// The qubits of a register, in the form the inner loops read.
final class CompiledRegister {
    let width: Int
    private let positions: UnsafeMutableBufferPointer<Int32>
    let pointer: UnsafeMutablePointer<qmtl_register>

    /// The number of entries of a reduced state, `4^width`.
    var entries: Int { 1 << (2 * width) }

    /// A register of states on `stateQubits` qubits.
    init(_ register: [Int], stateQubits: Int) {
        width = register.count
        positions = .copy(register.map { Int32($0) })
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_register(
                qubits: Int32(stateQubits), width: Int32(register.count), positions: positions.baseAddress))
    }

    deinit {
        positions.deallocate()
        pointer.deallocate()
    }
}

extension qmtl_observable {
    /// A Pauli string: X flips, Z signs, Y does both and adds a quarter turn.
    init(_ string: PauliMasks) {
        self.init(
            flip_mask: string.flips, sign_mask: string.signs,
            quarter: Int32((string.flips & string.signs).nonzeroBitCount))
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

extension UnsafeMutableBufferPointer {
    /// A copy that stays where it is until it is deallocated.
    static func copy(_ array: [Element]) -> Self {
        let buffer = allocate(capacity: array.count)
        _ = buffer.initialize(from: array)
        return buffer
    }
}
