import Experiments

extension HeadComparison {
    /// How many tasks either head of a pair is significantly better on, after Holm's correction over the pair's tasks.
    func significantTasks(_ pair: PairedTest) -> (a: Int, b: Int) {
        var counts = (a: 0, b: 0)
        let metrics = Dictionary(
            (heads.first?.tasks ?? []).map { ($0.name, $0.metric) }, uniquingKeysWith: { first, _ in first })
        for test in taskTests
        where test.a == pair.a && test.b == pair.b && test.p < Verdict.significanceLevel {
            let larger = Ranking.largerIsBetter(metric: metrics[test.task ?? ""] ?? "")
            if (test.effect > 0) == larger { counts.a += 1 } else { counts.b += 1 }
        }
        return counts
    }
}
