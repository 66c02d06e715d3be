import Benchmark

/// All engine benchmarks, from the machine's own speed upwards; the tool calls this once.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], warmupIterations: 3, maxDuration: .seconds(3))
    registerMachineBenchmarks()
    registerStepBenchmarks()
    registerEpochBenchmarks()
}
