extension MultiTaskCircuit {
    /// The encoding followed by one task's block, as a device runs it, on all qubits.
    ///
    /// Trainable angles keep their numbers among `parameterCount`, so one list of angles binds every task's circuit.
    public func circuit(ofTask index: Int) -> Circuit {
        var circuit = encodingWithAllParameters
        append(blockOf: index, to: &circuit)
        return circuit
    }

    /// The encoding followed by every task's block; nil where tasks share qubits and need a circuit each.
    public var wholeCircuit: Circuit? {
        guard hasDisjointRegisters else { return nil }
        var circuit = encodingWithAllParameters
        for index in tasks.indices { append(blockOf: index, to: &circuit) }
        return circuit
    }

    private var encodingWithAllParameters: Circuit {
        var circuit = Circuit(
            qubitCount: encoding.qubitCount, parameterCount: parameterCount, featureCount: featureCount)
        for gate in encoding.gates { circuit.appendUnchecked(gate) }
        return circuit
    }

    private func append(blockOf index: Int, to circuit: inout Circuit) {
        let task = tasks[index]
        let offset = blockParameters[index].lowerBound
        for gate in task.block.gates {
            circuit.appendUnchecked(
                gate.relabelled { task.register[$0] }.replacingAngle { $0.shifted(parameters: offset) })
        }
    }
}
