import Reporting
import Testing

struct TextTableTests {
    @Test func alignsTextLeftAndNumbersRight() {
        var table = TextTable([.init("head", .left), .init("count", .right), .init("note", .left)])
        table.append(["quantum", "9", "a"], emphasized: [1])
        table.append(["linear", "1,230", ""])
        #expect(
            table.text(styled: false) == """
                head     count  note
                ───────  ─────  ────
                quantum      9  a
                linear   1,230\("  ")
                """)
    }

    @Test(arguments: [
        (0.9534, "0.953"), (-0.0001, "0.000"), (-0.5, "-0.500"), (.nan, "n/a"), (.infinity, "inf"),
    ])
    func fixedNumbers(_ value: Double, _ expected: String) {
        #expect(NumberText.fixed(value) == expected)
    }

    @Test(arguments: [(0.004, "+0.004"), (-0.031, "−0.031"), (0.0001, "0.000"), (-0.0001, "0.000")])
    func signedNumbers(_ value: Double, _ expected: String) {
        #expect(NumberText.signed(value) == expected)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_005, "1,234,005"), (-4_096, "-4,096")])
    func counts(_ value: Int, _ expected: String) {
        #expect(NumberText.count(value) == expected)
    }

    @Test(arguments: [
        (0.00312, "3.1 ms"), (0.42, "0.42 s"), (9.996, "10.0 s"), (99.97, "1 min 40 s"), (245, "4 min 05 s"),
        (3599.6, "1 h 00 min"), (7800, "2 h 10 min"),
    ])
    func durations(_ seconds: Double, _ expected: String) {
        #expect(NumberText.duration(seconds) == expected)
    }

    @Test(arguments: [(7.94, "7.9"), (0.125, "0.12"), (99.4, "99"), (384.4, "384"), (1024.0, "1,024")])
    func ratios(value: Double, expected: String) {
        #expect(NumberText.ratio(value) == expected)
    }

    @Test func words() {
        #expect(NumberText.list(["a", "b", "c"]) == "a, b and c")
        #expect(NumberText.list([]) == "")
        #expect(NumberText.plural(1, "seed") == "1 seed" && NumberText.plural(3, "seed") == "3 seeds")
        #expect(NumberText.pValue(0.0004) == "p < 0.001" && NumberText.pValue(0.0432) == "p = 0.043")
    }

    @Test func comparisonShowsEveryHeadAndTask() throws {
        let text = ComparisonTable.text(try SampleResults.comparison(), styled: false)
        for name in SampleResults.heads.map(\.name) + SampleResults.taskNames {
            #expect(text.contains(name))
        }
        #expect(text.contains("p (Holm)"))
        let single = ComparisonTable.text(try SampleResults.comparison(seeds: [1]), styled: false)
        #expect(single.contains("no test is made") && !single.contains("p (Holm)"))
    }

    @Test func parametersShowTheirGrowth() {
        let rows = [2, 4, 8].map { tasks in
            ParameterRow(
                head: "linear", preset: nil, tasks: tasks,
                parameters: .init(head: 3 * tasks * tasks, interface: tasks))
        }
        #expect(ParameterTable.text(rows, styled: false).hasSuffix("linear: head parameters grow as T^2.00"))
    }
}
