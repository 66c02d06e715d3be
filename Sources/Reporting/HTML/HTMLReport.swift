import Circuits
import Diagnostics
import Experiments
import Training

/// Self-contained report pages: no network, no scripts, legible in light and dark, on phones and on paper.
public enum HTMLReport {
    /// The page of a run.
    /// - Parameters:
    ///   - result: what the run reports.
    ///   - history: its epochs in order; may be empty.
    ///   - configuration: the run's configuration as YAML.
    ///   - circuit: the quantum head's circuit; nil for classical heads.
    public static func run(
        result: RunResult, history: [EpochRecord], configuration: String, circuit: MultiTaskCircuit?
    ) -> ReportPage {
        let page = RunPage(result: result, history: history)
        return document(
            title: page.title, facts: page.facts, verdict: Verdict.sentences(result, history: history),
            sections: page.sections
                + closingSections(
                    configuration: configuration, circuit: circuit, taskNames: result.tasks.map(\.name)),
            version: result.version)
    }

    /// The page of a comparison of heads.
    /// - Parameters:
    ///   - comparison: what the comparison reports.
    ///   - runs: the runs behind it, in any order.
    ///   - histories: the epochs of each run, in the order of `runs`; a run may have none.
    ///   - configuration: the comparison's configuration as YAML.
    ///   - circuit: a quantum head's circuit; nil where all heads are classical.
    public static func comparison(
        _ comparison: HeadComparison, runs: [RunResult], histories: [[EpochRecord]], configuration: String,
        circuit: MultiTaskCircuit?
    ) -> ReportPage {
        precondition(histories.count == runs.count, "a comparison has one history per run")
        let page = ComparisonPage(comparison: comparison, runs: runs, histories: histories)
        return document(
            title: page.title, facts: page.facts, verdict: Verdict.sentences(comparison),
            sections: page.sections
                + closingSections(
                    configuration: configuration, circuit: circuit,
                    taskNames: comparison.heads.first?.tasks.map(\.name) ?? []),
            version: runs.first?.version)
    }

    /// The page of a sweep over numbers of tasks.
    ///
    /// `configuration` is the sweep's as YAML, `version` that of the program.
    public static func sweep(_ sweep: SweepResult, configuration: String, version: String?) -> ReportPage {
        let page = SweepPage(sweep: sweep)
        return document(
            title: page.title, facts: page.facts, verdict: SweepVerdict.sentences(sweep),
            sections: page.sections
                + closingSections(configuration: configuration, circuit: nil, taskNames: []),
            version: version)
    }

    /// The page of a diagnosis.
    public static func diagnosis(_ diagnosis: Diagnosis, version: String?) -> ReportPage {
        let page = DiagnosisPage(diagnosis: diagnosis)
        return document(
            title: page.title, facts: page.facts, verdict: DiagnosisVerdict.sentences(diagnosis),
            sections: page.sections, version: version)
    }

    /// The page of a run's scores under several kinds of noise or from several numbers of shots.
    public static func evaluation(_ sweep: NoiseSweep, version: String?) -> ReportPage {
        let page = EvaluationPage(sweep: sweep)
        return document(
            title: page.title, facts: page.facts, verdict: page.verdict, sections: page.sections,
            version: version)
    }

    /// A headed part of a page.
    static func section(_ title: String, _ content: [Markup]) -> [Markup] {
        content.isEmpty ? [] : [Markup("section", [:], [Markup("h2", [:], text: title)] + content)]
    }

    /// A picture with its heading and what it shows.
    static func figure(_ title: String, _ picture: Markup, caption: String) -> Markup {
        Markup(
            "figure", [:],
            [Markup("h3", [:], text: title), picture, Markup("figcaption", [:], text: caption)])
    }

    /// Pictures side by side where there is room.
    static func figures(_ figures: [Markup]) -> [Markup] {
        figures.isEmpty ? [] : [Markup("div", ["class": "figures"], figures)]
    }

    /// A remark in small print.
    static func note(_ text: String) -> Markup { Markup("p", ["class": "note"], text: text) }

    private static func closingSections(
        configuration: String, circuit: MultiTaskCircuit?, taskNames: [String]
    ) -> [Markup] {
        var sections: [Markup] = []
        if let circuit {
            let diagram = CircuitDiagram(circuit, taskNames: taskNames)
            let legend = """
                Blue boxes rotate by a feature of the sample (x), orange ones by a trained angle (θ); a line between two dots is a controlled-Z, a crossed circle a controlled-X. \(diagram.note)
                """
            sections += section(
                "Circuit",
                [Markup("div", ["class": "scroll", "tabindex": "0"], [diagram.figure]), note(legend)])
        }
        return sections + section("Configuration", [Markup("pre", [:], text: configuration)])
    }

    private static func document(
        title: String, facts: String, verdict: [String], sections: [Markup], version: String?
    ) -> ReportPage {
        let head = Markup(
            "head", [:],
            [
                Markup("meta", ["charset": "utf-8"]),
                Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                Markup("title", text: title), .styleSheet(StyleSheet.page),
            ])
        let header = Markup(
            "header", [:], [Markup("h1", text: title), Markup("p", ["class": "facts"], text: facts)])
        let words = Markup(
            "section", ["class": "verdict"], verdict.map { Markup("p", text: $0) })
        let footer = Markup("footer", ["class": "note"], text: "QMTL \(version ?? "")")
        let body = Markup("body", [:], [Markup("main", [:], [header, words] + sections + [footer])])
        return ReportPage(Markup("html", ["lang": "en"], [head, body]))
    }
}
