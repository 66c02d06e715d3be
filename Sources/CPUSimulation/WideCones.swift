import CVectorKernels
import Execution
import LinearAlgebra

/// Cones of many qubits: one state at a time, its highest qubits in the lanes of a vector.
///
/// Threads take states of their own where there are enough, and share out the ranges of one state where there are not;
/// the ranges and the order of their sums are the same, so the results are.
final class WideCones<Real: SimulationReal> {
    let program: CompiledProgram
    let registers: [CompiledRegister]
    private let set: Int32
    private let team: ThreadTeam
    private let laneQubits: Int
    /// What each thread that has a state of its own works in.
    private var workers: [Worker] = []

    private final class Worker {
        let state = Buffer<Real>()
        let dual = Buffer<Real>()
        let angles = Buffer<Real>()
        let gradients = Buffer<Real>()
        let matrices = Buffer<Real>()
        let projections = Buffer<Real>()
    }

    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        laneQubits = Real.laneQubits(set)
        program = CompiledProgram(group.program, laneQubits: laneQubits)
        registers = group.registers.map { [laneQubits] in
            CompiledRegister($0, stateQubits: group.program.qubitCount - laneQubits)
        }
        self.set = set
        self.team = team
        workers = (0..<team.size).map { _ in Worker() }
    }

    private var width: Int { 1 << laneQubits }
    private var vectors: Int { program.dimension / width }
    private var stateSize: Int { 2 * program.dimension }
    /// Vectors, or pairs of them, that one call of the inner loops takes.
    private var rangeSize: Int { 1 << 12 }

    var fixedNumbers: Int { team.size * 2 * stateSize }

    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>]) {
        nonisolated(unsafe) let (cones, lanes, reduced) = (self, lanes, reduced)
        forEachLane(lanes) { lane, worker, team in
            cones.run(lane, lanes, worker, team)
            for (register, buffer) in zip(cones.registers, reduced) {
                worker.matrices.reserve(register.entries * tileLanes)
                Real.reduce(
                    cones.set, register.pointer, states: worker.state.pointer, firstLane: 0,
                    lanes: cones.width,
                    reduced: worker.matrices.pointer, stride: tileLanes)
                for entry in 0..<register.entries {
                    buffer.pointer[entry * lanes.stride + lane] = cones.sum(
                        worker.matrices.pointer + entry * tileLanes)
                }
            }
        }
    }

    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>) {
        nonisolated(unsafe) let (cones, lanes, weights, gradients) = (self, lanes, weights, gradients)
        forEachLane(lanes) { lane, worker, team in
            cones.run(lane, lanes, worker, team)
            worker.dual.reserve(cones.stateSize)
            for (index, register) in cones.registers.enumerated() {
                worker.matrices.reserve(register.entries * tileLanes)
                for entry in 0..<register.entries {
                    (worker.matrices.pointer + entry * tileLanes).update(
                        repeating: weights[index].pointer[entry * lanes.stride + lane], count: tileLanes)
                }
                Real.apply(
                    cones.set, register.pointer, matrices: worker.matrices.pointer, stride: tileLanes,
                    firstLane: 0, lanes: cones.width, states: worker.state.pointer, add: index > 0,
                    duals: worker.dual.pointer)
            }
            worker.gradients.clear(cones.program.rows.slotCount * tileLanes)
            for step in cones.program.rotatedQubits.indices.reversed() { cones.unrun(step, worker, team) }
            for slot in 0..<cones.program.rows.slotCount {
                gradients[slot * lanes.stride + lane] = cones.sum(
                    worker.gradients.pointer + slot * tileLanes)
            }
        }
    }

    /// Takes the state of a lane from |0..0> through the whole program.
    private func run(_ lane: Int, _ lanes: ConeLanes<Real>, _ worker: Worker, _ team: ThreadTeam) {
        worker.angles.reserve(program.rows.slotCount * tileLanes)
        lanes.fillAngles(lane..<lane + 1, worker.angles.pointer, tileLanes)
        for slot in 0..<program.rows.slotCount {
            let row = worker.angles.pointer + slot * tileLanes
            row.fill(row[0], count: tileLanes)
        }
        worker.state.clear(stateSize)
        worker.state.pointer[0] = 1
        nonisolated(unsafe) let (cones, worker) = (self, worker)
        for step in program.rotatedQubits.indices {
            forEachRange(of: step, team) { range, _ in
                Real.wideForward(
                    cones.set, cones.program.pointer, step: step, angles: worker.angles.pointer,
                    stride: tileLanes, range: range, states: worker.state.pointer)
            }
        }
    }

    /// Takes state and dual back through a step, and adds its gradients.
    private func unrun(_ step: Int, _ worker: Worker, _ team: ThreadTeam) {
        let size = 3 * tileLanes
        worker.projections.clear((vectors / rangeSize + 1) * size)
        nonisolated(unsafe) let (cones, worker) = (self, worker)
        forEachRange(of: step, team) { range, index in
            Real.wideAdjoint(
                cones.set, cones.program.pointer, step: step, angles: worker.angles.pointer,
                stride: tileLanes,
                range: range, states: worker.state.pointer, duals: worker.dual.pointer,
                projections: worker.projections.pointer + index * size)
        }
        guard program.rotatedQubits[step] != nil else { return }
        let total = worker.projections.pointer
        for index in 1..<vectors / rangeSize + 1 {
            for number in 0..<3 * width { total[number] += total[index * size + number] }
        }
        Real.wideGradients(
            set, program.pointer, step: step, angles: worker.angles.pointer, stride: tileLanes,
            projections: total, gradients: worker.gradients.pointer)
    }

    private func forEachRange(
        of step: Int, _ team: ThreadTeam, _ body: @Sendable (Range<Int>, _ index: Int) -> Void
    ) {
        var count = vectors
        if let qubit = program.rotatedQubits[step], qubit < program.qubitCount - laneQubits { count /= 2 }
        let size = rangeSize
        team.forEach((count + size - 1) / size) { [count] index, _ in
            body(index * size..<min(index * size + size, count), index)
        }
    }

    private func forEachLane(_ lanes: ConeLanes<Real>, _ body: @Sendable (Int, Worker, ThreadTeam) -> Void) {
        nonisolated(unsafe) let workers = workers
        if lanes.used >= team.size {
            team.forEach(lanes.used) { lane, worker in body(lane, workers[worker], ThreadTeam(size: 1)) }
        } else {
            for lane in 0..<lanes.used { body(lane, workers[0], team) }
        }
    }

    private func sum(_ values: UnsafePointer<Real>) -> Real { (0..<width).reduce(0) { $0 + values[$1] } }
}
