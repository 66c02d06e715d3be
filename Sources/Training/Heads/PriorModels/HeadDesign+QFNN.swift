import Circuits

extension HeadDesign {
    /// Heads of the quantum fuzzy neural network (`QFNNCircuit`): `sum_t (12 + 4 C_t)` parameters.
    ///
    /// Three features per task, a 3x3 linear layer with biases, three fixed qubits, a linear layer from their expectation values to
    /// the task's outputs: 44 parameters for tasks of 3 and 2 outputs, as in the original. Angles are the layer's values in quarter
    /// turns, a unit that the trained layer makes up for.
    static func qfnn(_ request: Request) throws(TrainingError) -> HeadDesign {
        let taskCount = request.outputCounts.count
        let widths = Array(repeating: QFNNCircuit.qubitsPerTask, count: taskCount)
        try request.requireWidth(widths.reduce(0, +), reason: "3 per task")
        let circuit = try circuit { () throws(CircuitError) in try QFNNCircuit.circuit(taskCount: taskCount) }
        let (heads, plan) = request.quantum(
            circuit, readout: SlicedMap(widths: widths, outputCounts: request.outputCounts))
        return HeadDesign(
            heads: MappedHeads(SlicedMap(widths: widths, outputCounts: widths), before: heads), plan: plan)
    }
}
