/// The share-and-specify ansatz: layers of a block that all tasks share and one that the task's label switches on.
///
/// Every layer has RY and RZ on every qubit and a ring of CX, twice: with angles shared by all tasks, then with the task's
/// own. The original controls the second block by the state of `ceil(log2 T)` label qubits. A label is one basis state per
/// task and stays so, hence what a task's data qubits do is a plain circuit, and that is what is built: a device needs one
/// circuit per task, or the label qubits with controlled gates.
/// Source: Mourya, Leipold, Adhikari, *Contextual quantum neural networks for stock price prediction* (arXiv:2503.01884). Its
/// data are basis states of price movements; features as angles of RX, read out as the other heads here, are our reading.
public enum ShareAndSpecifyCircuit {
    /// The number of data qubits unless another is asked for or a task's readouts need more.
    public static let defaultQubits = 8
    /// The number of layers unless another is asked for, as in the original.
    public static let defaultLayers = 4

    /// The number of data qubits: `qubits`, or the default; without a number enough for the readouts of every task.
    public static func qubitCount(outputs: [Int], qubits: Int?) -> Int {
        qubits ?? outputs.reduce(defaultQubits) { max($0, Observables.registerSize(outputCount: $1)) }
    }

    /// The circuit of tasks with `outputs[t]` outputs; it has as many features as data qubits.
    ///
    /// The shared angles come first, then each task's.
    /// - Throws: `CircuitError.invalidSize`; `.tooFewQubits` when a task has more readouts than they serve.
    public static func circuit(
        outputs: [Int], qubits: Int? = nil, layers: Int = defaultLayers
    ) throws(CircuitError) -> MultiTaskCircuit {
        let width = qubitCount(outputs: outputs, qubits: qubits)
        for (name, size) in [("qubits", width), ("layers", layers), ("the number of tasks", outputs.count)]
        where size < 1 {
            throw .invalidSize(name: name, value: size)
        }
        let observables = try Observables.expectations.lists(outputs: outputs, qubits: width)
        let layer = TaskBlock(
            layers: 1, axes: [.y, .z], entangler: Entangler(.ring, .controlledX), closing: []
        ).circuit(qubitCount: width)
        let own = layers * layer.parameterCount
        let circuits = outputs.indices.map { task in
            var circuit = Circuit(
                qubitCount: width, parameterCount: own * (outputs.count + 1), featureCount: width)
            circuit.rotateByFeatures(.x)
            for index in 0..<layers {
                let offset = index * layer.parameterCount
                circuit.append(layer, firstParameter: offset)
                circuit.append(layer, firstParameter: own * (task + 1) + offset)
            }
            return circuit
        }
        return try MultiTaskCircuit(sideBySide: circuits, stageCount: 1, observables: observables)
    }
}
