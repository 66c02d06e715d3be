import CVectorKernels
import Circuits
import Execution

/// A program in the form the inner loops read.
///
/// Angle rows are the feature slots, then the parameter slots, then the constants.
final class CompiledProgram {
    let qubitCount: Int
    let featureSlotCount: Int
    let parameterSlotCount: Int
    let constants: [Double]
    private let operations: UnsafeMutableBufferPointer<qmtl_operation>
    private let factors: UnsafeMutableBufferPointer<qmtl_factor>
    private let signs: UnsafeMutableBufferPointer<UInt8>
    let pointer: UnsafeMutablePointer<qmtl_program>

    /// The number of angle rows.
    var slotCount: Int { featureSlotCount + parameterSlotCount + constants.count }
    /// The number of amplitudes.
    var dimension: Int { 1 << qubitCount }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_scratch_size(Int32(qubitCount)) }

    init(_ program: Program) {
        qubitCount = program.qubitCount
        featureSlotCount = program.featureSlotCount
        parameterSlotCount = program.parameterSlotCount
        var operations: [qmtl_operation] = []
        var factors: [qmtl_factor] = []
        var signs: [UInt8] = []
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
                operations.append(
                    qmtl_operation(qubit: 0, first: Int32(signs.count >> program.qubitCount), factor_count: 0)
                )
                for amplitude in 0..<program.dimension {
                    let odd = pairs.reduce(false) {
                        $0 != ((amplitude >> $1[0] & amplitude >> $1[1] & 1) == 1)
                    }
                    signs.append(odd ? 1 : 0)
                }
            }
        }
        self.constants = constants
        self.operations = .copy(operations)
        self.factors = .copy(factors)
        self.signs = .copy(signs)
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_program(
                qubits: Int32(program.qubitCount), operation_count: Int32(operations.count),
                opening_count: Int32(operations.prefix { $0.factor_count > 0 }.count),
                operations: self.operations.baseAddress, factors: self.factors.baseAddress,
                signs: self.signs.baseAddress))
    }

    deinit {
        operations.deallocate()
        factors.deallocate()
        signs.deallocate()
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

    init(_ register: [Int], of program: Program) {
        width = register.count
        positions = .copy(register.map { Int32($0) })
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_register(
                qubits: Int32(program.qubitCount), width: Int32(register.count),
                positions: positions.baseAddress))
    }

    deinit {
        positions.deallocate()
        pointer.deallocate()
    }
}

extension qmtl_observable {
    /// A Pauli string: X flips, Z signs, Y does both and adds a quarter turn.
    init(_ string: PauliString) {
        self.init(flip_mask: 0, sign_mask: 0, quarter: 0)
        for factor in string.factors {
            let bit = UInt64(1) << UInt64(factor.qubit)
            switch factor.pauli {
            case .x: flip_mask |= bit
            case .z: sign_mask |= bit
            case .y:
                flip_mask |= bit
                sign_mask |= bit
                quarter += 1
            }
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

extension UnsafeMutableBufferPointer {
    fileprivate static func copy(_ array: [Element]) -> Self {
        let buffer = allocate(capacity: array.count)
        _ = buffer.initialize(from: array)
        return buffer
    }
}
