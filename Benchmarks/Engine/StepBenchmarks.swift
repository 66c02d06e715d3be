import Benchmark
import CPUSimulation
import Execution

/// Task circuits evaluated a second: samples times tasks.
private let circuits = BenchmarkMetric.custom("Circuits/s", polarity: .prefersLarger, useScalingFactor: false)

/// The heads alone, without trunk and optimiser: values, and values with all gradients.
func registerStepBenchmarks() {
    let configuration = Benchmark.Configuration(metrics: [.wallClock, circuits, .peakMemoryResident])
    do {
        for workload in try Workload.peers() + Workload.scaling() {
            Benchmark("expectations \(workload.name) cpu", configuration: configuration) { benchmark in
                let backend = CPUBackend()
                for _ in benchmark.scaledIterations {
                    let elapsed = try await benchmark.measuring {
                        blackHole(try await backend.expectations(workload.plan, inputs: workload.inputs))
                    }
                    benchmark.measurement(circuits, Int(Double(workload.labels.elements.count) / elapsed))
                }
            }
            Benchmark("gradients \(workload.name) cpu", configuration: configuration) { benchmark in
                let backend = CPUBackend()
                for _ in benchmark.scaledIterations {
                    let elapsed = try await benchmark.measuring {
                        blackHole(
                            try await backend.gradients(
                                workload.plan, inputs: workload.inputs, cotangent: workload.cotangent))
                    }
                    benchmark.measurement(circuits, Int(Double(workload.labels.elements.count) / elapsed))
                }
            }
        }
    } catch {
        preconditionFailure("the workloads fit their presets: \(error)")
    }
}
