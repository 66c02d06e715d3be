import Circuits
import Execution
import LinearAlgebra
import Noise
import Transpilation

/// A plan's readouts as circuits of a device, each of which measures as many tasks as go together.
package struct DevicePlan: Sendable {
    package let circuits: [DeviceCircuit]
    let readoutCount: Int

    /// The circuits of `plan`; tasks that do not fit the device together, or not without swaps, are spread over several.
    ///
    /// Another circuit takes time, but swaps take the result: errors grow with two-qubit gates. Where even a task alone
    /// needs swaps, all are measured by one circuit with swaps.
    /// - Throws: `TranspilationError.tooManyQubits` where one task alone is too wide.
    package init(_ plan: ExecutionPlan, transpiler: Transpiler) throws(TranspilationError) {
        readoutCount = plan.circuit.readoutCount
        let packed = MeasuredTask.all(of: plan.circuit)
            .packed(capacity: transpiler.target.largestConnectedPart)
        var circuits: [DeviceCircuit] = []
        for tasks in packed {
            if let split = Self.withoutSwaps(plan.circuit, tasks[...], transpiler) {
                circuits += split
            } else if let whole = try DeviceCircuit(
                plan.circuit, measuring: tasks, transpile: transpiler.transpile)
            {
                circuits.append(whole)
            }
        }
        self.circuits = circuits
    }

    /// The tasks in circuits without swaps, halved until there are none; nil where one task alone needs some.
    private static func withoutSwaps(
        _ circuit: MultiTaskCircuit, _ tasks: ArraySlice<MeasuredTask>, _ transpiler: Transpiler
    ) -> [DeviceCircuit]? {
        let whole = try? DeviceCircuit(
            circuit, measuring: tasks, transpile: transpiler.transpileWithoutSwaps)
        if let whole { return [whole] }
        guard tasks.count > 1 else { return nil }
        let middle = tasks.startIndex + tasks.count / 2
        guard let first = withoutSwaps(circuit, tasks[..<middle], transpiler),
            let second = withoutSwaps(circuit, tasks[middle...], transpiler)
        else { return nil }
        return first + second
    }

    /// What is to be run for each circuit; rows of several batches follow each other.
    package func blocs(_ batches: [ParameterBatch], shots: Int) -> [SamplerBloc] {
        circuits.map { circuit in
            let rows = circuit.native.angleCount == 0 ? [[]] : batches.flatMap(circuit.rows)
            return SamplerBloc(circuit: circuit.text, values: rows, shots: shots)
        }
    }

    /// Estimates from the outcomes of every circuit, for `rowCount` rows.
    ///
    /// `calibration`: with it, known readout errors are taken out.
    /// - Throws: `IBMError.unreadableAnswer` where outcomes are missing.
    func estimates(
        _ outcomes: [[String: RegisterOutcomes]], rowCount: Int, correctingBy calibration: DeviceCalibration?
    ) throws(IBMError) -> MeasuredExpectations {
        let zeros = [[Double]](
            repeating: [Double](repeating: 0, count: readoutCount), count: rowCount)
        var result = MeasuredExpectations(values: zeros, standardErrors: zeros)
        for (circuit, outcomes) in zip(circuits, outcomes) {
            for register in circuit.registers {
                let rows = circuit.native.angleCount == 0 ? 1 : rowCount
                guard let bits = outcomes[register.name], bits.bitCount == register.qubits.count,
                    bits.sets == rows, bits.shots > 0
                else {
                    throw .unreadableAnswer(
                        call: "the results of the job",
                        problem: "the outcomes of register \(register.name) are missing or of another size")
                }
                let errors = calibration.map { calibration in
                    register.qubits.map { calibration.qubits[$0].readout }
                }
                for row in 0..<rowCount {
                    let found = bits.estimates(
                        register.measured.setting, set: min(row, rows - 1), correcting: errors)
                    for (observable, value, error) in found {
                        result.values[row][register.firstReadout + observable] = value
                        result.standardErrors[row][register.firstReadout + observable] = error
                    }
                }
            }
        }
        return result
    }
}

extension RegisterOutcomes {
    /// Mean and standard error of each observable of a setting that this register measures, for one parameter set.
    func estimates(
        _ setting: MeasurementSetting, set: Int, correcting errors: [ReadoutError?]?
    ) -> [(observable: Int, value: Double, error: Double)] {
        precondition(bitCount < 63, "a setting names its qubits by the bits of a number")
        let counts = (0..<shots).reduce(into: [Int: Int]()) { counts, shot in
            counts[Int(outcome(set: set, shot: shot).first!), default: 0] += 1
        }
        let shares = counts.sorted { $0.key < $1.key }.map {
            (offset: $0.key, element: Double($0.value) / Double(shots))
        }
        return setting.members.map { observable, mask in
            let (mean, variance) = setting.moments(shares, mask, correcting: errors)
            return (observable, mean, (variance / Double(shots)).squareRoot())
        }
    }
}
