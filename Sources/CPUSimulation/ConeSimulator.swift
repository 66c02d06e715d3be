import Execution

/// The lanes of a launch: one per (cone, sample).
struct ConeLanes<Real: SimulationReal> {
    /// The lanes that hold a (cone, sample) pair; the rest up to `stride` is padding.
    let used: Int
    /// The distance between rows of per-lane values.
    let stride: Int
    /// Fills rows of angles for a range of lanes: `rows[slot * stride + i]` for the range's lane `i`.
    let fillAngles: (_ lanes: Range<Int>, _ rows: UnsafeMutablePointer<Real>, _ stride: Int) -> Void
}

/// Runs one program on many lanes: in tiles of small states, or one wide state after the other.
protocol ConeSimulator<Real>: AnyObject {
    associatedtype Real: SimulationReal

    /// Numbers that a lane adds to the memory of a launch.
    var numbersPerLane: Int { get }
    /// Numbers of memory whatever the lanes.
    var fixedNumbers: Int { get }

    /// Simulates all lanes and reduces their states to every register.
    func forward(_ lanes: ConeLanes<Real>, into reduced: [Buffer<Real>])

    /// One adjoint sweep from effective observables on the registers, to gradients `[slots x stride]`.
    func backward(_ lanes: ConeLanes<Real>, weights: [Buffer<Real>], gradients: UnsafeMutablePointer<Real>)
}

extension EncodingGroup {
    /// Whether the cones are simulated one wide state at a time: where a tile of states would leave the caches, and the
    /// registers keep off the qubits that become lanes.
    func runsWide(laneQubits: Int) -> Bool {
        program.qubitCount >= 15
            && registers.allSatisfy { $0.allSatisfy { $0 < program.qubitCount - laneQubits } }
    }
}
