import CVectorKernels
import Circuits
import Execution
import Noise

/// A noisy program in the form the inner loops read.
final class CompiledTransferProgram {
    let pointer: UnsafeMutablePointer<qmtl_transfer_program>
    private let opening: UnsafeMutableBufferPointer<qmtl_transfer_operation>
    private let operations: UnsafeMutableBufferPointer<qmtl_transfer_operation>
    private let factors: UnsafeMutableBufferPointer<qmtl_transfer_factor>
    private let matrices: UnsafeMutableBufferPointer<qmtl_transfer_matrix>
    /// What factors and matrices point to.
    private let numbers: [UnsafeMutableBufferPointer<Double>]
    private let columns: [UnsafeMutableBufferPointer<Int32>]

    /// The entries of all states that one lane's gradient needs.
    var tapeSize: Int { pointer.pointee.tape_size }
    /// The entries of the largest state, which are those from one vector's state to the next one's.
    var peakSize: Int { pointer.pointee.peak_size }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_transfer_scratch_size(pointer) }

    /// Compiles `program`, whose trainable angles have the rows behind `featureSlotCount` features.
    init(_ program: BlockProgram, featureSlotCount: Int) {
        var builder = Builder(program.digits, featureSlotCount: featureSlotCount)
        let opening = program.opening?.map { builder.single(0, $0) } ?? []
        let start = builder.size
        operations = .copy(program.steps.map { builder.operation($0) })
        self.opening = .copy(opening)
        factors = .copy(builder.factors)
        matrices = .copy(builder.matrices)
        (numbers, columns) = (builder.numbers, builder.columns)
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_transfer_program(
                opening_qubits: Int32(opening.count), operation_count: Int32(operations.count),
                factor_count: Int32(factors.count), longest_chain: Int32(builder.longestChain),
                opening: program.opening == nil ? nil : UnsafePointer(self.opening.baseAddress),
                operations: operations.baseAddress, factors: factors.baseAddress,
                matrices: matrices.baseAddress, start_size: start, end_size: builder.size,
                peak_size: builder.peakSize, spare_size: builder.spareSize,
                tape_size: operations.reduce(0) { $0 + $1.tapeSize }))
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
}

/// Gathers operations and what they point to, and follows the shape of the state.
private struct Builder {
    let featureSlotCount: Int
    var factors: [qmtl_transfer_factor] = []
    var matrices: [qmtl_transfer_matrix] = []
    var numbers: [UnsafeMutableBufferPointer<Double>] = []
    var columns: [UnsafeMutableBufferPointer<Int32>] = []
    var longestChain = 0
    var peakSize: Int
    var spareSize = 0
    /// The digits of the state, lowest first.
    private var digits: [BlockProgram.Digit]
    /// The images that bonds have put side by side.
    private var images = 1

    init(_ digits: [BlockProgram.Digit], featureSlotCount: Int) {
        self.digits = digits
        self.featureSlotCount = featureSlotCount
        peakSize = digits.size
    }

    /// The entries of the state.
    var size: Int { images * digits.size }

    /// From an entry to that with the next operator on a qubit; a qubit of which only I matters lies above all others.
    private func step(_ qubit: Int) -> Int { digits.step(qubit).map { images * $0 } ?? size }

    private func count(_ qubit: Int) -> Int { digits.first { $0.qubit == qubit }?.count ?? 1 }

    mutating func operation(_ step: BlockProgram.Step) -> qmtl_transfer_operation {
        defer { digits = BlockProgram.digits(digits, behind: step) }
        switch step {
        case .single(let qubit, let list): return single(self.step(qubit), list)
        case .pair(let lower, let upper, let matrix):
            return self.step(lower) < self.step(upper)
                ? pair(lower, upper, matrix) : pair(upper, lower, matrix.exchanged)
        case .bond(let qubit, let list):
            let operators = TransferMatrix.operators(count(qubit))
            let operation = qmtl_transfer_operation(
                kind: Int32(QMTL_TRANSFER_BOND), first: Int32(factors.count),
                factor_count: Int32(list.count), has_angle: 0, shifts: 0, digits: Int32(operators.count),
                upper_digits: 0, step: self.step(qubit), upper_step: 0, count: size)
            for entries in list {
                append(fixed: operators.flatMap { row in operators.map { entries[4 * row + $0] } })
            }
            images *= list.count
            spareSize = max(spareSize, size)
            peakSize = max(peakSize, size)
            return operation
        case .keep(let qubit, let kept):
            return qmtl_transfer_operation(
                kind: Int32(QMTL_TRANSFER_KEEP), first: 0, factor_count: Int32(kept), has_angle: 0,
                shifts: 0, digits: Int32(count(qubit)), upper_digits: 0, step: self.step(qubit),
                upper_step: 0, count: size)
        }
    }

