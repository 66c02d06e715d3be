import Circuits

extension HeadDesign {
    /// Separate classifiers on amplitude-encoded features (`TransferCircuit`): `3 n L T + 2 sum_t C_t` parameters.
    ///
    /// The representation is padded with 0.01 to `2^n` amplitudes; 768 features take the original's 10 qubits. Each task reads its
    /// expectation values with a scale and a bias.
    static func transfer(_ request: Request) throws(TrainingError) -> HeadDesign {
        let head = request.configuration
        let qubits = TransferCircuit.qubitCount(
            valueCount: request.featureCount, outputs: request.outputCounts, qubits: head.qubits)
        guard request.featureCount <= 1 << qubits else {
            throw .invalidConfiguration(
                key: "head.qubits",
                problem: "is \(qubits), which has no amplitude for each of \(request.featureCount) features; "
                    + "leave it null or lower trunk.width")
        }
        let amplitudes = try circuit { () throws(CircuitError) in
            try AmplitudeEncoding(
                featureCount: request.featureCount, qubitCount: qubits, padding: TransferCircuit.padding)
        }
        let circuit = try circuit { () throws(CircuitError) in
            try TransferCircuit.circuit(
                outputs: request.outputCounts, preparation: amplitudes,
                layers: head.layers ?? TransferCircuit.defaultLayers)
        }
        let (heads, plan) = request.quantum(
            circuit, amplitudes: amplitudes,
            readout: ScaledReadout(expectationCount: circuit.readoutCount))
        return HeadDesign(heads: heads, plan: plan)
    }
}
