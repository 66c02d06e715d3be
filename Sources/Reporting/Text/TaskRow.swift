import Datasets
import Experiments

/// Which of several scores is best.
enum Ranking {
    /// The positions of the best finite value; several where they tie.
    static func best(_ values: [Double], largerIsBetter: Bool) -> Set<Int> {
        let finite = values.filter(\.isFinite)
        guard values.count > 1, let best = largerIsBetter ? finite.max() : finite.min() else { return [] }
        return Set(values.indices.filter { values[$0] == best })
    }

    /// Whether a larger score of the metric called `name` is better.
    static func largerIsBetter(metric name: String) -> Bool { name != Metric.rmse.rawValue }
}

/// One task of a comparison under every head.
struct TaskRow {
    let name: String
    let metric: String
    /// The test score under each head.
    let scores: [HeadComparison.Summary]
    /// The positions of the best means; empty where there is nothing to compare.
    let best: Set<Int>

    static func all(of comparison: HeadComparison) -> [TaskRow] {
        guard let first = comparison.heads.first else { return [] }
        return first.tasks.indices.map { index in
            let scores = comparison.heads.map(\.tasks[index].test)
            let metric = first.tasks[index].metric
            return TaskRow(
                name: first.tasks[index].name, metric: metric, scores: scores,
                best: Ranking.best(
                    scores.map(\.mean), largerIsBetter: Ranking.largerIsBetter(metric: metric)))
        }
    }
}