    mutating func single(_ step: Int, _ list: [TransferProgram.Factor]) -> qmtl_transfer_operation {
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
                        axis: Int32(axis.digit - 1), slot: Int32(slot), sign: inverse ? -1 : 1, matrix: nil))
            case .fixed(let matrix):
                if (1..<4).contains(where: { matrix[$0, 0] != 0 }) { shifts = true }
                append(fixed: matrix.entries)
            }
        }
        longestChain = max(longestChain, list.count)
        return qmtl_transfer_operation(
            kind: Int32(QMTL_TRANSFER_SINGLE), first: Int32(first), factor_count: Int32(list.count),
            has_angle: hasAngle ? 1 : 0, shifts: shifts ? 1 : 0, digits: 4,
            upper_digits: 0, step: step, upper_step: 0, count: size)
    }

    private mutating func append(fixed entries: [Double]) {
        numbers.append(.copy(entries))
        factors.append(
            qmtl_transfer_factor(
                axis: -1, slot: 0, sign: 0, matrix: UnsafePointer(numbers[numbers.count - 1].baseAddress)))
    }

    private mutating func pair(
        _ lower: Int, _ upper: Int, _ matrix: TransferMatrix
    ) -> qmtl_transfer_operation {
        let first = matrices.count
        let operators = [lower, upper].map { TransferMatrix.operators(count($0)) }
        let kept = operators[1].flatMap { upper in operators[0].map { $0 | upper << 2 } }
        append(kept.count) { matrix[kept[$0], kept[$1]] }
        append(kept.count) { matrix[kept[$1], kept[$0]] }
        return qmtl_transfer_operation(
            kind: Int32(QMTL_TRANSFER_PAIR), first: Int32(first), factor_count: 0, has_angle: 0,
            shifts: 0, digits: Int32(operators[0].count), upper_digits: Int32(operators[1].count),
            step: step(lower), upper_step: step(upper), count: size)
    }

    private mutating func append(_ size: Int, _ entry: (_ row: Int, _ column: Int) -> Double) {
        var values: [Double] = []
        var places: [Int32] = []
        var sparse = qmtl_transfer_matrix()
        var permutes = true
        withUnsafeMutableBytes(of: &sparse.first) { bytes in
            let first = bytes.bindMemory(to: Int32.self)
            for row in 0..<size {
                first[row] = Int32(values.count)
                for column in 0..<size where entry(row, column) != 0 {
                    values.append(entry(row, column))
                    places.append(Int32(column))
                }
                if values.count != row + 1 { permutes = false }
            }
            first[size] = Int32(values.count)
        }
        let isCZ = places.indices.allSatisfy { places[$0] == Self.controlledZ(Int32($0)) }
        sparse.kind = Int32(
            !permutes ? QMTL_TRANSFER_SPARSE : size == 16 && isCZ ? QMTL_TRANSFER_CZ : QMTL_TRANSFER_PERMUTING
        )
        numbers.append(.copy(values))
        columns.append(.copy(places))
        sparse.values = UnsafePointer(numbers[numbers.count - 1].baseAddress)
        sparse.columns = UnsafePointer(columns[columns.count - 1].baseAddress)
        matrices.append(sparse)
    }

    /// The operator on two qubits that controlled Z makes `operators` of, up to its sign: X or Y on one brings Z on the other.
    private static func controlledZ(_ operators: Int32) -> Int32 {
        let flips = [0, 3, 3, 0] as [Int32]
        return operators ^ flips[Int(operators & 3)] << 2 ^ flips[Int(operators >> 2)]
    }
}

extension qmtl_transfer_operation {
    /// The entries of the state before it that its gradient needs: where I is on the qubit, only if it shifts.
    fileprivate var tapeSize: Int {
        guard has_angle == 1 else { return 0 }
        return shifts == 1 ? count : count / 4 * 3
    }
}
