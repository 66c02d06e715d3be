import Foundation
import QMTL

/// What work on a device would take: the answer of `--dry-run`.
struct DryRun: Encodable {
    let report: HardwareReport
    /// The names of the tasks, by number.
    let names: [String]

    /// What `backend` was asked for so far.
    init(_ backend: IBMBackend, names: [String]) async {
        self.init(await backend.report, names: names)
    }

    init(_ report: HardwareReport, names: [String]) {
        self.report = report
        self.names = names
    }

    private enum CodingKeys: String, CodingKey {
        case device, circuits, tasks, executions
        case taskNames = "task_names"
        case seconds = "estimated_seconds"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(report.device, forKey: .device)
        try container.encode(report.circuits, forKey: .circuits)
        try container.encode(report.tasks, forKey: .tasks)
        try container.encode(names, forKey: .taskNames)
        try container.encode(report.executions, forKey: .executions)
        try container.encode(report.seconds, forKey: .seconds)
    }

    var text: String {
        var circuits = TextTable([
            .init("circuit", .right), .init("tasks", .right), .init("measures", .left),
            .init("qubits", .right), .init("depth", .right), .init("two-qubit gates", .right),
            .init("before", .right), .init("other gates", .right), .init("rows", .right),
            .init("shots", .right), .init("seconds", .right),
        ])
        for (index, circuit) in report.circuits.enumerated() {
            let twoQubit = ["cz", "ecr", "rzz"].reduce(0) { $0 + circuit.gates[$1, default: 0] }
            let all = circuit.gates.values.reduce(0, +)
            let settings = Set(circuit.settings).sorted().joined(separator: ", ")
            circuits.append([
                "\(index)", "\(circuit.tasks.count)", settings, "\(circuit.qubits)", "\(circuit.depth)",
                "\(twoQubit)", "\(circuit.plainTwoQubitGates)", "\(all - twoQubit)", "\(circuit.rows)",
                "\(circuit.shots)",
                String(format: "%.1f", Double(circuit.executions) * circuit.shotDuration * 1e-6),
            ])
        }
        var tasks = TextTable([
            .init("task", .left), .init("circuits", .right), .init("two-qubit gates", .right),
            .init("no error", .right),
        ])
        for task in report.tasks.sorted(by: { $0.task < $1.task }) {
            tasks.append([
                names.indices.contains(task.task) ? names[task.task] : "\(task.task)", "\(task.circuits)",
                "\(task.twoQubitGates)", String(format: "%.3f", task.fidelity),
            ])
        }
        return circuits.text() + "\n\n" + tasks.text()
            + """


            On \(report.device): \(report.executions) shots, about \(String(format: "%.0f", report.seconds)) s of the \
            device by its calibration, before what the service adds to each job. "no error" is the chance that no gate \
            and no readout of a task's outcome goes wrong. Nothing was submitted.
            """
    }
}
