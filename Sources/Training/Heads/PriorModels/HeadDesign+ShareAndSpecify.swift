import Circuits

extension HeadDesign {
    /// Heads of the share-and-specify ansatz (`ShareAndSpecifyCircuit`): `2 n L (T + 1) + 2 sum_t C_t` parameters.
    ///
    /// Each task reads its expectation values with a scale and a bias.
    static func shareAndSpecify(_ request: Request) throws(TrainingError) -> HeadDesign {
        let head = request.configuration
        let qubits = ShareAndSpecifyCircuit.qubitCount(outputs: request.outputCounts, qubits: head.qubits)
        try request.requireWidth(qubits, reason: "one per qubit, of which head.qubits sets the number")
        let circuit = try circuit { () throws(CircuitError) in
            try ShareAndSpecifyCircuit.circuit(
                outputs: request.outputCounts, qubits: qubits,
                layers: head.layers ?? ShareAndSpecifyCircuit.defaultLayers)
        }
        let (heads, plan) = request.quantum(
            circuit, readout: ScaledReadout(expectationCount: circuit.readoutCount))
        return HeadDesign(heads: heads, plan: plan)
    }
}
