import Benchmark
import LinearAlgebra

/// Billions of floating-point operations a second, by the number of operations the task needs.
private let gflops = BenchmarkMetric.custom("GFLOP/s", polarity: .prefersLarger, useScalingFactor: false)

/// What this machine can do at best: the scale against which the engine's figures are read.
func registerMachineBenchmarks() {
    let size = 512
    Benchmark("sgemm \(size)", configuration: .init(metrics: [.wallClock, gflops])) { benchmark in
        let left = Matrix(rows: size, columns: size, repeating: 0.5)
        let right = Matrix(rows: size, columns: size, repeating: 0.25)
        let operations = 2 * Double(size * size * size)
        for _ in benchmark.scaledIterations {
            let elapsed = benchmark.measuring { blackHole(Matrix.product(left, .plain, right)) }
            benchmark.measurement(gflops, Int(operations / elapsed / 1e9))
        }
    }
}
