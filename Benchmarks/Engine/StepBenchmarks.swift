import Benchmark
import CPUSimulation
import Execution

/// The heads without trunk and optimiser: values, and values with all gradients.
///
/// `encoding` and `adjoint` have one task, so that nearly all work is in the encoding, forward or forward and back; `heads`
/// have one sample, so that it is in the task blocks; `step` is what training does, `task gradients` the same with each
/// task's gradients apart, whose rates count the operations of the plain step.
func registerStepBenchmarks() {
    let configuration = Benchmark.Configuration(
        metrics: [.wallClock, .gflops, .sgemmShare, .circuits, .allocations, .peakMemoryResident])
    /// What a step may allocate: its results, and what starting threads takes. It does not grow with the workload.
    let allocationLimit = 100
    /// Gradients task by task have one result more.
    let taskAllocationLimit = 150
    do {
        for workload in try Workload.encodings() {
            Benchmark("encoding \(workload.name)", configuration: configuration) { benchmark in
                try await run(benchmark, workload, allocationLimit) {
                    blackHole(try await $0.expectations(workload.plan, inputs: workload.inputs))
                }
            }
            Benchmark("adjoint \(workload.name)", configuration: configuration) { benchmark in
                try await run(benchmark, workload, allocationLimit) {
                    blackHole(try await workload.gradients(on: $0))
                }
            }
        }
        for workload in try Workload.heads() {
            Benchmark("heads \(workload.name)", configuration: configuration) { benchmark in
                try await run(benchmark, workload, allocationLimit) {
                    blackHole(try await workload.gradients(on: $0))
                }
            }
        }
        for workload in try Workload.balancing() {
            Benchmark("task gradients \(workload.name)", configuration: configuration) { benchmark in
                try await run(benchmark, workload, taskAllocationLimit) {
                    blackHole(
                        try await $0.taskGradients(
                            workload.plan, inputs: workload.inputs, cotangent: workload.cotangent))
                }
            }
        }
        for workload in try Workload.peers() + Workload.scaling() {
            Benchmark("step \(workload.name)", configuration: configuration) { benchmark in
                try await run(benchmark, workload, allocationLimit) {
                    blackHole(try await workload.gradients(on: $0))
                }
            }
        }
    } catch {
        preconditionFailure("the workloads fit their presets: \(error)")
    }
}

private func run(
    _ benchmark: Benchmark, _ workload: Workload, _ allocationLimit: Int,
    _ work: (CPUBackend) async throws -> Void
) async throws {
    let backend = CPUBackend()
    try await work(backend)  // The first step allocates what the others work in.
    for _ in benchmark.scaledIterations {
        let effort = try await benchmark.measuring { try await work(backend) }
        benchmark.measurement(operations: workload.operations, effort)
        benchmark.measurement(.circuits, Int(Double(workload.labels.elements.count) / effort.seconds))
        benchmark.measurement(allocations: effort, limit: allocationLimit)
    }
}
