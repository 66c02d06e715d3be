import Execution
import LinearAlgebra

/// The lanes of a launch: one per (cone, sample).
struct ConeLanes<Real: SimulationReal> {
    /// The lanes that hold a (cone, sample) pair; the rest up to `stride` is padding.
    let used: Int
    /// The distance between rows of per-lane values.
    let stride: Int
    /// Fills rows of angles for a range of lanes: `rows[slot * stride + i]` for the range's lane `i`.
    let fillAngles: (_ lanes: Range<Int>, _ rows: UnsafeMutablePointer<Real>, _ stride: Int) -> Void
}

/// Runs one program on many lanes: in tiles of small states, one wide state after the other, or, under noise, in tiles of
/// expectation values of all Pauli operators.
///
/// A closed choice, because a call through a protocol's existential reaches unspecialised code.
enum ConeSimulator<Real: SimulationReal> {
    case tiled(TiledCones<Real>)
    case wide(WideCones<Real>)
    case noisy(TransferCones<Real>)

    /// What runs the cones of `group`.
    init(_ group: EncodingGroup, set: Int32, team: ThreadTeam) {
        if let transfer = group.transfer {
            self = .noisy(TransferCones(group, transfer, set: set, team: team))
            return
        }
        self =
            group.runsWide(laneQubits: Real.laneQubits(set))
            ? .wide(WideCones(group, set: set, team: team)) : .tiled(TiledCones(group, set: set, team: team))
    }

    var rows: AngleRows {
        switch self {
        case .tiled(let cones): cones.program.rows
        case .wide(let cones): cones.program.rows
        case .noisy(let cones): cones.rows
        }
    }

    var registers: [CompiledRegister] {
        switch self {
        case .tiled(let cones): cones.registers
        case .wide(let cones): cones.registers
        case .noisy(let cones): cones.registers
        }
    }

    /// The cones where they run in tiles of small states.
    var tiled: TiledCones<Real>? {
        switch self {
        case .tiled(let cones): cones
        case .wide, .noisy: nil
        }
    }

    /// Numbers of memory, whatever the lanes.
    var fixedNumbers: Int {
        switch self {
        case .tiled(let cones): cones.fixedNumbers
        case .wide(let cones): cones.fixedNumbers
        case .noisy(let cones): cones.fixedNumbers
        }
    }

    /// Simulates all lanes and reduces their states to every register.
    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>]) {
        switch self {
        case .tiled(let cones): cones.forward(lanes, into: reduced)
        case .wide(let cones): cones.forward(lanes, into: reduced)
        case .noisy(let cones): cones.forward(lanes, into: reduced)
        }
    }

    /// One adjoint sweep from effective observables on the registers, to gradients `[slots x stride]`.
    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>) {
        switch self {
        case .tiled(let cones): cones.backward(lanes, weights: weights, gradients: gradients)
        case .wide(let cones): cones.backward(lanes, weights: weights, gradients: gradients)
        case .noisy(let cones): cones.backward(lanes, weights: weights, gradients: gradients)
        }
    }
}

extension EncodingGroup {
    /// From here on a tile of states takes 4 MiB and more.
    static var leastWideQubits: Int { 15 }

    /// Whether the cones are simulated one wide state at a time: where a tile of states would leave the caches, and the
    /// registers keep off the qubits that become lanes.
    func runsWide(laneQubits: Int) -> Bool {
        program.qubitCount >= Self.leastWideQubits
            && registers.allSatisfy { $0.allSatisfy { $0 < program.qubitCount - laneQubits } }
    }
}
