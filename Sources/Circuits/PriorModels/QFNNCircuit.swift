/// The circuit of the quantum fuzzy neural network: three qubits per task, no trainable gate.
///
/// Features `3 t ... 3 t + 2` are angles of RX on task `t`'s own qubits, a ring of CX follows, and Z is read on each. What is
/// trained lies before and behind it: a linear map of three values to the three angles, and one of the three expectation
/// values to the task's outputs.
/// Source: Tiwari, Zhang, Qu, Muhammad, *Quantum Fuzzy Neural Network for multimodal sentiment and sarcasm detection*
/// (Information Fusion 103, 2024; online 2023), which has two tasks; three qubits for each further task are our reading.
public enum QFNNCircuit {
    /// Qubits, and features, of a task.
    public static let qubitsPerTask = 3

    /// The circuit of `taskCount` tasks, three readouts each.
    /// - Throws: `CircuitError.invalidSize` without tasks.
    public static func circuit(taskCount: Int) throws(CircuitError) -> MultiTaskCircuit {
        guard taskCount > 0 else { throw .invalidSize(name: "the number of tasks", value: taskCount) }
        let width = qubitsPerTask
        let circuits = (0..<taskCount).map { task in
            var circuit = Circuit(qubitCount: width, featureCount: width * taskCount)
            circuit.rotateByFeatures(.x, from: width * task)
            for gate in Entangler(.ring, .controlledX).gates(count: width) { circuit.appendUnchecked(gate) }
            return circuit
        }
        return try MultiTaskCircuit(
            sideBySide: circuits, stageCount: 1,
            observables: circuits.map { _ in (0..<width).map { .z($0) } })
    }
}
