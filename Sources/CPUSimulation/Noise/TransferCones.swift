import CVectorKernels
import Execution
import LinearAlgebra

/// Noisy cones in the Pauli basis: tiles of states, lanes innermost, each tile taken through the whole program.
///
/// What gradients need of the states is kept where it is little; else going back simulates each tile again.
final class TransferCones<Real: SimulationReal> {
    let rows: AngleRows
    let registers: [CompiledRegister]
    private let program: ConeProgram
    private let set: Int32
    private let team: ThreadTeam
    /// What each thread works in: last states, duals and what it keeps of a piece, its angles and gradients.
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let kept = Buffer<Real>()
    private let angles = Buffer<Real>()
    private let slopes = Buffer<Real>()
    private let scratch: Buffer<Real>

    /// Cones of a noisy group, which all run `transfer`.
    init(_ group: EncodingGroup, _ transfer: TransferProgram, set: Int32, team: ThreadTeam) {
        let featureSlotCount = transfer.featureSlotCount
        program =
            group.split.map { .split(CompiledSplitProgram($0, featureSlotCount: featureSlotCount)) }
            ?? .whole(
                CompiledTransferProgram(BlockProgram(transfer), featureSlotCount: featureSlotCount))
        rows = AngleRows(
            featureSlotCount: featureSlotCount, parameterSlotCount: transfer.parameterSlotCount,
            constants: [])
        registers = group.registers.map { CompiledRegister($0, stateQubits: transfer.finalQubits) }
        self.set = set
        self.team = team
        scratch = Buffer(count: team.size * program.scratchSize)
    }

    /// Lanes that one thread takes at a time.
    private var pieceLanes: Int { program.tilesAtOnce * tileLanes }

    /// The lanes of which all is kept that gradients need.
    private var keptLanes: Int {
        program.bytesWorthKeeping / MemoryLayout<Real>.stride / max(program.keptSize, 1)
    }

    private func keeps(_ lanes: Int) -> Bool { lanes <= keptLanes }

