import Circuits
import Execution
import Noise

/// A noisy program within the tables of a plan: the kernels' `transfer_program`.
struct TransferTable: UnitProgram {
    let offset: Int
    let rows: [Program.SlotAngle]
    let constants: [Double] = []
    let stateRows = 0
    private let featureSlotCount: Int

    /// Appends the program to `tables`.
    init(_ program: TransferProgram, _ tables: inout PlanTables) {
        var builder = Builder(featureSlotCount: program.featureSlotCount)
        let opening = program.opening?.prefix(program.openedQubits) ?? []
        for factors in opening { _ = builder.fuse(factors, &tables) }
        let layout = TransferLayout(program)
        var tape = Int(layout.tape) + program.openingTape
        var operations: [Int] = []
        for operation in program.operations {
            switch operation.action {
            case .single(let qubit, let factors):
                let matrix = builder.fuse(factors, &tables)
                operations += [
                    qubit, -1, operation.activeQubits, matrix, factors.contains(where: \.shifts) ? 1 : 0,
                    operation.hasAngle ? tape : -1,
                ]
                tape += operation.hasAngle ? 1 << (2 * operation.activeQubits) : 0
            case .pair(let lower, let upper, let matrix):
                let place = Self.append(matrix, &tables)
                operations += [lower, upper, operation.activeQubits, place, 0, -1]
            }
        }
        let entry = [
            program.qubitCount, opening.count, program.finalQubits, tables.append(builder.fused),
            builder.fused.count / 4, tables.append(operations), program.operations.count, Int(layout.slopes),
            Int(layout.tape), Int(layout.state),
        ]
        offset = tables.append(entry)
        rows = builder.rows
        featureSlotCount = program.featureSlotCount
    }

    func scatter(_ register: [Int]) -> [Int] { register }

    /// A matrix on two qubits and its transpose, which share their numbers: two `pair_matrix`.
    private static func append(_ matrix: TransferMatrix, _ tables: inout PlanTables) -> Int {
        let places = (0..<16).flatMap { row in
            (0..<16).filter { matrix[row, $0] != 0 }.map { (row: row, column: $0) }
        }
        let first = tables.numbers.count
        tables.numbers += places.map { matrix[$0.row, $0.column] }
        let entries = places.enumerated().map { (row: $1.row, column: $1.column, number: first + $0) }
        func words(_ list: [(row: Int, column: Int, number: Int)]) -> [Int] {
            let offset = tables.append(list.flatMap { [$0.column, $0.number] })
            let first = (0...16).map { row in list.count { $0.row < row } }
            return [offset, first == Array(0...16) ? 1 : 0] + first
        }
        let transposed = entries.map { (row: $0.column, column: $0.row, number: $0.number) }
        let both = words(entries) + words(transposed.sorted { ($0.row, $0.column) < ($1.row, $1.column) })
        return tables.append(both)
    }

    /// Gathers fused matrices and the rows of their gradients.
    private struct Builder {
        let featureSlotCount: Int
        var fused: [Int] = []
        var rows: [Program.SlotAngle] = []
        private var chain = 0

        init(featureSlotCount: Int) { self.featureSlotCount = featureSlotCount }

        /// The index of a new fused matrix, a `fused_entry`.
        mutating func fuse(_ list: [TransferProgram.Factor], _ tables: inout PlanTables) -> Int {
            let before = rows.count
            let factors = list.flatMap { factor -> [Int] in
                switch factor {
                case .rotation(let axis, let angle, let inverse):
                    rows.append(angle)
                    return [axis.digit - 1, slot(of: angle), inverse ? -1 : 1, rows.count - 1]
                case .fixed(let matrix):
                    let first = tables.numbers.count
                    tables.numbers += matrix.entries.dropFirst(4)
                    return [-1, first, 0, 0]
                }
            }
            fused += [tables.append(factors), list.count, chain, rows.count > before ? 1 : 0]
            chain += TransferLayout.chainSize(of: list)
            return fused.count / 4 - 1
        }

        private func slot(of angle: Program.SlotAngle) -> Int {
            switch angle {
            case .feature(let index): index
            case .parameter(let index): featureSlotCount + index
            case .constant: preconditionFailure("constant rotations are fixed matrices")
            }
        }
    }
}

extension TransferProgram.Factor {
    /// Whether it takes a part of the identity to other operators.
    fileprivate var shifts: Bool { matrix.map { matrix in (1..<4).contains { matrix[$0, 0] != 0 } } ?? false }
}
