/// A fixed transverse-field Ising reservoir: features drive it, nothing of it is trained.
///
/// A sample's features enter in stages of one per qubit, as angles of RY on the state that is there. After each stage the
/// reservoir evolves for a time 1 under `H = sum_(i<j) J_ij Z_i Z_j + sum_i X_i`, in Trotter steps of its two parts. Read are `Z_i`
/// and `Z_i Z_j`, `n (n + 1) / 2` values, by a linear head with ridge penalty per task.
/// Source: Xia, Zou, Qiu, Chen, Zhu, Li, Deng, Li, *Configured quantum reservoir computing for multi-task machine learning*
/// (Science Bulletin 68, 2023; arXiv:2303.17629), which chooses the couplings by a genetic algorithm and feeds a time series.
/// Ours are drawn with the run's seed, so that several seeds compared on validation are a random search; features in place of a
/// series, the step and the units are our reading.
public struct ReservoirCircuit: Hashable, Sendable {
    /// The number of qubits unless another is asked for; the original has 5 to 7.
    public static let defaultQubits = 6
    /// The Trotter steps of each evolution.
    public static let trotterSteps = 4

    /// The number of qubits `n`.
    public let qubitCount: Int
    /// The couplings `J_ij` in units of the field, by pair: (0, 1), (0, 2), ..., (n - 2, n - 1).
    public let couplings: [Double]

    /// A reservoir with known `couplings`, one per pair of qubits.
    public init(qubitCount: Int, couplings: [Double]) {
        precondition(couplings.count == Self.pairCount(qubitCount: qubitCount), "one coupling per pair")
        self.qubitCount = qubitCount
        self.couplings = couplings
    }

    /// The number of pairs of qubits, `n (n - 1) / 2`.
    public static func pairCount(qubitCount: Int) -> Int { qubitCount * (qubitCount - 1) / 2 }

    /// The number of expectation values that heads read, `n (n + 1) / 2`.
    public var readoutCount: Int { qubitCount + couplings.count }

    /// The reservoir driven by `featureCount` features in `ceil(d / n)` stages.
    /// - Throws: `CircuitError.invalidSize` without features or qubits.
    public func circuit(featureCount: Int) throws(CircuitError) -> MultiTaskCircuit {
        for (name, size) in [("qubits", qubitCount), ("features", featureCount)] where size < 1 {
            throw .invalidSize(name: name, value: size)
        }
        let pairs = Entangler(.full).pairs(count: qubitCount)
        var circuit = Circuit(qubitCount: qubitCount, featureCount: featureCount)
        let stageCount = (featureCount + qubitCount - 1) / qubitCount
        for stage in 0..<stageCount {
            circuit.rotateByFeatures(.y, from: stage * qubitCount)
            for _ in 0..<Self.trotterSteps { appendStep(pairs, to: &circuit) }
        }
        return try MultiTaskCircuit(
            common: circuit, stageCount: stageCount,
            observables: (0..<qubitCount).map { .z($0) } + pairs.map { .all(.z, on: [$0.0, $0.1]) })
    }

    /// One of `s` Trotter steps: `exp(-i J ZZ / s)` is a rotation by the angle `2 J / s`.
    private func appendStep(_ pairs: [(Int, Int)], to circuit: inout Circuit) {
        let duration = 1 / Double(Self.trotterSteps)
        for ((first, second), coupling) in zip(pairs, couplings) {
            for gate in Gate.rotationZZ(first, second, .constant(2 * coupling * duration)) {
                circuit.appendUnchecked(gate)
            }
        }
        for qubit in 0..<qubitCount {
            circuit.appendUnchecked(.rotation(.x, qubit, .constant(2 * duration)))
        }
    }
}
