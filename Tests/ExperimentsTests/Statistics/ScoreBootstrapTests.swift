import Datasets
import Experiments
import Randomness
import Testing
import Training

/// A binary task whose samples are right where `isRight` says so; labels alternate.
private func predictions(_ isRight: [Bool], first: Int = 0, name: String = "t") -> TaskPredictions {
    let labels = isRight.indices.map { Float($0 % 2) }
    return TaskPredictions(
        task: LearningTask(name: name, kind: .binary), samples: isRight.indices.map { first + $0 },
        labels: labels, values: zip(labels, isRight).map { $1 ? $0 : 1 - $0 }, losses: labels)
}

private func run(_ seed: UInt64, fold: Int? = nil, _ tasks: [TaskPredictions]) -> ScoreBootstrap.Run {
    ScoreBootstrap.Run(seed: seed, fold: fold, predictions: tasks)
}

struct ScoreBootstrapTests {
    private let right = (0..<40).map { $0 % 7 != 0 && $0 % 11 != 3 }

    @Test func oneSeedIsTheBootstrapOfTheSamples() {
        let interval = ScoreBootstrap([run(1, [predictions(right)])]).intervals(resamples: 20_000).macro
        // scipy.stats.bootstrap in make_fold_tests.py: 0.65 to 0.9; a step of the score is 1/40.
        #expect(abs(interval.lower - 0.65) < 1e-9 && abs(interval.upper - 0.9) < 1e-9)
    }

    @Test func equalCallsGiveEqualIntervals() {
        let bootstrap = ScoreBootstrap([
            run(1, [predictions(right)]), run(2, [predictions(right.reversed())]),
        ])
        #expect(bootstrap.intervals(resamples: 200).macro == bootstrap.intervals(resamples: 200).macro)
        #expect(
            bootstrap.intervals(resamples: 200, seed: 1).macro != bootstrap.intervals(resamples: 200).macro)
    }

    /// Where all samples are alike only seeds vary, and the interval is about Student's t.
    @Test func seedsAloneGiveStudentsT() {
        // Every sample of a seed's run is a block of 1,000 decisions, so that drawing samples changes next to nothing.
        let rates = [0.80, 0.82, 0.79, 0.83, 0.81, 0.78, 0.84, 0.80, 0.82, 0.81]
        var generator = Philox(seed: 4, purpose: .data)
        let runs = rates.enumerated().map { seed, rate in
            run(
                UInt64(seed),
                [predictions((0..<20_000).map { _ in Double(generator.uniform(in: 0..<1)) < rate })])
        }
        let interval = ScoreBootstrap(runs).intervals(resamples: 400).macro
        let student = ConfidenceInterval.ofMean(rates)
        // Ten seeds, 400 resamples and the samples' own 0.003 leave a quarter of the width open.
        let room = (student.upper - student.lower) / 4
        #expect(abs(interval.lower - student.lower) < room && abs(interval.upper - student.upper) < room)
    }

    /// A hundred samples and five seeds: the interval holds the truth about 95 times of 100.
    @Test func intervalsCoverTheTruth() {
        var generator = Philox(seed: 5, purpose: .data)
        var covered = 0
        let trials = 200
        for _ in 0..<trials {
            // A sample is easy or hard, a seed good or bad; 0.8 is the mean of both.
            let samples = (0..<100).map { _ in Double(generator.uniform(in: -0.15..<0.15)) }
            let runs = (0..<5).map { seed in
                let level = 0.8 + Double(generator.uniform(in: -0.04..<0.04))
                return run(
                    UInt64(seed),
                    [predictions(samples.map { Double(generator.uniform(in: 0..<1)) < level + $0 })])
            }
            let interval = ScoreBootstrap(runs).intervals(resamples: 200).macro
            if (interval.lower...interval.upper).contains(0.8) { covered += 1 }
        }
        // 0.95 less three standard errors of 200 trials; it may well be more, for the bootstrap of two factors is cautious.
        #expect(Double(covered) / Double(trials) > 0.90)
    }

    /// Two tasks with the same outcomes on the same samples vary together; on samples of their own they do not.
    @Test func tasksShareTheirSamples() {
        func width(_ second: TaskPredictions) -> Double {
            let interval = ScoreBootstrap([run(1, [predictions(right), second])]).intervals(resamples: 4000)
                .macro
            return interval.upper - interval.lower
        }
        let alone = ScoreBootstrap([run(1, [predictions(right)])]).intervals(resamples: 4000).macro
        let shared = width(predictions(right, name: "u"))
        #expect(abs(shared - (alone.upper - alone.lower)) < 1e-9)
        // Independent halves: 1/sqrt(2) = 0.71 of the width.
        #expect(abs(width(predictions(right, first: 100, name: "u")) / shared - 0.71) < 0.1)
    }

    @Test func foldsAreDrawnEachFromItself() {
        let always = [Bool](repeating: true, count: 30)
        let never = [Bool](repeating: false, count: 30)
        let interval = ScoreBootstrap([
            run(1, fold: 0, [predictions(always)]), run(1, fold: 1, [predictions(never)]),
        ]).intervals(resamples: 100)
        // Whatever is drawn, one fold is right and the other wrong.
        #expect(interval.macro == ConfidenceInterval(lower: 0.5, upper: 0.5))
        #expect(interval.tasks == [interval.macro])
    }
}
