import Execution

/// Where a work-group keeps what of a noisy program, in numbers for each lane; see the kernels' `transfer_program`.
///
/// Counted in floating point, since sizes of circuits that are far too wide overflow integers.
struct TransferLayout {
    /// Gradients of fused matrices, behind the chains of their factors.
    let slopes: Double
    /// What gradients need of the states.
    let tape: Double
    /// The state, where it is in global memory.
    let state: Double

    init(_ program: TransferProgram) {
        var (chains, matrices, tapeSize) = (0.0, 0.0, 0.0)
        func add(_ factors: [TransferProgram.Factor]) {
            chains += Double(Self.chainSize(of: factors))
            matrices += 1
        }
        program.opening?.prefix(program.openedQubits).forEach(add)
        for operation in program.operations {
            guard case .single(_, let factors) = operation.action else { continue }
            add(factors)
            if operation.hasAngle { tapeSize += power(2 * operation.activeQubits) }
        }
        if program.openedQubits > 0 { tapeSize += power(2 * program.openedQubits - 2) }
        slopes = chains
        tape = chains + 12 * matrices
        state = tape + tapeSize
    }

    /// Numbers of the products of no factor, the first, the first two, and so on.
    static func chainSize(of factors: [TransferProgram.Factor]) -> Int { 12 * (factors.count + 1) }
}

extension TransferProgram {
    /// The lowest qubits, whose openings make the state that the first operation meets; none of a task block.
    var openedQubits: Int { opening == nil ? 0 : operations.first?.activeQubits ?? finalQubits }

    /// The entries of the opening's part of the tape.
    var openingTape: Int { openedQubits > 0 ? 1 << (2 * openedQubits - 2) : 0 }

    /// The angles of all rotations, each of which has a row of gradients.
    var rotations: [Program.SlotAngle] {
        (opening?.prefix(openedQubits).flatMap { $0.compactMap(\.angle) } ?? [])
            + operations.flatMap(\.rotations)
    }
}

extension TransferProgram.Operation {
    /// Whether it depends on an angle, whose gradient needs the state before it.
    var hasAngle: Bool { !rotations.isEmpty }

    fileprivate var rotations: [Program.SlotAngle] {
        switch action {
        case .single(_, let factors): factors.compactMap(\.angle)
        case .pair: []
        }
    }
}

extension TransferProgram.Factor {
    /// The angle, if it is a rotation.
    fileprivate var angle: Program.SlotAngle? {
        if case .rotation(_, let angle, _) = self { angle } else { nil }
    }
}
