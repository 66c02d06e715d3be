import Datasets
import LinearAlgebra
import Randomness
import Training

/// Small sets whose tasks can be learnt.
enum SmallData {
    /// `count` samples of 4 features, uniform in `-1..<1`.
    static func features(count: Int, seed: UInt64) -> Matrix {
        var stream = Philox(seed: seed, purpose: .data)
        return Matrix(
            rows: count, columns: 4, elements: (0..<count * 4).map { _ in stream.uniform(in: -1..<1) })
    }

    /// Of four samples in a row two are for training, one for validation and one for testing.
    static func splits(count: Int) -> [Split] {
        (0..<count).map { [.train, .train, .validation, .test][$0 % 4] }
    }

    /// A binary, a three-class and a regression task, all simple functions of the features; some labels are missing.
    static func mixed(count: Int = 160, standardizes: Bool = true) -> Dataset {
        let features = features(count: count, seed: 11)
        var labels = Matrix(rows: count, columns: 3)
        for row in 0..<count {
            let sum = features[row, 0] + features[row, 1]
            labels[row, 0] = row % 7 == 0 ? .nan : sum > 0 ? 1 : 0
            labels[row, 1] = features[row, 2] < -0.3 ? 0 : features[row, 2] < 0.3 ? 1 : 2
            labels[row, 2] = 10 + 5 * features[row, 3]
        }
        return Dataset(
            name: "mixed",
            tasks: [
                LearningTask(name: "sign", kind: .binary, metric: .balancedAccuracy),
                LearningTask(name: "third", kind: .classes(3)),
                LearningTask(name: "value", kind: .regression, metric: .pearson),
            ],
            sources: [DataSource(features: features, labels: labels, splits: splits(count: count))],
            standardizes: standardizes)
    }

    /// Two binary tasks, each with samples of its own; features of the second are on another scale.
    static func separate(
        counts: [Int] = [80, 24], sampling: SourceSampling = .proportional
    ) -> Dataset {
        let sources = counts.enumerated().map { task, count in
            let features = features(count: count, seed: UInt64(20 + task))
            var labels = Matrix(rows: count, columns: 2, repeating: .nan)
            for row in 0..<count { labels[row, task] = features[row, task] > 0 ? 1 : 0 }
            return DataSource(
                features: features.map { task == 0 ? $0 : 100 * $0 + 7 }, labels: labels,
                splits: splits(count: count))
        }
        return Dataset(
            name: "separate",
            tasks: ["first", "second"].map { LearningTask(name: $0, kind: .binary) }, sources: sources,
            sampling: sampling)
    }
}
