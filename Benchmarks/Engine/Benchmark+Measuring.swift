import AllocationCount
import Benchmark

extension BenchmarkMetric {
    /// Billions of floating-point operations a second, by the operations that the task needs.
    static let gflops = custom("GFLOP/s", polarity: .prefersLarger, useScalingFactor: false)
    /// That rate as a percentage of this machine's matrix product, measured in the same run.
    static let sgemmShare = custom("% of sgemm", polarity: .prefersLarger, useScalingFactor: false)
    /// Task circuits evaluated a second: samples times tasks.
    static let circuits = custom("Circuits/s", polarity: .prefersLarger, useScalingFactor: false)
    /// Blocks asked of the allocator.
    static let allocations = custom("Allocations", polarity: .prefersSmaller, useScalingFactor: false)
}

/// What a measured piece of work took.
struct Effort {
    let seconds: Double
    let allocations: Int
}

extension Benchmark {
    /// Runs `work` as the measured part of an iteration and returns what it took.
    func measuring(_ work: () throws -> Void) rethrows -> Effort {
        let before = qmtl_allocation_count()
        startMeasurement()
        let elapsed = try ContinuousClock().measure(work)
        stopMeasurement()
        return effort(elapsed, since: before)
    }

    /// Runs `work` as the measured part of an iteration and returns what it took.
    func measuring(_ work: () async throws -> Void) async rethrows -> Effort {
        let before = qmtl_allocation_count()
        startMeasurement()
        let elapsed = try await ContinuousClock().measure(work)
        stopMeasurement()
        return effort(elapsed, since: before)
    }

    /// Notes a rate, in itself and against this machine's matrix product.
    func measurement(operations: Double, _ effort: Effort) {
        let rate = operations / effort.seconds / 1e9
        measurement(.gflops, Int(rate))
        measurement(.sgemmShare, Int(100 * rate / Machine.sgemmGflops))
    }

    /// Notes the allocations, and fails the benchmark where there are more than `limit`.
    func measurement(allocations effort: Effort, limit: Int) {
        measurement(.allocations, effort.allocations)
        if effort.allocations > limit {
            error("\(name): \(effort.allocations) allocations, and \(limit) are the limit")
        }
    }

    private func effort(_ elapsed: Duration, since before: UInt64) -> Effort {
        Effort(seconds: elapsed / .seconds(1), allocations: Int(qmtl_allocation_count() - before))
    }
}
