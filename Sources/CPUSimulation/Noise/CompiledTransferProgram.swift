import CVectorKernels
import Circuits
import Execution
import Noise

/// A noisy program in the form the inner loops read.
final class CompiledTransferProgram {
    let qubitCount: Int
    let rows: AngleRows
    /// The entries of all states that one lane's gradient needs.
    let tapeSize: Int
    let pointer: UnsafeMutablePointer<qmtl_transfer_program>
    private let opening: UnsafeMutableBufferPointer<qmtl_transfer_operation>
    private let operations: UnsafeMutableBufferPointer<qmtl_transfer_operation>
    private let factors: UnsafeMutableBufferPointer<qmtl_transfer_factor>
    private let matrices: UnsafeMutableBufferPointer<qmtl_transfer_matrix>
    /// What factors and matrices point to.
    private let numbers: [UnsafeMutableBufferPointer<Double>]
    private let columns: [UnsafeMutableBufferPointer<Int32>]

    /// The number of entries of a state.
    var dimension: Int { 1 << (2 * qubitCount) }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_transfer_scratch_size(pointer) }

    init(_ program: TransferProgram) {
        qubitCount = program.qubitCount
        rows = AngleRows(
            featureSlotCount: program.featureSlotCount, parameterSlotCount: program.parameterSlotCount,
            constants: [])
        tapeSize = program.tapeSize
        var builder = Builder(featureSlotCount: program.featureSlotCount)
        let opening = program.opening?.enumerated().map { qubit, factors in
            builder.single(qubit, factors, active: program.qubitCount)
        }
        let operations = program.operations.map { operation in
            switch operation.action {
            case .single(let qubit, let factors):
                builder.single(qubit, factors, active: operation.activeQubits)
            case .pair(let lower, let upper, let matrix):
                builder.pair(lower, upper, matrix, active: operation.activeQubits)
            }
        }
        self.opening = .copy(opening ?? [])
        self.operations = .copy(operations)
        factors = .copy(builder.factors)
        matrices = .copy(builder.matrices)
        (numbers, columns) = (builder.numbers, builder.columns)
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_transfer_program(
                qubits: Int32(program.qubitCount),
                opening_qubits: Int32(program.operations.first?.activeQubits ?? program.finalQubits),
                final_qubits: Int32(program.finalQubits), operation_count: Int32(operations.count),
                opening: opening == nil ? nil : UnsafePointer(self.opening.baseAddress),
                operations: self.operations.baseAddress, factors: factors.baseAddress,
                matrices: matrices.baseAddress, tape_size: tapeSize,
                longest_chain: Int32(builder.longestChain)))
    }

    deinit {
        opening.deallocate()
        operations.deallocate()
        factors.deallocate()
        matrices.deallocate()
        for list in numbers { list.deallocate() }
        for list in columns { list.deallocate() }
        pointer.deallocate()
    }

    /// Gathers operations and what they point to.
    private struct Builder {
        let featureSlotCount: Int
        var factors: [qmtl_transfer_factor] = []
        var matrices: [qmtl_transfer_matrix] = []
        var numbers: [UnsafeMutableBufferPointer<Double>] = []
        var columns: [UnsafeMutableBufferPointer<Int32>] = []
        var longestChain = 0

        mutating func single(
            _ qubit: Int, _ list: [TransferProgram.Factor], active: Int
        ) -> qmtl_transfer_operation {
            let first = factors.count
            var (hasAngle, shifts) = (false, false)
            for factor in list {
                switch factor {
                case .rotation(let axis, let angle, let inverse):
                    hasAngle = true
                    let slot =
                        switch angle {
                        case .feature(let index): index
                        case .parameter(let index): featureSlotCount + index
                        case .constant: preconditionFailure("constant rotations are fixed matrices")
                        }
                    factors.append(
                        qmtl_transfer_factor(
                            axis: Int32(axis.digit - 1), slot: Int32(slot), sign: inverse ? -1 : 1,
                            matrix: nil))
                case .fixed(let matrix):
                    if (1..<4).contains(where: { matrix[$0, 0] != 0 }) { shifts = true }
                    let entries = UnsafeMutableBufferPointer.copy(matrix.entries)
                    numbers.append(entries)
                    factors.append(
                        qmtl_transfer_factor(axis: -1, slot: 0, sign: 0, matrix: entries.baseAddress))
                }
            }
            longestChain = max(longestChain, list.count)
            return qmtl_transfer_operation(
                qubit: Int32(qubit), upper: -1, first: Int32(first), factor_count: Int32(list.count),
                has_angle: hasAngle ? 1 : 0, shifts: shifts ? 1 : 0, active: Int32(active))
        }

        mutating func pair(
            _ lower: Int, _ upper: Int, _ matrix: TransferMatrix, active: Int
        ) -> qmtl_transfer_operation {
            let first = matrices.count
            append { matrix[$0, $1] }
            append { matrix[$1, $0] }
            return qmtl_transfer_operation(
                qubit: Int32(lower), upper: Int32(upper), first: Int32(first), factor_count: 0, has_angle: 0,
                shifts: 0, active: Int32(active))
        }

        private mutating func append(_ entry: (_ row: Int, _ column: Int) -> Double) {
            var values: [Double] = []
            var places: [Int32] = []
            var sparse = qmtl_transfer_matrix()
            withUnsafeMutableBytes(of: &sparse.first) { bytes in
                let first = bytes.bindMemory(to: Int32.self)
                for row in 0..<16 {
                    first[row] = Int32(values.count)
                    for column in 0..<16 where entry(row, column) != 0 {
                        values.append(entry(row, column))
                        places.append(Int32(column))
                    }
                }
                first[16] = Int32(values.count)
            }
            numbers.append(.copy(values))
            columns.append(.copy(places))
            sparse.values = UnsafePointer(numbers[numbers.count - 1].baseAddress)
            sparse.columns = UnsafePointer(columns[columns.count - 1].baseAddress)
            matrices.append(sparse)
        }
    }
}
