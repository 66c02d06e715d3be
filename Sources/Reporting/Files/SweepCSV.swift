import Experiments

/// A sweep as CSV (RFC 4180): one row per head and number of tasks.
public enum SweepCSV {
    private static let header = [
        "dataset", "head", "preset", "tasks", "head_parameters", "interface_parameters", "total_parameters",
        "dead_parameters", "qubits", "depth", "one_qubit_gates", "two_qubit_gates", "measurement_settings",
        "circuit_flops_per_step", "seconds_per_step", "memory_mb", "launches_per_step", "mean", "std",
        "ci95_lower", "ci95_upper", "seeds",
    ]

    /// The table, its header first; numbers in their shortest exact form, unknown ones empty.
    public static func text(_ sweep: SweepResult) -> String {
        func number(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "" }
        let rows = sweep.rows.map { row in
            let (parameters, circuit, score) = (row.parameters, row.circuit, row.score)
            return [sweep.dataset, row.head, row.preset ?? ""]
                + [
                    row.tasks, parameters.head, parameters.interface, parameters.total, parameters.dead,
                    circuit?.qubits, circuit?.depth, circuit?.oneQubitGates, circuit?.twoQubitGates,
                    row.measurementSettings,
                ].map { number($0) }
                + [number(row.circuitOperations)]
                + [number(row.secondsPerStep), number(row.memoryMB), number(row.launchesPerStep)]
                + [score?.mean, score?.std, score?.ci95[0], score?.ci95[1]].map { number($0) }
                + ["\(row.seeds.count)"]
        }
        return ([header] + rows).map(CSVRow.text).joined()
    }
}
