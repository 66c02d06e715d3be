/// What a piece of work takes of a device: circuits, shots, time, and the error to expect.
public struct HardwareReport: Sendable, Equatable, Codable {
    /// One circuit with all rows of angles it is run at.
    public struct Circuit: Sendable, Equatable, Codable {
        /// The tasks measured by it, by number.
        public let tasks: [Int]
        /// What is measured of each of them, on the qubits of its register.
        public let settings: [String]
        /// The device's qubits in use.
        public let qubits: Int
        /// Steps of gates that take time, the measurement left out: rotations about Z take none.
        public let depth: Int
        /// The number of gates by name.
        public let gates: [String: Int]
        /// Two-qubit gates before the circuit was brought to the device; those beyond it swap qubits.
        public let plainTwoQubitGates: Int
        /// Angles of a row.
        public let angles: Int
        /// Rows of angles: samples, and their shifted copies where gradients are found.
        public internal(set) var rows: Int
        /// Shots of each row.
        public let shots: Int
        /// Microseconds of one shot, by the calibration, with the pause before the next.
        public let shotDuration: Double

        /// Shots of all rows.
        public var executions: Int { rows * shots }

        private enum CodingKeys: String, CodingKey {
            case tasks, settings, qubits, depth, gates, angles, rows, shots
            case plainTwoQubitGates = "plain_two_qubit_gates"
            case shotDuration = "shot_duration_us"
        }
    }

    /// How well one task's outcome is to be expected.
    public struct Task: Sendable, Equatable, Codable {
        /// The task's number.
        public let task: Int
        /// Circuits that measure it.
        public internal(set) var circuits: Int
        /// Two-qubit gates that its worst measured outcome depends on.
        public internal(set) var twoQubitGates: Int
        /// The chance that no gate and no readout of that outcome goes wrong, by the calibration.
        public internal(set) var fidelity: Double

        private enum CodingKeys: String, CodingKey {
            case task, circuits, fidelity
            case twoQubitGates = "two_qubit_gates"
        }
    }

    /// The device's name.
    public let device: String
    /// The circuits, in the order in which they were first needed.
    public internal(set) var circuits: [Circuit] = []
    /// The tasks.
    public internal(set) var tasks: [Task] = []

    /// Shots of all circuits and rows.
    public var executions: Int { circuits.reduce(0) { $0 + $1.executions } }

    /// The report where what came after `earlier`, a report of the same backend, comes `times` times.
    public func repeating(since earlier: HardwareReport, times: Int) -> HardwareReport {
        var report = self
        for (index, circuit) in circuits.enumerated() {
            let before = earlier.circuits.indices.contains(index) ? earlier.circuits[index].rows : 0
            report.circuits[index].rows = before + times * (circuit.rows - before)
        }
        return report
    }

    /// Seconds of the device that all of it takes, by the calibration; what the service adds to a job is not in it.
    public var seconds: Double {
        circuits.reduce(0) { $0 + Double($1.executions) * $1.shotDuration * 1e-6 }
    }
}
