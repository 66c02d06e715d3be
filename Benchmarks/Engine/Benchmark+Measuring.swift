import Benchmark

extension Benchmark {
    /// Runs `work` as the measured part of an iteration and returns the seconds it took, for rates.
    func measuring(_ work: () throws -> Void) rethrows -> Double {
        startMeasurement()
        let elapsed = try ContinuousClock().measure(work)
        stopMeasurement()
        return elapsed / .seconds(1)
    }

    /// Runs `work` as the measured part of an iteration and returns the seconds it took, for rates.
    func measuring(_ work: () async throws -> Void) async rethrows -> Double {
        startMeasurement()
        let elapsed = try await ContinuousClock().measure(work)
        stopMeasurement()
        return elapsed / .seconds(1)
    }
}
