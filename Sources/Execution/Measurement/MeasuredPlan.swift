import Circuits
import LinearAlgebra
import Noise

/// A plan's readouts as measurements: circuits that give the distribution of every measurement setting's outcomes.
struct MeasuredPlan {
    /// One measurement setting of a task.
    private struct TaskSetting {
        let setting: MeasurementSetting
        /// For every mask, the column of that product among the expanded readouts; none for the empty one.
        let columns: [Int]
        /// The readout errors of the measured qubits.
        let errors: [ReadoutError?]
        /// The column of the task's first readout.
        let firstReadout: Int
    }

    /// The plans to evaluate, one per strength of noise; each reads all products of all settings.
    let plans: [ExecutionPlan]
    let cost: MeasurementCost
    private let measurement: Measurement
    private let settings: [TaskSetting]
    private let readoutCount: Int

    init(_ plan: ExecutionPlan, _ measurement: Measurement) {
        self.measurement = measurement
        readoutCount = plan.circuit.readoutCount
        var settings: [TaskSetting] = []
        var tasks: [TaskCircuit] = []
        var columnCount = 0
        for (task, readouts) in zip(plan.circuit.tasks, plan.circuit.readouts) {
            var products: [PauliString] = []
            var columns: [PauliString: Int] = [:]
            for setting in MeasurementSetting.covering(task.observables) {
                let places = (0..<1 << setting.qubits.count).map { mask -> Int in
                    if mask == 0 { return -1 }
                    let product = setting.product(mask)
                    if let known = columns[product] { return known }
                    products.append(product)
                    columns[product] = columnCount + products.count - 1
                    return columnCount + products.count - 1
                }
                settings.append(
                    TaskSetting(
                        setting: setting, columns: places,
                        errors: setting.qubits.map { plan.noise?.readoutError(of: task.register[$0]) },
                        firstReadout: readouts.lowerBound))
            }
            columnCount += products.count
            do throws(CircuitError) {
                tasks.append(
                    try TaskCircuit(register: task.register, block: task.block, observables: products))
            } catch {
                preconditionFailure("products of observables fit their register: \(error)")
            }
        }
        self.settings = settings
        let circuit: MultiTaskCircuit
        do throws(CircuitError) {
            circuit = try MultiTaskCircuit(
                encoding: plan.circuit.encoding, stageCount: plan.circuit.stageCount, tasks: tasks)
        } catch {
            preconditionFailure("tasks that fit a circuit still do: \(error)")
        }
        let folds = measurement.extrapolation == nil ? [0] : Extrapolation.folds
        plans = folds.map { ExecutionPlan(circuit, noise: plan.noise, folds: plan.folds + $0) }
        let circuits = plan.circuit.measurementSettingCount
        cost = MeasurementCost(
            circuits: circuits * folds.count, shots: measurement.shots.map { $0 * circuits * folds.count },
            gateFactor: folds.reduce(0) { $0 + 2 * $1 + 1 })
    }

    /// Estimates from the expanded readouts `[samples x columns]` of every plan, with outcomes from a sampler per sample.
    func estimate(_ values: [Matrix], _ samplers: inout [ShotSampler]) -> MeasuredExpectations {
        var result = MeasuredExpectations(values: [], standardErrors: [])
        for row in samplers.indices {
            var estimates = [[Double]](repeating: [], count: readoutCount)
            var deviations = estimates
            for matrix in values {
                for setting in settings {
                    let probabilities = setting.setting.probabilities {
                        Double(matrix[row, setting.columns[$0]])
                    }
                    let shares =
                        measurement.shots.map { samplers[row].frequencies(probabilities, shots: $0) }
                        ?? probabilities
                    for (observable, mask) in setting.setting.members {
                        let (mean, variance) = setting.setting.moments(
                            shares.enumerated(), mask,
                            correcting: measurement.correctsReadout ? setting.errors : nil)
                        estimates[setting.firstReadout + observable].append(mean)
                        deviations[setting.firstReadout + observable].append(
                            measurement.shots.map { (variance / Double($0)).squareRoot() } ?? 0)
                    }
                }
            }
            result.values.append(estimates.map { measurement.extrapolation?.value($0) ?? $0[0] })
            result.standardErrors.append(
                zip(estimates, deviations).map {
                    measurement.extrapolation?.deviation($0, $1) ?? $1[0]
                })
        }
        return result
    }
}
