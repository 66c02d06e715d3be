import CVectorKernels
import Circuits
import Execution
import LinearAlgebra
import Noise

/// Noisy task blocks of one shape as observables on their register, in the Pauli basis: one lane per task.
///
/// An observable goes back through the block's channels (Heisenberg picture); what it then is, is read like a head matrix.
final class TransferBlocks<Real: SimulationReal> {
    private let members: [HeadGroup.Member]
    private let program: CompiledTransferProgram
    private let slotCount: Int
    /// The entries of each observable that are not zero.
    private let observables: [[(entry: Int, value: Double)]]
    private let register: CompiledRegister
    private let set: Int32
    private let team: ThreadTeam
    private let taskLanes: Int
    private let angles = Buffer<Real>()
    private let states = Buffer<Real>()
    private let duals = Buffer<Real>()
    private let tapes = Buffer<Real>()
    private let gradients = Buffer<Real>()
    private let scratch: Buffer<Real>

    init(_ group: HeadGroup, _ program: TransferProgram, set: Int32, team: ThreadTeam) {
        members = group.members
        self.program = CompiledTransferProgram(
            BlockProgram(program), featureSlotCount: program.featureSlotCount)
        slotCount = program.parameterSlotCount
        observables = group.observables.map { group.terms(of: $0) }
        register = CompiledRegister(Array(0..<program.qubitCount), stateQubits: program.qubitCount)
        self.set = set
        self.team = team
        taskLanes = paddedLanes(group.members.count)
        scratch = Buffer(count: team.size * self.program.scratchSize)
    }

    /// Numbers of memory.
    var fixedNumbers: Int {
        let tile = tileLanes * (2 * program.peakSize + program.tapeSize) + program.scratchSize
        return team.size * tile + 2 * slotCount * taskLanes
    }

    /// Writes `matrices`, `[observable][4^width rows x tasks]`, at `parameters`.
    func prepare(parameters: UnsafePointer<Real>, matrices: UnsafeMutablePointer<Real>) {
        angles.clear(slotCount * taskLanes)
        for slot in 0..<slotCount {
            let row = angles.pointer + slot * taskLanes
            for (task, member) in members.enumerated() { row[task] = parameters[member.parameters[slot]] }
        }
        nonisolated(unsafe) let matrices = matrices
        forEachTile { blocks, lane, worker in
            for index in blocks.observables.indices {
                let dual = blocks.observable(index, worker)
                blocks.goBack(dual, lane, worker, tape: nil, gradients: nil)
                Real.transferRead(
                    blocks.set, blocks.register.pointer, states: dual, stateSize: blocks.program.peakSize,
                    firstLane: lane, lanes: tileLanes,
                    rows: matrices + index * blocks.program.peakSize * blocks.taskLanes,
                    stride: blocks.taskLanes)
            }
        }
    }

    /// Takes gradients of `matrices` to those of the blocks' angles.
    func backward(
        matrixGradients: UnsafePointer<Real>, parameterGradients: UnsafeMutablePointer<Double>
    ) {
        gradients.clear(slotCount * taskLanes)
        tapes.reserve(team.size * tileLanes * program.tapeSize)
        nonisolated(unsafe) let matrixGradients = matrixGradients
        forEachTile { blocks, lane, worker in
            let tape = blocks.tapes.pointer + worker * tileLanes * blocks.program.tapeSize
            for index in blocks.observables.indices {
                // The gradient is linear in the states that an observable meets: here they are the matrix's slopes.
                Real.transferForward(
                    blocks.set, blocks.program.pointer, angles: blocks.angles.pointer,
                    stride: blocks.taskLanes,
                    start: matrixGradients + index * blocks.program.peakSize * blocks.taskLanes,
                    startStride: blocks.taskLanes, firstLane: lane, lanes: tileLanes,
                    scratch: blocks.scratch(worker), states: blocks.state(worker), tape: tape)
                blocks.goBack(
                    blocks.observable(index, worker), lane, worker, tape: tape,
                    gradients: blocks.gradients.pointer)
            }
        }
        for slot in 0..<slotCount {
            for (task, member) in members.enumerated() {
                parameterGradients[member.parameters[slot]] += Double(
                    gradients.pointer[slot * taskLanes + task])
            }
        }
    }

    private func goBack(
        _ dual: UnsafeMutablePointer<Real>, _ lane: Int, _ worker: Int, tape: UnsafePointer<Real>?,
        gradients: UnsafeMutablePointer<Real>?
    ) {
        Real.transferAdjoint(
            set, program.pointer, angles: angles.pointer, stride: taskLanes, firstLane: lane,
            lanes: tileLanes, scratch: scratch(worker), tape: tape, duals: dual, gradients: gradients)
    }

    /// An observable in a thread's dual, the same in every lane.
    private func observable(_ index: Int, _ worker: Int) -> UnsafeMutablePointer<Real> {
        let dual = duals.pointer + worker * tileLanes * program.peakSize
        dual.fill(0, count: tileLanes * program.peakSize)
        // A tile may be several vectors, each with a state of its own, one entry after the other.
        let width = 1 << Real.laneQubits(set)
        for first in stride(from: 0, to: tileLanes, by: width) {
            for (entry, value) in observables[index] {
                (dual + first * program.peakSize + entry * width).fill(Real(value), count: width)
            }
        }
        return dual
    }

    private func state(_ worker: Int) -> UnsafeMutablePointer<Real> {
        states.pointer + worker * tileLanes * program.peakSize
    }

    private func scratch(_ worker: Int) -> UnsafeMutablePointer<Real> {
        scratch.pointer + worker * program.scratchSize
    }

    private func forEachTile(_ body: @Sendable (_ blocks: TransferBlocks, _ lane: Int, _ worker: Int) -> Void)
    {
        states.reserve(team.size * tileLanes * program.peakSize)
        duals.reserve(team.size * tileLanes * program.peakSize)
        nonisolated(unsafe) let blocks = self
        team.forEach(taskLanes / tileLanes) { tile, worker in body(blocks, tile * tileLanes, worker) }
    }
}
