/// One circuit in a device's instructions with the angles to run it at: a "primitive unified bloc" (PUB).
public struct SamplerBloc: Sendable, Equatable {
    /// OpenQASM 3 on hardware qubits `$n`, every measured bit in a register declared `bit[n] name;`.
    public var circuit: String
    /// The inputs of each run, `[sets x inputs]`, inputs in the order of their sorted names; one empty row without inputs.
    public var values: [[Double]]
    /// How often each parameter set is run.
    public var shots: Int

    /// A circuit with its inputs.
    public init(circuit: String, values: [[Double]] = [[]], shots: Int) {
        precondition(!values.isEmpty && values.allSatisfy { $0.count == values[0].count })
        precondition(values[0].isEmpty ? values.count == 1 : values.joined().allSatisfy(\.isFinite))
        precondition(shots > 0)
        self.circuit = circuit
        self.values = values
        self.shots = shots
    }

    /// Runs of the circuit that a service counts: parameter sets times shots.
    public var executions: Int { values.count * shots }
}
