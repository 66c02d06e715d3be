import Circuits

extension HeadDesign {
    /// Linear heads behind one trained circuit (`SharedCircuit`): `2 n L + sum_t C_t (n + 1)` parameters.
    static func sharedCircuit(_ request: Request) throws(TrainingError) -> HeadDesign {
        let head = request.configuration
        let qubits = head.qubits ?? SharedCircuit.defaultQubits
        try request.requireWidth(qubits, reason: "one per qubit, of which head.qubits sets the number")
        let circuit = try circuit { () throws(CircuitError) in
            try SharedCircuit.circuit(qubits: qubits, layers: head.layers ?? SharedCircuit.defaultLayers)
        }
        let (heads, plan) = request.quantum(
            circuit,
            readout: LinearReadout(
                expectationCount: circuit.readoutCount, outputCount: request.outputCounts.reduce(0, +)))
        return HeadDesign(heads: heads, plan: plan)
    }
}
