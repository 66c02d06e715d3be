extension SweepResult {
    /// A paired test of two heads at one number of tasks.
    public struct Test: Sendable, Equatable {
        /// The number of tasks.
        public let tasks: Int
        /// The test over seeds; its p-value is Holm-adjusted over the numbers of tasks of the pair.
        public let test: HeadComparison.PairedTest
    }

    /// The name by which tables and pictures call a head.
    public static func label(_ head: String, _ preset: String?) -> String {
        preset.map { "\(head):\($0)" } ?? head
    }

    /// The heads' names, each once, in the order of the rows.
    public var labels: [String] {
        rows.reduce(into: []) { labels, row in
            if !labels.contains(row.label) { labels.append(row.label) }
        }
    }

    /// The rows of the head called `label`, by number of tasks.
    public func rows(of label: String) -> [Row] {
        rows.filter { $0.label == label }.sorted { $0.tasks < $1.tasks }
    }

    /// Head `a` against head `b` at every number of tasks where both were run with the same two or more seeds.
    public func tests(_ a: String, against b: String) -> [Test] {
        let rivals = rows(of: b)
        let tests = rows(of: a).compactMap { row -> Test? in
            guard let rival = rivals.first(where: { $0.tasks == row.tasks }), row.seeds.count > 1,
                row.seeds == rival.seeds
            else { return nil }
            return Test(
                tasks: row.tasks,
                test: HeadComparison.PairedTest(
                    task: nil, a: a, b: b, row.scoreRuns, rival.scoreRuns, testShare: 0))
        }
        return zip(tests, holmAdjusted(tests.map(\.test.uncorrectedP))).map { entry, p in
            var test = entry.test
            test.p = p
            return Test(tasks: entry.tasks, test: test)
        }
    }
}

extension SweepResult.Row {
    /// The name by which tables and pictures call the head.
    public var label: String { SweepResult.label(head, preset) }

    /// Whether the head computes with a circuit.
    public var isQuantum: Bool { preset != nil || circuit != nil }
}
