import Benchmark
import LinearAlgebra
import QMTL

/// What this machine can do at best: the scale against which the engine's figures are read.
enum Machine {
    /// The rate of its matrix product in billions of operations a second, measured once a process.
    static let sgemmGflops = MatrixProductRate.measured()
}

func registerMachineBenchmarks() {
    let size = 512
    Benchmark("sgemm \(size)", configuration: .init(metrics: [.wallClock, .gflops])) { benchmark in
        let left = Matrix(rows: size, columns: size, repeating: 0.5)
        let right = Matrix(rows: size, columns: size, repeating: 0.25)
        let operations = 2 * Double(size * size * size)
        for _ in benchmark.scaledIterations {
            let effort = benchmark.measuring { blackHole(Matrix.product(left, .plain, right)) }
            benchmark.measurement(.gflops, Int(operations / effort.seconds / 1e9))
        }
    }
}
