import Benchmark
import LinearAlgebra

/// Billions of floating-point operations a second, by the number of operations the task needs.
let gflops = BenchmarkMetric.custom("GFLOP/s", polarity: .prefersLarger, useScalingFactor: false)

/// What this machine can do at best: the scale against which the engine's figures are read.
func registerMachineBenchmarks() {
    let size = 512
    Benchmark("sgemm \(size)", configuration: .init(metrics: [.wallClock, gflops])) { benchmark in
        let left = Matrix(rows: size, columns: size, repeating: 0.5)
        let right = Matrix(rows: size, columns: size, repeating: 0.25)
        let clock = ContinuousClock()
        for _ in benchmark.scaledIterations {
            benchmark.startMeasurement()
            let elapsed = clock.measure { blackHole(Matrix.product(left, .plain, right)) }
            benchmark.stopMeasurement()
            let operations = 2 * Double(size * size * size)
            benchmark.measurement(gflops, Int(operations / (elapsed / .seconds(1)) / 1e9))
        }
    }
}
