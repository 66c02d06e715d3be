import Circuits

extension HeadDesign {
    /// Quantum outputs added to those of a dense linear head: the parameters of both.
    ///
    /// The quantum part is the default preset's, with scaled readout. Source: Li, Qu, Zhou, Zhang, *QMLSC: A quantum multimodal
    /// learning model for sentiment classification* (Information Fusion, 2025, doi:10.1016/j.inffus.2025.103049), which fuses quantum
    /// and classical components in a residual structure. Only its abstract is public: that the two are added as outputs, and
    /// which circuit is added, are our reading.
    static func residual(_ request: Request) throws(TrainingError) -> HeadDesign {
        let head = request.configuration
        let circuit = try circuit { () throws(CircuitError) in
            try Preset.paper.circuit(
                outputs: request.outputCounts,
                sizes: Preset.Sizes(features: request.width, register: head.register, layers: head.layers))
        }
        let (heads, plan) = request.quantum(
            circuit, readout: ScaledReadout(expectationCount: circuit.readoutCount))
        let linear = LinearHeads(
            featureCount: circuit.featureCount, outputCount: request.outputCounts.reduce(0, +))
        return HeadDesign(heads: SummedHeads(heads, linear), plan: plan)
    }
}
