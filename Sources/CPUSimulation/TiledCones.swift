import CVectorKernels
import Execution
import LinearAlgebra

/// Cones of few qubits: tiles of states, lanes innermost, each tile taken through the whole program in cache.
final class TiledCones<Real: SimulationReal> {
    let program: CompiledProgram
    let registers: [CompiledRegister]
    let set: Int32
    private let team: ThreadTeam
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let scratch: Buffer<Real>
    /// Angles and gradients of each thread's piece, `[slots x pieceLanes]`.
    private let angles = Buffer<Real>()
    private let slopes = Buffer<Real>()

    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        program = CompiledProgram(group.program, readQubits: Set(group.registers.joined()))
        registers = group.registers.map { CompiledRegister($0, stateQubits: group.program.qubitCount) }
        self.set = set
        self.team = team
        scratch = Buffer(count: team.size * program.scratchSize)
        angles.reserve(team.size * program.rows.slotCount * pieceLanes)
        slopes.reserve(team.size * program.rows.slotCount * pieceLanes)
    }

    /// Numbers in the state of one lane.
    private var stateSize: Int { 2 * program.dimension }

    /// Lanes that one thread takes at a time: enough to be worth it, few enough to stay in cache.
    private var pieceLanes: Int { max(1, 4096 / program.dimension / tileLanes) * tileLanes }

    /// The same for `jacobian`, where a thread holds more of each lane.
    var jacobianLanes: Int { max(1, 512 / program.dimension / tileLanes) * tileLanes }

    /// Whether `backward` finds the states of `forward` in memory.
    ///
    /// States that would not fit the second-level cache are simulated again instead, which costs less than fetching
    /// them and changes no bit.
    private func keepsStates(_ lanes: Int) -> Bool { lanes <= keptLanes }

    /// The lanes whose states fit a mebibyte.
    private var keptLanes: Int { (1 << 20) / (stateSize * MemoryLayout<Real>.stride) }

    var fixedNumbers: Int {
        (max(keptLanes, team.size * pieceLanes) + team.size * pieceLanes) * stateSize
            + team.size * program.scratchSize
    }

    /// Numbers of memory that `jacobian` takes beyond these.
    var fixedNumbersOfJacobian: Int { team.size * Self.operatorsAtOnce * jacobianLanes * stateSize }

    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>]) {
        states.reserve(stateSize * (keepsStates(lanes.stride) ? lanes.stride : team.size * pieceLanes))
        nonisolated(unsafe) let (cones, lanes, reduced) = (self, lanes, reduced)
        forEachPiece(lanes.stride, pieceLanes) { piece, worker in
            let angles = cones.angles(of: piece, lanes, cones.pieceLanes, worker)
            let states = cones.simulate(piece, lanes, angles, cones.pieceLanes, worker)
            for (register, buffer) in zip(cones.registers, reduced) {
                Real.reduce(
                    cones.set, register.pointer, states: states, firstLane: piece.lowerBound,
                    lanes: piece.count, reduced: buffer.pointer, stride: lanes.stride)
            }
        }
    }

    /// Overwrites the states that `forward` left.
    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>) {
        duals.reserve(team.size * pieceLanes * stateSize)
        nonisolated(unsafe) let (cones, lanes, weights, gradients) = (self, lanes, weights, gradients)
        forEachPiece(lanes.stride, pieceLanes) { piece, worker in
            let angles = cones.angles(of: piece, lanes, cones.pieceLanes, worker)
            let states =
                cones.keepsStates(lanes.stride)
                ? cones.states(of: piece, lanes, worker)
                : cones.simulate(piece, lanes, angles, cones.pieceLanes, worker)
            let duals = cones.duals.pointer + worker * cones.pieceLanes * cones.stateSize
            for (index, register) in cones.registers.enumerated() {
                Real.apply(
                    cones.set, register.pointer, matrices: weights[index].pointer, stride: lanes.stride,
                    firstLane: piece.lowerBound, lanes: piece.count, states: states, add: index > 0,
                    duals: duals)
            }
            let (rows, slots) = (cones.program.rows.slotCount, cones.pieceLanes)
            let slopes = cones.slopes.pointer + worker * rows * slots
            slopes.fill(0, count: rows * slots)
            Real.adjoint(
                cones.set, cones.program.pointer, angles: angles, stride: slots, firstLane: 0,
                lanes: piece.count, scratch: cones.scratch.pointer + worker * cones.program.scratchSize,
                states: states, duals: duals, gradients: slopes)
            for row in 0..<rows {
                (gradients + row * lanes.stride + piece.lowerBound).copy(
                    from: slopes + row * slots, count: piece.count)
            }
        }
    }

    /// The derivatives of the expectation values of several operators by every angle.
    ///
    /// Piece after piece of `jacobianLanes` lanes, `[operators x slots x jacobianLanes]`. `apply` writes an operator times the
    /// states of a piece. A state goes back once for a few operators, so an operator costs less than a sweep of its own.
    func jacobian(
        _ lanes: ConeLanes<Real>, operatorCount: Int, into jacobian: UnsafeMutablePointer<Real>,
        apply:
            @Sendable (
                _ index: Int, _ piece: Range<Int>, _ worker: Int, _ states: UnsafePointer<Real>,
                _ duals: UnsafeMutablePointer<Real>
            ) -> Void
    ) {
        let (size, rows) = (jacobianLanes, program.rows.slotCount)
        let block = min(Self.operatorsAtOnce, operatorCount)
        let dualSize = size * stateSize
        duals.reserve(team.size * (1 + block) * dualSize)
        nonisolated(unsafe) let (cones, lanes, jacobian) = (self, lanes, jacobian)
        forEachPiece(lanes.stride, size) { piece, worker in
            let angles = cones.angles(of: piece, lanes, size, worker)
            let states =
                cones.keepsStates(lanes.stride)
                ? cones.states(of: piece, lanes, worker)
                : cones.simulate(piece, lanes, angles, size, worker)
            let copy = cones.duals.pointer + worker * (1 + block) * dualSize
            let duals = copy + dualSize
            let first = jacobian + piece.lowerBound * operatorCount * rows
            first.fill(0, count: operatorCount * rows * size)
            for start in stride(from: 0, to: operatorCount, by: block) {
                let count = min(block, operatorCount - start)
                for index in 0..<count {
                    apply(start + index, piece, worker, states, duals + index * dualSize)
                }
                copy.copy(from: states, count: piece.count * cones.stateSize)
                Real.adjointDuals(
                    cones.set, cones.program.pointer, angles: angles, stride: size, lanes: piece.count,
                    scratch: cones.scratch.pointer + worker * cones.program.scratchSize, states: copy,
                    duals: duals, dualSize: dualSize, count: count, gradients: first + start * rows * size,
                    gradientSize: rows * size)
            }
        }
    }

    /// Enough that a state's way back is shared by many, few enough that all stay in the second-level cache.
    private static var operatorsAtOnce: Int { Int(QMTL_MOST_DUALS) }

    /// The angles of a piece, in rows of `stride` numbers; they stay in cache, where rows of all lanes would not.
    private func angles(of piece: Range<Int>, _ lanes: ConeLanes<Real>, _ stride: Int, _ worker: Int)
        -> UnsafeMutablePointer<Real>
    {
        let rows = angles.pointer + worker * program.rows.slotCount * pieceLanes
        lanes.fillAngles(piece, rows, stride)
        return rows
    }

    /// Where the states of a piece are, or are worked on.
    private func states(of piece: Range<Int>, _ lanes: ConeLanes<Real>, _ worker: Int)
        -> UnsafeMutablePointer<Real>
    {
        states.pointer + (keepsStates(lanes.stride) ? piece.lowerBound : worker * pieceLanes) * stateSize
    }

    /// Takes the lanes of a piece from |0..0> through the whole program.
    private func simulate(
        _ piece: Range<Int>, _ lanes: ConeLanes<Real>, _ angles: UnsafePointer<Real>, _ stride: Int,
        _ worker: Int
    ) -> UnsafeMutablePointer<Real> {
        let states = states(of: piece, lanes, worker)
        Real.forward(
            set, program.pointer, angles: angles, stride: stride, firstLane: 0,
            lanes: piece.count, scratch: scratch.pointer + worker * program.scratchSize, states: states)
        return states
    }

    private func forEachPiece(
        _ lanes: Int, _ size: Int, _ body: @Sendable (_ piece: Range<Int>, _ worker: Int) -> Void
    ) {
        team.forEach((lanes + size - 1) / size) { piece, worker in
            body(piece * size..<min(piece * size + size, lanes), worker)
        }
    }
}
