import Circuits

extension MultiTaskCircuit {
    /// The gates that the readouts of task `index` depend on.
    func coneGates(ofTask index: Int) -> [Gate] {
        let whole = circuit(ofTask: index)
        let task = tasks[index]
        let factors = task.observables.flatMap { $0.relabelled { task.register[$0] }.factors }
        let support = factors.reduce(into: [Int: Support]()) { support, factor in
            support[factor.qubit] = support[factor.qubit, default: .none].union(.axis(factor.pauli))
        }
        let cone = LightCone(of: whole, support: support, startsAtZero: true)
        return cone.gates.map { whole.gates[$0] }
    }

    /// Those gates as a circuit on the qubits they act on; angles keep their numbers.
    func cone(ofTask index: Int) -> Circuit {
        let gates = coneGates(ofTask: index)
        let qubits = Set(gates.flatMap(\.qubits)).sorted()
        let position = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        var cone = Circuit(
            qubitCount: qubits.count, parameterCount: parameterCount, featureCount: featureCount)
        for gate in gates { cone.appendUnchecked(gate.relabelled { position[$0]! }) }
        return cone
    }
}
