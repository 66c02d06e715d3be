import Benchmark
import CPUSimulation
import Datasets
import Training

/// The share of an epoch that is trunk, heads, loss and optimiser, in percent.
private let share = BenchmarkMetric.custom("% arithmetic", polarity: .prefersLarger, useScalingFactor: false)

/// Five epochs of training, with the share of them that is spent in trunk and heads.
func registerEpochBenchmarks() {
    let configuration = Benchmark.Configuration(metrics: [.wallClock, share], maxIterations: 5)
    for dataset in ["digits", "digits:64", "digits:256"] {
        for head in ["quantum", "linear"] {
            Benchmark("epoch \(dataset) \(head)", configuration: configuration) { benchmark in
                var settings = RunConfiguration()
                settings.epochs = 5
                settings.head.kind = HeadKind(rawValue: head)!
                let data = try Dataset.named(dataset)
                let trainer = try Trainer(settings, dataset: data, backend: CPUBackend())
                for _ in benchmark.scaledIterations {
                    let outcome = try await trainer.train(version: "benchmark")
                    benchmark.measurement(share, Int(100 * (outcome.result.seconds.arithmeticShare ?? 0)))
                }
            }
        }
    }
}
