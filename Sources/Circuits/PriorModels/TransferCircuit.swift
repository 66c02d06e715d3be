/// A separate classifier per task on amplitude-encoded features: nothing of it is shared.
///
/// Each task's circuit prepares the state whose amplitudes are the sample's (`AmplitudeEncoding`, whose angles are the features
/// here) and goes on with strongly entangling layers (`BlockTemplate.stronglyEntangling`).
/// Sources: Buonaiuto, Guarasci, De Pietro, Esposito, *Multilingual multi-task quantum transfer learning* (2025) and *Quantum
/// transfer learning for acceptability judgements* (arXiv:2401.07777), with 10 qubits and 1, 3 or 6 layers. The readout is
/// our reading.
public enum TransferCircuit {
    /// The number of layers unless another is asked for.
    public static let defaultLayers = 3

    /// The amplitudes that no feature fills, before the division by the norm, as in the original.
    public static let padding = 0.01

    /// The number of qubits: `qubits`, or the fewest with an amplitude for each of `valueCount` and the tasks' readouts.
    public static func qubitCount(valueCount: Int, outputs: [Int], qubits: Int?) -> Int {
        if let qubits { return qubits }
        var count = outputs.reduce(1) { max($0, Observables.registerSize(outputCount: $1)) }
        while 1 << count < valueCount { count += 1 }
        return count
    }

    /// The circuits of tasks with `outputs[t]` outputs behind `preparation`.
    /// - Throws: `CircuitError.invalidSize`; `.tooFewQubits` when a task has more readouts than they serve.
    public static func circuit(
        outputs: [Int], preparation: AmplitudeEncoding, layers: Int = defaultLayers
    ) throws(CircuitError) -> MultiTaskCircuit {
        let qubits = preparation.qubitCount
        for (name, size) in [("layers", layers), ("the number of tasks", outputs.count)] where size < 1 {
            throw .invalidSize(name: name, value: size)
        }
        let observables = try Observables.expectations.lists(outputs: outputs, qubits: qubits)
        var template = BlockTemplate.stronglyEntangling.block
        template.layers = layers
        let (encoding, block) = (preparation.circuit, template.circuit(qubitCount: qubits))
        let circuits = outputs.indices.map { task in
            var circuit = Circuit(
                qubitCount: qubits, parameterCount: block.parameterCount * outputs.count,
                featureCount: encoding.featureCount)
            circuit.append(encoding)
            circuit.append(block, firstParameter: task * block.parameterCount)
            return circuit
        }
        return try MultiTaskCircuit(sideBySide: circuits, stageCount: 1, observables: observables)
    }
}
