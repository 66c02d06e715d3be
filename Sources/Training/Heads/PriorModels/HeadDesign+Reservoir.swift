import Circuits
import Randomness

extension HeadDesign {
    /// The share of the read-out's weights that is taken away per step, times the learning rate: its ridge penalty.
    static let ridge: Float = 0.01

    /// Linear heads behind a fixed reservoir (`ReservoirCircuit`): `sum_t C_t (n (n + 1) / 2 + 1)` parameters.
    ///
    /// Couplings are uniform in `-1..<1`, drawn with the run's seed: another seed is another reservoir. The ridge penalty of the
    /// read-out is a decay of its weights, since the trunk in front is trained by gradients anyway.
    static func reservoir(_ request: Request) throws(TrainingError) -> HeadDesign {
        let qubits = request.configuration.qubits ?? ReservoirCircuit.defaultQubits
        var stream = Philox(seed: request.seed, purpose: .frozenWeights)
        let reservoir = ReservoirCircuit(
            qubitCount: qubits,
            couplings: (0..<ReservoirCircuit.pairCount(qubitCount: qubits)).map { _ in
                Double(stream.uniform(in: -1..<1))
            })
        let circuit = try circuit { () throws(CircuitError) in
            try reservoir.circuit(featureCount: request.featureCount)
        }
        let (heads, plan) = request.quantum(
            circuit,
            readout: LinearReadout(
                expectationCount: reservoir.readoutCount, outputCount: request.outputCounts.reduce(0, +)),
            weightDecay: ridge)
        return HeadDesign(heads: heads, plan: plan)
    }
}
