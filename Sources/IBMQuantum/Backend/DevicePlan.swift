import Circuits
import Execution
import LinearAlgebra
import Noise
import Transpilation

/// A plan's readouts as circuits of a device, each of which measures as many tasks as go together.
package struct DevicePlan: Sendable {
    package let circuits: [DeviceCircuit]
    let readoutCount: Int

    /// The circuits of `plan`; tasks that do not fit the device together are spread over several.
    /// - Throws: `TranspilationError.tooManyQubits` where one task alone is too wide.
    package init(_ plan: ExecutionPlan, transpiler: Transpiler) throws(TranspilationError) {
        readoutCount = plan.circuit.readoutCount
        let packed = MeasuredTask.all(of: plan.circuit)
            .packed(capacity: transpiler.target.largestConnectedPart)
        var circuits: [DeviceCircuit] = []
        for tasks in packed {
            circuits.append(try DeviceCircuit(plan.circuit, measuring: tasks, transpiler: transpiler))
        }
        self.circuits = circuits
    }

    /// What is to be run for each circuit; rows of several batches follow each other.
    package func blocs(_ batches: [ParameterBatch], shots: Int) -> [SamplerBloc] {
        circuits.map { circuit in
            let rows = circuit.native.angleCount == 0 ? [[]] : batches.flatMap(circuit.rows)
            return SamplerBloc(circuit: circuit.text, values: rows, shots: shots)
        }
    }

    /// Estimates from the outcomes of every circuit, for `rowCount` rows.
    /// - Parameter calibration: With it, known readout errors are taken out.
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
