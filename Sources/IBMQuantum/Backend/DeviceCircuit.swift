import Circuits
import Execution
import LinearAlgebra
import Transpilation

/// A circuit in a device's gates that measures several tasks at once, for all samples and trainable angles.
package struct DeviceCircuit: Sendable {
    /// The bits of one task.
    package struct Register: Sendable {
        package let name: String
        package let measured: MeasuredTask
        /// The device's qubit behind each bit.
        package let qubits: [Int]
        /// The column of the task's first readout.
        package let firstReadout: Int
    }

    package let native: NativeCircuit
    package let registers: [Register]
    /// The circuit with its measurements as OpenQASM 3.
    package let text: String
    /// Two-qubit gates before the circuit was brought to the device.
    package let plainEntanglerCount: Int

    /// The circuit that measures `tasks`; nil where `transpile` gives none.
    ///
    /// Gates that none of them can see are left out before qubits are placed.
    init?(
        _ circuit: MultiTaskCircuit, measuring tasks: some Collection<MeasuredTask>,
        transpile: (Circuit) throws(TranspilationError) -> NativeCircuit?
    ) throws(TranspilationError) {
        let support = tasks.reduce(into: [Int: Support]()) { union, task in
            union.merge(task.support) { $0.union($1) }
        }
        let cone = LightCone(of: circuit.encoding, support: support, startsAtZero: true)
        let gates = cone.gates.map { circuit.encoding.gates[$0] } + tasks.flatMap(\.gates)
        let qubits = Set(gates.flatMap(\.qubits)).union(tasks.flatMap(\.qubits)).sorted()
        let position = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        var plain = Circuit(
            qubitCount: qubits.count, parameterCount: circuit.parameterCount,
            featureCount: circuit.featureCount)
        for gate in gates { plain.appendUnchecked(gate.relabelled { position[$0]! }) }
        guard let native = try transpile(plain) else { return nil }
        self.native = native
        plainEntanglerCount = gates.count { $0.qubits.count == 2 }
        registers = tasks.map { task in
            Register(
                name: "task\(task.task)", measured: task,
                qubits: task.qubits.map { native.finalLayout[position[$0]!] },
                firstReadout: circuit.readouts[task.task].lowerBound)
        }
        text = native.openQASM(measuring: registers.map { ($0.name, $0.qubits) })
    }

    /// The circuit's open angles at every sample, `[samples x angles]`; one row where there are none.
    package func rows(_ inputs: ParameterBatch) -> [[Double]] {
        if native.angleCount == 0 { return [[]] }
        let parameters = inputs.parameters.map(Double.init)
        return (0..<inputs.sampleCount).map { sample in
            native.angles(features: inputs.features.row(sample).map(Double.init), parameters: parameters)
                .map { $0.remainder(dividingBy: 2 * .pi) }
        }
    }
}
