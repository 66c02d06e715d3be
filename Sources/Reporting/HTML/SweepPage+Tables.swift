import Experiments

extension SweepPage {
    /// Differences of each quantum head to every other one, at each number of tasks.
    var tests: [Markup] {
        let quantum = sweep.labels.filter { sweep.rows(of: $0).contains(where: \.isQuantum) }
        let markup = quantum.enumerated().flatMap { index, label -> [Markup] in
            let rivals = sweep.labels.filter { rival in
                rival != label && !quantum[..<index].contains(rival)
            }.map { (name: $0, tests: sweep.tests(label, against: $0)) }.filter { !$0.tests.isEmpty }
            guard !rivals.isEmpty else { return [] }
            var table = HTMLTable(columns: ["tasks"] + rivals.map { "\(label) − \($0.name)" })
            for count in Set(rivals.flatMap { $0.tests.map(\.tasks) }).sorted() {
                table.append(
                    [.init(text: NumberText.count(count))]
                        + rivals.map { rival in
                            guard let test = rival.tests.first(where: { $0.tasks == count })?.test else {
                                return "–"
                            }
                            return .init(
                                text: NumberText.signed(test.effect), detail: NumberText.pValue(test.p),
                                isBest: test.p < Verdict.significanceLevel)
                        })
            }
            return [table.markup]
        }
        guard !markup.isEmpty else { return [] }
        return markup + [
            HTMLReport.note(
                """
                Differences of macro test scores; paired t-tests over the seeds of one number of tasks, Holm-adjusted over the \
                numbers of tasks of a pair; bold is significant below \(NumberText.fixed(Verdict.significanceLevel, 2)).
                """)
        ]
    }

    /// Everything that grows, row by row.
    var resources: [Markup] {
        var table = HTMLTable(columns: [
            "head", "tasks", "head params", "interface", "total", "dead", "qubits", "depth", "1q gates",
            "2q gates", "settings", "circuit FLOP a step", "step", "memory", "launches",
        ])
        for label in sweep.labels {
            for row in sweep.rows(of: label) {
                let parameters = row.parameters
                let counts: [Int?] = [
                    row.tasks, parameters.head, parameters.interface, parameters.total, parameters.dead,
                    row.circuit?.qubits, row.circuit?.depth, row.circuit?.oneQubitGates,
                    row.circuit?.twoQubitGates, row.measurementSettings,
                ]
                table.append(
                    [.init(text: label)] + counts.map { .init(text: $0.map(NumberText.count) ?? "–") }
                        + [
                            .init(text: row.circuitOperations.map { NumberText.significant($0, 3) } ?? "–"),
                            .init(text: row.secondsPerStep.map(NumberText.duration) ?? "–"),
                            .init(text: row.memoryMB.map { "\(NumberText.fixed($0, 0)) MB" } ?? "–"),
                            .init(text: row.launchesPerStep.map(NumberText.count) ?? "–"),
                        ])
            }
        }
        return [
            Markup(
                "details", [:],
                [
                    Markup("summary", text: "All \(NumberText.count(table.rows.count)) rows"), table.markup,
                    HTMLReport.note(
                        """
                        A quantum head reads all its tasks from one circuit per sample where every task has qubits of its own. \
                        An expectation value measured with N shots has a standard error of at most 1/sqrt(N): 10,000 shots for \
                        0.01. Settings: circuits that a sample needs on a device, one per set of operators that are measured \
                        together. Circuit FLOP: floating-point operations that the circuits' values and gradients take in a \
                        training step of \(NumberText.plural(sweep.batch, "sample")), trunk and read-out layers not counted.
                        """),
                ])
        ]
    }
}
