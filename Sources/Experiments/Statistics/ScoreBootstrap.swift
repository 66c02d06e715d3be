import Datasets
import LinearAlgebra
import Randomness
import Synchronization
import Training

/// The bootstrap of a head's scores over test samples and seeds, which are resampled independently of each other.
///
/// Samples are drawn anew within each fold, for all tasks and seeds alike; a score is the mean over folds, then over seeds.
/// A few seeds drawn from themselves vary too little, so that their deviations are stretched to what Student's t asks for.
/// Sources: Owen, *The pigeonhole bootstrap* (Annals of Applied Statistics 1, 2007); Hesterberg, *What teachers should know
/// about the bootstrap* (American Statistician 69, 2015) on small samples.
public struct ScoreBootstrap: Sendable {
    /// One run of the head.
    public struct Run: Sendable {
        let seed: UInt64
        let fold: Int?
        let predictions: [TaskPredictions]

        /// The run with `seed` on `fold`, and what it predicts for the test samples, task by task.
        public init(seed: UInt64, fold: Int?, predictions: [TaskPredictions]) {
            self.seed = seed
            self.fold = fold
            self.predictions = predictions
        }
    }

    /// A run made ready.
    private struct Entry {
        let seed: Int
        let fold: Int
        let scores: [ResampledScore]
        /// For each task, the place of its samples among those of the fold.
        let places: [[Int]]
    }

    private let entries: [Entry]
    private let metrics: [Metric]
    private let seedCount: Int
    /// The number of test samples of each fold.
    private let sampleCounts: [Int]

    /// The bootstrap of the runs of one head, all on the same tasks; every seed has been run on every fold.
    public init(_ runs: [Run]) {
        precondition(!runs.isEmpty, "a bootstrap needs a run")
        let seeds = Self.distinct(runs.map(\.seed))
        let folds = Self.distinct(runs.map(\.fold))
        let samples = folds.map { fold in
            let all = Set(runs.filter { $0.fold == fold }.flatMap { $0.predictions.flatMap(\.samples) })
            return Dictionary(uniqueKeysWithValues: all.sorted().enumerated().map { ($1, $0) })
        }
        metrics = runs[0].predictions.map(\.task.metric)
        seedCount = seeds.count
        sampleCounts = samples.map(\.count)
        entries = runs.map { run in
            let fold = folds.firstIndex(of: run.fold)!
            return Entry(
                seed: seeds.firstIndex(of: run.seed)!, fold: fold,
                scores: run.predictions.map(ResampledScore.init),
                places: run.predictions.map { task in task.samples.map { samples[fold][$0]! } })
        }
    }

    /// The intervals of the score of each task and of their mean, in which errors count negative.
    ///
    /// Equal runs give equal intervals: the draws depend on `seed` alone, and are the same for every head on the same data.
    public func intervals(
        confidence: Double = 0.95, resamples: Int = 1000, seed: UInt64 = 0
    ) -> (tasks: [ConfidenceInterval], macro: ConfidenceInterval) {
        let stretch = Self.stretch(seedCount: seedCount, confidence: confidence)
        let drawn = Mutex([[Double]](repeating: [], count: resamples))
        ThreadTeam.allCores.forEach(resamples) { index, _ in
            var generator = Philox(seed: seed, purpose: .resampling, index: UInt32(index))
            let counts = sampleCounts.map { Self.counts(of: $0, using: &generator) }
            let seedCounts = Self.counts(of: seedCount, using: &generator)
            let scores = scores(counts, seedCounts: seedCounts, stretch: stretch)
            drawn.withLock { $0[index] = scores }
        }
        let outcomes = drawn.withLock { $0 }
        let intervals = (0...metrics.count).map { task -> ConfidenceInterval in
            let sorted = outcomes.map { $0[task] }.filter(\.isFinite).sorted()
            guard !sorted.isEmpty else { return ConfidenceInterval(lower: .nan, upper: .nan) }
            return ConfidenceInterval(
                lower: quantile((1 - confidence) / 2, ofSorted: sorted),
                upper: quantile((1 + confidence) / 2, ofSorted: sorted))
        }
        return (Array(intervals.dropLast()), intervals[metrics.count])
    }

    /// The scores of all tasks and their mean in one resample.
    private func scores(_ counts: [[Int]], seedCounts: [Int], stretch: Double) -> [Double] {
        // [task][seed], each the sum over folds.
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: seedCount), count: metrics.count + 1)
        for entry in entries {
            var macro = 0.0
            for (task, score) in entry.scores.enumerated() {
                let fold = counts[entry.fold]
                let value = score.score(counts: entry.places[task].map { fold[$0] })
                sums[task][entry.seed] += value
                macro += metrics[task].merit(value)
            }
            sums[metrics.count][entry.seed] += macro / Double(metrics.count)
        }
        return sums.map { sums in
            let scores = sums.map { $0 / Double(sampleCounts.count) }
            let resampled =
                zip(scores, seedCounts).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(seedCount)
            return scores.mean + stretch * (resampled - scores.mean)
        }
    }

    /// What deviations of a mean over so few seeds are multiplied by: the spread lost by drawing seeds from themselves, and
    /// Student's t over the normal distribution's quantile.
    static func stretch(seedCount: Int, confidence: Double) -> Double {
        guard seedCount > 1 else { return 1 }
        let count = Double(seedCount)
        let quantile = (1 + confidence) / 2
        // Student's t of so many degrees of freedom is normal to seven digits.
        let normal = StudentT(degreesOfFreedom: 1e7).quantile(quantile)
        return (count / (count - 1)).squareRoot() * StudentT(degreesOfFreedom: count - 1).quantile(quantile)
            / normal
    }

    /// How often each of `count` things is drawn in `count` draws.
    private static func counts(of count: Int, using generator: inout Philox) -> [Int] {
        var counts = [Int](repeating: 0, count: count)
        for _ in 0..<count {
            // The high half of the product is uniform but for 2^-32 times the count.
            counts[Int((UInt64(generator.nextWord()) * UInt64(count)) >> 32)] += 1
        }
        return counts
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}
