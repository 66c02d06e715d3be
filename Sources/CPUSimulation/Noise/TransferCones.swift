import CVectorKernels
import Execution
import LinearAlgebra

/// Noisy cones in the Pauli basis: tiles of states, lanes innermost, each tile taken through the whole program.
///
/// What gradients need of the states is kept where it is little; else going back simulates each tile again.
final class TransferCones<Real: SimulationReal> {
    let program: CompiledTransferProgram
    let registers: [CompiledRegister]
    private let set: Int32
    private let team: ThreadTeam
    /// What each thread works in: states, duals and tapes of a piece, its angles and gradients.
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let tapes = Buffer<Real>()
    private let angles = Buffer<Real>()
    private let slopes = Buffer<Real>()
    private let scratch: Buffer<Real>

    init(_ program: TransferProgram, registers: [[Int]], set: Int32, team: ThreadTeam) {
        self.program = CompiledTransferProgram(program)
        self.registers = registers.map { CompiledRegister($0, stateQubits: program.qubitCount) }
        self.set = set
        self.team = team
        scratch = Buffer(count: team.size * self.program.scratchSize)
    }

    /// Lanes that one thread takes at a time.
    private var pieceLanes: Int { max(1, 1024 / program.dimension) * tileLanes }

    /// The lanes whose tapes are kept: they fit four mebibytes.
    private var keptLanes: Int { (1 << 22) / MemoryLayout<Real>.stride / max(program.tapeSize, 1) }

    private func keepsTapes(_ lanes: Int) -> Bool { lanes <= keptLanes }

    var fixedNumbers: Int {
        team.size * (pieceLanes * (2 * program.dimension + program.tapeSize) + program.scratchSize)
            + keptLanes * program.tapeSize
    }

    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>]) {
        let keepsTapes = keepsTapes(lanes.stride)
        if keepsTapes { tapes.reserve(lanes.stride * program.tapeSize) }
        nonisolated(unsafe) let (cones, lanes, reduced) = (self, lanes, reduced)
        forEachPiece(lanes.stride) { piece, worker in
            let angles = cones.angles(of: piece, lanes, worker)
            let states = cones.simulate(
                piece, angles, worker, tape: keepsTapes ? cones.tape(piece.lowerBound) : nil)
            for (register, buffer) in zip(cones.registers, reduced) {
                Real.transferRead(
                    cones.set, register.pointer, states: states, firstLane: piece.lowerBound,
                    lanes: piece.count, rows: buffer.pointer, stride: lanes.stride)
            }
        }
    }

    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>) {
        duals.reserve(team.size * pieceLanes * program.dimension)
        let keepsTapes = keepsTapes(lanes.stride)
        if !keepsTapes { tapes.reserve(team.size * pieceLanes * program.tapeSize) }
        nonisolated(unsafe) let (cones, lanes, weights, gradients) = (self, lanes, weights, gradients)
        forEachPiece(lanes.stride) { piece, worker in
            let angles = cones.angles(of: piece, lanes, worker)
            let tape = cones.tape(keepsTapes ? piece.lowerBound : worker * cones.pieceLanes)
            if !keepsTapes { _ = cones.simulate(piece, angles, worker, tape: tape) }
            let duals = cones.duals.pointer + worker * cones.pieceLanes * cones.program.dimension
            duals.fill(0, count: piece.count * cones.program.dimension)
            for (register, buffer) in zip(cones.registers, weights) {
                Real.transferWrite(
                    cones.set, register.pointer, rows: buffer.pointer, stride: lanes.stride,
                    firstLane: piece.lowerBound, lanes: piece.count, states: duals)
            }
            let (rows, slots) = (cones.program.rows.slotCount, cones.pieceLanes)
            let slopes = cones.slopes.pointer + worker * rows * slots
            slopes.fill(0, count: rows * slots)
            Real.transferAdjoint(
                cones.set, cones.program.pointer, angles: angles, stride: slots, firstLane: 0,
                lanes: piece.count, scratch: cones.scratch.pointer + worker * cones.program.scratchSize,
                tape: tape, duals: duals, gradients: slopes)
            for row in 0..<rows {
                (gradients + row * lanes.stride + piece.lowerBound).copy(
                    from: slopes + row * slots, count: piece.count)
            }
        }
    }

    /// Where the tapes of lanes from `lane` begin.
    private func tape(_ lane: Int) -> UnsafeMutablePointer<Real> { tapes.pointer + lane * program.tapeSize }

    private func angles(of piece: Range<Int>, _ lanes: ConeLanes<Real>, _ worker: Int)
        -> UnsafeMutablePointer<Real>
    {
        let rows = angles.pointer + worker * program.rows.slotCount * pieceLanes
        lanes.fillAngles(piece, rows, pieceLanes)
        return rows
    }

    /// Takes the lanes of a piece from |0..0> through the whole program.
    private func simulate(
        _ piece: Range<Int>, _ angles: UnsafePointer<Real>, _ worker: Int, tape: UnsafeMutablePointer<Real>?
    ) -> UnsafeMutablePointer<Real> {
        let states = states.pointer + worker * pieceLanes * program.dimension
        Real.transferForward(
            set, program.pointer, angles: angles, stride: pieceLanes, start: nil, startStride: 0,
            firstLane: 0, lanes: piece.count, scratch: scratch.pointer + worker * program.scratchSize,
            states: states, tape: tape)
        return states
    }

    private func forEachPiece(_ lanes: Int, _ body: @Sendable (_ piece: Range<Int>, _ worker: Int) -> Void) {
        let size = pieceLanes
        states.reserve(team.size * size * program.dimension)
        angles.reserve(team.size * size * program.rows.slotCount)
        slopes.reserve(team.size * size * program.rows.slotCount)
        team.forEach((lanes + size - 1) / size) { piece, worker in
            body(piece * size..<min(piece * size + size, lanes), worker)
        }
    }
}
