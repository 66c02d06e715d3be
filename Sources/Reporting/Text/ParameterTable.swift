import Experiments
import Training

/// The size of one head for one number of tasks: a row of `qmtl params --json`.
public struct ParameterRow: Codable, Sendable, Equatable {
    /// The head's name.
    public var head: String
    /// The quantum head's preset; nil for classical heads.
    public var preset: String?
    /// The number of tasks.
    public var tasks: Int
    /// Parameter counts.
    public var parameters: RunResult.Parameters
    /// The circuit's size; nil for classical heads.
    public var circuit: RunResult.CircuitSize?

    /// A row.
    public init(
        head: String, preset: String?, tasks: Int, parameters: RunResult.Parameters,
        circuit: RunResult.CircuitSize? = nil
    ) {
        self.head = head
        self.preset = preset
        self.tasks = tasks
        self.parameters = parameters
        self.circuit = circuit
    }

    /// The head, with its preset where it has one: `quantum:paper`.
    var label: String { preset.map { "\(head):\($0)" } ?? head }
}

/// The table of `qmtl params`.
public enum ParameterTable {
    /// Counts row by row, then the exponent of each head's growth with the number of tasks.
    public static func text(_ rows: [ParameterRow], styled: Bool = true) -> String {
        var table = TextTable([
            .init("head", .left), .init("tasks", .right), .init("head params", .right),
            .init("interface", .right), .init("total", .right), .init("dead", .right),
            .init("qubits", .right),
            .init("depth", .right), .init("1q gates", .right), .init("2q gates", .right),
        ])
        for row in rows {
            let parameters = row.parameters
            let counts = [
                row.tasks, parameters.head, parameters.interface, parameters.total, parameters.dead,
            ]
            let circuit =
                row.circuit.map {
                    [$0.qubits, $0.depth, $0.oneQubitGates, $0.twoQubitGates].map(NumberText.count)
                }
                ?? ["", "", "", ""]
            table.append([row.label] + counts.map(NumberText.count) + circuit, emphasized: [2])
        }
        let growth = growthLines(rows)
        return ([table.text(styled: styled)] + (growth.isEmpty ? [] : [growth.joined(separator: "\n")]))
            .joined(separator: "\n\n")
    }

    private static func growthLines(_ rows: [ParameterRow]) -> [String] {
        var labels: [String] = []
        for row in rows where !labels.contains(row.label) { labels.append(row.label) }
        return labels.compactMap { label in
            let own = rows.filter { $0.label == label && $0.parameters.head > 0 }
            guard
                let fit = PowerLaw(x: own.map { Double($0.tasks) }, y: own.map { Double($0.parameters.head) })
            else { return nil }
            return "\(label): head parameters grow as T^\(NumberText.fixed(fit.exponent, 2))"
        }
    }
}
