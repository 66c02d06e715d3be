import Experiments

extension ComparisonPage {
    /// More pairs than this are shown as a matrix first.
    private static let openPairLimit = 15

    /// Which differences between heads are more than chance.
    var tests: [Markup] {
        guard !comparison.tests.isEmpty else { return [] }
        let note = HTMLReport.note(
            """
            \(comparison.method.tests) Significant below \(NumberText.fixed(Verdict.significanceLevel, 2)). Intervals of \
            differences are 95% and of one pair alone; d_z is the difference in standard deviations of the paired differences, \
            delta is Cliff's, 1 where every score of the first lies above all of the second.
            """)
        guard comparison.tests.count > Self.openPairLimit else {
            return [pairs(comparison.tests).markup, note] + foils
        }
        let primary = comparison.tests.filter { $0.family == .primary }
        let opening =
            primary.isEmpty
            ? []
            : [
                Markup("h3", [:], text: "Primary pairs"), pairs(primary).markup,
                Markup("h3", [:], text: "All pairs, the others exploratory"),
            ]
        return opening + [
            HTMLReport.figure("Macro test score, pair by pair", matrix.svg, caption: PairMatrixPlot.caption),
            Markup(
                "details", [:],
                [
                    Markup("summary", text: "All \(NumberText.count(comparison.tests.count)) pairs"),
                    pairs(comparison.tests).markup,
                ]), note,
        ] + foils
    }

    private func pairs(_ tests: [HeadComparison.PairedTest]) -> HTMLTable {
        let hasFamilies = Set(tests.map(\.family)).count > 1
        let hasTasks = !comparison.taskTests.isEmpty
        var table = HTMLTable(
            columns: ["pair", "difference", "95% interval", "p (Holm)", "p alone", "d_z", "delta"]
                + (hasTasks ? ["tasks won", "tasks lost"] : []) + (hasFamilies ? ["family"] : []))
        for test in tests {
            let wins = comparison.significantTasks(test)
            table.append(
                [
                    .init(text: "\(test.a) − \(test.b)"), .init(text: NumberText.signed(test.effect)),
                    .init(text: test.ci95.map { NumberText.interval($0, signed: true) } ?? "–"),
                    .init(text: Self.number(test.p), isBest: test.p < Verdict.significanceLevel),
                    .init(text: Self.number(test.uncorrectedP)),
                    .init(text: test.effectSize.map { NumberText.signed($0, 1) } ?? "–"),
                    .init(text: NumberText.signed(test.cliffsDelta, 2)),
                ] + (hasTasks ? [.init(text: "\(wins.a)"), .init(text: "\(wins.b)")] : [])
                    + (hasFamilies ? [.init(text: test.family?.rawValue ?? "–")] : []))
        }
        return table
    }

    private static func number(_ p: Double) -> String { p < 0.001 ? "< 0.001" : NumberText.fixed(p) }

    private var matrix: PairMatrixPlot {
        let names = labels
        var standings = [[PairMatrixPlot.Standing?]](
            repeating: [PairMatrixPlot.Standing?](repeating: nil, count: names.count), count: names.count)
        for test in comparison.tests {
            guard let a = names.firstIndex(of: test.a), let b = names.firstIndex(of: test.b) else { continue }
            for (row, column, sign) in [(a, b, 1.0), (b, a, -1.0)] {
                standings[row][column] = .init(
                    difference: sign * test.effect, isSignificant: test.p < Verdict.significanceLevel,
                    tooltip: """
                        \(names[row]) − \(names[column]): \(NumberText.signed(sign * test.effect)), \
                        \(NumberText.pValue(test.p))
                        """)
            }
        }
        return PairMatrixPlot(title: "Paired tests of all heads", names: names, standings: standings)
    }

    /// Each quantum head against the heads that tell whether its circuit helps, task by task.
    private var foils: [Markup] {
        let quantum = Set(zip(labels, comparison.heads).filter { $0.1.isQuantum }.map(\.0))
        let foils = Set(
            zip(labels, comparison.heads).filter { ["linear", "sliced"].contains($0.1.head) }.map(\.0))
        let told = comparison.taskTests.filter {
            quantum.contains($0.a) && foils.contains($0.b) || foils.contains($0.a) && quantum.contains($0.b)
        }
        let taskNames = (comparison.heads.first?.tasks ?? []).map(\.name)
        guard !told.isEmpty, taskNames.count <= Self.openTaskLimit else { return [] }
        var columns: [String] = []
        var cells: [String: [String: HTMLTable.Cell]] = [:]
        for test in told {
            let isTurned = foils.contains(test.a)
            let column = isTurned ? "\(test.b) − \(test.a)" : "\(test.a) − \(test.b)"
            if !columns.contains(column) { columns.append(column) }
            cells[test.task ?? "", default: [:]][column] = .init(
                text: NumberText.signed(isTurned ? -test.effect : test.effect),
                detail: NumberText.pValue(test.p), isBest: test.p < Verdict.significanceLevel)
        }
        var table = HTMLTable(columns: ["task"] + columns)
        for task in taskNames { table.append([.init(text: task)] + columns.map { cells[task]?[$0] ?? "–" }) }
        return [
            Markup("h3", [:], text: "Quantum heads against linear and sliced, task by task"), table.markup,
            HTMLReport.note(
                "Differences of means; p is Holm-adjusted over the tasks of a pair; bold is significant."),
        ]
    }
}
