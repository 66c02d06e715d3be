import ArgumentParser
import QMTL

/// Parameter and resource counts, from formulas and from the built model.
struct ParamsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "params", abstract: "Count parameters and circuit resources as tasks are added.",
        discussion: """
            Heads are built for every number of tasks and counted; a count that differs from the head's formula is an error. \
            The shared representation grows with the tasks (d = 3 sum_t q_t), so a dense head grows as T^2.
            """)

    @Option(help: ArgumentHelp("The preset of the quantum head.", valueName: "name")) var preset = Preset
        .paper
    @Option(help: ArgumentHelp("Numbers of tasks.", valueName: "T,T,..."))
    var tasks = List([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    @Option(help: ArgumentHelp("Heads; quantum is the one of --preset.", valueName: "name,name,..."))
    var heads = List(HeadKind.allCases.map { HeadChoice($0) })
    @Option(help: ArgumentHelp("Classes of every task; 2 for binary tasks.", valueName: "C")) var classes = 2
    @Option(help: ArgumentHelp("Features of the backbone, which the trunk reads.", valueName: "D"))
    var backbone = 64
    @Option(help: ArgumentHelp("How a quantum head is read out.", valueName: "kind"))
    var readout = ReadoutKind.scaled
    @Option(help: ArgumentHelp("Qubits of a shared encoding (default: the preset's).", valueName: "n"))
    var qubits: Int?
    @Option(help: ArgumentHelp("Qubits of a task's register (default: the preset's).", valueName: "q"))
    var register: Int?
    @Option(help: ArgumentHelp("Layers of a task's block (default: the preset's).", valueName: "m"))
    var layers: Int?
    @Option(
        help: ArgumentHelp("Rank of low-rank, cp, lora and vera heads (default: theirs).", valueName: "r"))
    var rank: Int?
    @Option(
        help: ArgumentHelp(
            "Hidden units of bottleneck and mlp heads, frequencies of random-features (default: theirs).",
            valueName: "k"))
    var width: Int?
    @Option(help: ArgumentHelp("Values of a hypernetwork's task embedding (default: 8).", valueName: "e"))
    var embedding: Int?
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        var scaling = ParameterScaling()
        scaling.backboneFeatures = backbone
        scaling.classes = classes
        scaling.head.readout = readout
        scaling.head.qubits = qubits
        scaling.head.register = register
        scaling.head.layers = layers
        scaling.head.rank = rank
        scaling.head.width = width
        scaling.head.embedding = embedding
        let backend = CPUBackend(threads: 1)  // counts only; nothing is computed
        var groups: [[ParameterScaling.Row]] = []
        for head in heads.elements {
            let head = head == HeadChoice(.quantum) ? HeadChoice(.quantum, preset: preset) : head
            groups.append(
                try tasks.elements.map { try scaling.row(head, taskCount: $0, backend: backend) })
        }
        let counts = ParameterCounts(groups)
        if let row = groups.joined().first(where: { !$0.agrees }) {
            throw CommandError.disagreement(
                head: row.head.name, tasks: row.tasks, counted: row.parameters.head + row.parameters.dead,
                formula: row.formula.text, expected: row.formula.count)
        }
        try output.console.answer(counts, text: counts.text(groups))
    }
}

/// The answer of `qmtl params --json`.
struct ParameterCounts: Encodable {
    /// How a head's parameters grow with the number of tasks.
    struct Exponent: Encodable {
        let head: String
        let preset: String?
        let formula: String
        let exponent: Double
        let ci95: [Double]?
    }

    let rows: [ParameterRow]
    let exponents: [Exponent]

    init(_ groups: [[ParameterScaling.Row]]) {
        rows = groups.joined().map { row in
            ParameterRow(
                head: row.head.kind.rawValue, preset: row.head.preset?.name, tasks: row.tasks,
                parameters: row.parameters,
                circuit: row.circuit.map { RunResult.CircuitSize($0) })
        }
        exponents = groups.compactMap { group in
            guard let first = group.first, let law = ParameterScaling.growth(of: group) else { return nil }
            return Exponent(
                head: first.head.kind.rawValue, preset: first.head.preset?.name, formula: first.formula.text,
                exponent: law.exponent, ci95: law.exponentInterval.map { [$0.lower, $0.upper] })
        }
    }

    func text(_ groups: [[ParameterScaling.Row]]) -> String {
        let formulas = groups.compactMap(\.first).map { "\($0.head.name): \($0.formula.text)" }
        return ParameterTable.text(rows) + "\n\nFormulas, all equal to what was counted:\n"
            + formulas.joined(separator: "\n")
    }
}
