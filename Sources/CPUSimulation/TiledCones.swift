import CVectorKernels
import Execution
import LinearAlgebra

/// Cones of few qubits: tiles of states, lanes innermost, each tile taken through the whole program in cache.
final class TiledCones<Real: SimulationReal>: ConeSimulator {
    let program: CompiledProgram
    let registers: [CompiledRegister]
    private let set: Int32
    private let team: ThreadTeam
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let scratch: Buffer<Real>

    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        program = CompiledProgram(group.program)
        registers = group.registers.map { CompiledRegister($0, stateQubits: group.program.qubitCount) }
        self.set = set
        self.team = team
        scratch = Buffer(count: team.size * program.scratchSize)
    }

    private var stateSize: Int { 2 * program.dimension }

    /// Lanes that one thread takes at a time: enough to be worth it, few enough to stay in cache.
    private var pieceLanes: Int { max(1, 4096 / program.dimension / tileLanes) * tileLanes }

    var numbersPerLane: Int { stateSize }

    var fixedNumbers: Int {
        (team.size * pieceLanes + tileLanes) * stateSize + team.size * program.scratchSize
    }

    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>], fill: @Sendable (Range<Int>) -> Void)
    {
        states.reserve(stateSize * lanes.stride)
        nonisolated(unsafe) let (cones, lanes, reduced) = (self, lanes, reduced)
        forEachPiece(lanes.stride) { piece, worker in
            fill(piece)
            let states = cones.states.pointer + piece.lowerBound * cones.stateSize
            Real.forward(
                cones.set, cones.program.pointer, angles: lanes.angles, stride: lanes.stride, start: nil,
                firstLane: piece.lowerBound, lanes: piece.count,
                scratch: cones.scratch.pointer + worker * cones.program.scratchSize, states: states)
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
        forEachPiece(lanes.stride) { piece, worker in
            let states = cones.states.pointer + piece.lowerBound * cones.stateSize
            let duals = cones.duals.pointer + worker * cones.pieceLanes * cones.stateSize
            for (index, register) in cones.registers.enumerated() {
                Real.apply(
                    cones.set, register.pointer, matrices: weights[index].pointer, stride: lanes.stride,
                    firstLane: piece.lowerBound, lanes: piece.count, states: states, add: index > 0,
                    duals: duals)
            }
            Real.adjoint(
                cones.set, cones.program.pointer, angles: lanes.angles, stride: lanes.stride, start: nil,
                firstLane: piece.lowerBound, lanes: piece.count,
                scratch: cones.scratch.pointer + worker * cones.program.scratchSize, states: states,
                duals: duals, gradients: gradients)
        }
    }

    private func forEachPiece(_ lanes: Int, _ body: @Sendable (_ piece: Range<Int>, _ worker: Int) -> Void) {
        let size = pieceLanes
        team.forEach((lanes + size - 1) / size) { piece, worker in
            body(piece * size..<min(piece * size + size, lanes), worker)
        }
    }
}