    var fixedNumbers: Int {
        team.size * (pieceLanes * (2 * program.stateSize + program.keptSize) + program.scratchSize)
            + keptLanes * program.keptSize
    }

    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>]) {
        let keeps = reserve(lanes)
        nonisolated(unsafe) let (cones, lanes, reduced) = (self, lanes, reduced)
        forEachPiece(lanes.stride) { piece, worker in
            let angles = cones.angles(of: piece, lanes, worker)
            let states = cones.simulate(
                piece, angles, worker, cones.kept(piece, worker, keeps), keepsTapes: keeps)
            for (register, buffer) in zip(cones.registers, reduced) {
                Real.transferRead(
                    cones.set, register.pointer, states: states, stateSize: cones.program.stateSize,
                    firstLane: piece.lowerBound, lanes: piece.count, rows: buffer.pointer,
                    stride: lanes.stride)
            }
        }
    }

    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>) {
        let keeps = reserve(lanes)
        nonisolated(unsafe) let (cones, lanes, weights, gradients) = (self, lanes, weights, gradients)
        forEachPiece(lanes.stride) { piece, worker in
            let angles = cones.angles(of: piece, lanes, worker)
            let kept = cones.kept(piece, worker, keeps)
            if !keeps { _ = cones.simulate(piece, angles, worker, kept, keepsTapes: true) }
            let duals = cones.duals.pointer + worker * cones.pieceLanes * cones.program.stateSize
            duals.fill(0, count: piece.count * cones.program.stateSize)
            for (register, buffer) in zip(cones.registers, weights) {
                Real.transferWrite(
                    cones.set, register.pointer, rows: buffer.pointer, stride: lanes.stride,
                    firstLane: piece.lowerBound, lanes: piece.count, states: duals,
                    stateSize: cones.program.stateSize)
            }
            let (rows, slots) = (cones.rows.slotCount, cones.pieceLanes)
            let slopes = cones.slopes.pointer + worker * rows * slots
            slopes.fill(0, count: rows * slots)
            let scratch = cones.scratch.pointer + worker * cones.program.scratchSize
            switch cones.program {
            case .whole(let program):
                Real.transferAdjoint(
                    cones.set, program.pointer, angles: angles, stride: slots, firstLane: 0,
                    lanes: piece.count, scratch: scratch, tape: kept, duals: duals, gradients: slopes)
            case .split(let program):
                Real.splitAdjoint(
                    cones.set, program.pointer, angles: angles, stride: slots, lanes: piece.count,
                    scratch: scratch, states: kept, ends: duals, gradients: slopes)
            }
            for row in 0..<rows {
                (gradients + row * lanes.stride + piece.lowerBound).copy(
                    from: slopes + row * slots, count: piece.count)
            }
        }
    }

    /// Makes room for what is kept, and says whether that is all there is.
    private func reserve(_ lanes: ConeLanes<Real>) -> Bool {
        let keeps = keeps(lanes.stride)
        kept.reserve((keeps ? lanes.stride : team.size * pieceLanes) * program.keptSize)
        return keeps
    }

    /// Where what is kept of a piece begins.
    private func kept(_ piece: Range<Int>, _ worker: Int, _ keeps: Bool) -> UnsafeMutablePointer<Real> {
        kept.pointer + (keeps ? piece.lowerBound : worker * pieceLanes) * program.keptSize
    }

    private func angles(of piece: Range<Int>, _ lanes: ConeLanes<Real>, _ worker: Int)
        -> UnsafeMutablePointer<Real>
    {
        let rows = angles.pointer + worker * rows.slotCount * pieceLanes
        lanes.fillAngles(piece, rows, pieceLanes)
        return rows
    }

    /// Takes the lanes of a piece from |0..0> through the whole program.
    private func simulate(
        _ piece: Range<Int>, _ angles: UnsafePointer<Real>, _ worker: Int,
        _ kept: UnsafeMutablePointer<Real>, keepsTapes: Bool
    ) -> UnsafeMutablePointer<Real> {
        let states = states.pointer + worker * pieceLanes * program.stateSize
        let scratch = scratch.pointer + worker * program.scratchSize
        switch program {
        case .whole(let program):
            Real.transferForward(
                set, program.pointer, angles: angles, stride: pieceLanes, start: nil, startStride: 0,
                firstLane: 0, lanes: piece.count, scratch: scratch, states: states,
                tape: keepsTapes ? kept : nil)
        case .split(let program):
            Real.splitForward(
                set, program.pointer, angles: angles, stride: pieceLanes, lanes: piece.count,
                scratch: scratch, states: kept, ends: states)
        }
        return states
    }

    private func forEachPiece(_ lanes: Int, _ body: @Sendable (_ piece: Range<Int>, _ worker: Int) -> Void) {
        let size = pieceLanes
        states.reserve(team.size * size * program.stateSize)
        duals.reserve(team.size * size * program.stateSize)
        angles.reserve(team.size * size * rows.slotCount)
        slopes.reserve(team.size * size * rows.slotCount)
        team.forEach((lanes + size - 1) / size) { piece, worker in
            body(piece * size..<min(piece * size + size, lanes), worker)
        }
    }
}

/// A noisy program as cones run it: in one piece, or, on many qubits, in parts.
private enum ConeProgram {
    case whole(CompiledTransferProgram)
    case split(CompiledSplitProgram)

    /// The entries from one vector's last state to the next one's.
    var stateSize: Int {
        switch self {
        case .whole(let program): program.peakSize
        case .split(let program): program.endSize
        }
    }

    /// Tiles that are worth a thread's while: many of small states; one where a program is in parts, since its states are
    /// wide, however few entries are read of them.
    var tilesAtOnce: Int {
        switch self {
        case .whole(let program): max(1, 1024 / program.peakSize)
        case .split: 1
        }
    }

    /// The entries of all that a lane's gradient needs of its states.
    var keptSize: Int {
        switch self {
        case .whole(let program): program.tapeSize
        case .split(let program): program.stateSize
        }
    }

    /// To fetch so much from memory costs less than to find it again.
    var bytesWorthKeeping: Int {
        switch self {
        case .whole: 1 << 22
        case .split: 1 << 26
        }
    }

    var scratchSize: Int {
        switch self {
        case .whole(let program): program.scratchSize
        case .split(let program): program.scratchSize
        }
    }
}
