/// One trained circuit for all tasks, read by a dense classical head per task.
///
/// Features are angles of RY, one per qubit; each of `layers` layers rotates every qubit by RY and RZ and closes a ring of CX; Z
/// is read on every qubit.
/// Source: Phukan, Pal, Ekbal, *Hybrid quantum-classical neural network for multimodal multitask sarcasm, emotion, and
/// sentiment analysis* (IEEE Transactions on Computational Social Systems, 2024). Only its abstract is public: gates, layers
/// and the linear form of the heads are our reading; circuits there have 4 to 12 qubits.
public enum SharedCircuit {
    /// The number of qubits unless another is asked for.
    public static let defaultQubits = 8
    /// The number of layers unless another is asked for.
    public static let defaultLayers = 3

    /// The circuit; it has as many features and as many readouts as qubits.
    /// - Throws: `CircuitError.invalidSize`.
    public static func circuit(
        qubits: Int = defaultQubits, layers: Int = defaultLayers
    ) throws(CircuitError) -> MultiTaskCircuit {
        for (name, size) in [("qubits", qubits), ("layers", layers)] where size < 1 {
            throw .invalidSize(name: name, value: size)
        }
        let block = TaskBlock(
            layers: layers, axes: [.y, .z], entangler: Entangler(.ring, .controlledX), closing: []
        ).circuit(qubitCount: qubits)
        var circuit = Circuit(
            qubitCount: qubits, parameterCount: block.parameterCount, featureCount: qubits)
        circuit.rotateByFeatures(.y)
        circuit.append(block)
        return try MultiTaskCircuit(
            common: circuit, stageCount: 1, observables: (0..<qubits).map { .z($0) })
    }
}
