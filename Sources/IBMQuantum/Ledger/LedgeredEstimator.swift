import Foundation

/// The service's estimator on a device, whose jobs are written down.
public struct LedgeredEstimator: Sendable {
    /// Who sends and waits.
    public var runner: JobRunner
    /// The device's name.
    public var device: String
    /// How circuits and estimates travel.
    public var program: EstimatorPrimitive
    /// The most seconds of the device that the job may take.
    public var maximumSeconds: Int

    /// An estimator on a device.
    ///
    /// `maximumSeconds`: the most seconds of the device that the job may take, up to three hours.
    public init(
        runner: JobRunner, device: String, program: EstimatorPrimitive = EstimatorPrimitive(),
        maximumSeconds: Int = 300
    ) {
        self.runner = runner
        self.device = device
        self.program = program
        self.maximumSeconds = maximumSeconds
    }

    /// The estimates of each bloc, all from one job.
    /// - Parameters:
    ///   - blocs: What to estimate.
    ///   - key: Names the work, as for a `Sampler`.
    /// - Throws: `IBMError`, `.tooLarge` for what exceeds one job. The same call then goes on with what is left.
    public func estimate(_ blocs: [EstimatorBloc], key: String) async throws(IBMError) -> [Estimates] {
        let executions = blocs.reduce(0) { sum, bloc in
            let shots = (1 / (bloc.precision ?? program.precision)).squared.rounded(.up)
            return sum + bloc.values.count * bloc.observables.count * Int(min(shots, 1e9))
        }
        let part = JobPart(parameters: program.parameters(blocs), executions: executions)
        try JobLimits().check(
            blocs, parameters: part.parameters.count, executions: executions,
            noiseFactor: program.largestNoiseFactor)
        let results = try await runner.results(
            of: [part], program: program.name, device: device, maximumSeconds: maximumSeconds, mode: .job,
            key: key)
        return try program.estimates(results[0], of: blocs)
    }
}

extension Double {
    fileprivate var squared: Double { self * self }
}
