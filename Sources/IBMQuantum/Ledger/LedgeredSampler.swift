import Foundation

/// A device of the service as a sampler, whose jobs are written down.
public struct LedgeredSampler: Sampler {
    /// Who sends and waits.
    public var runner: JobRunner
    /// The device's name.
    public var device: String
    /// How circuits and outcomes travel.
    public var program: any SamplerProgram
    /// How several jobs are joined.
    public var mode: SessionMode
    /// The most seconds of the device that each job may take.
    public var maximumSeconds: Int
    /// What one job may hold.
    package var limits: JobLimits

    /// A sampler on a device.
    ///
    /// `maximumSeconds`: the most seconds of the device that each job may take, up to three hours.
    public init(
        runner: JobRunner, device: String, program: any SamplerProgram = SamplerPrimitive(),
        mode: SessionMode = .batch, maximumSeconds: Int = 300
    ) {
        self.runner = runner
        self.device = device
        self.program = program
        self.mode = mode
        self.maximumSeconds = maximumSeconds
        limits = JobLimits()
    }

    /// The jobs that `blocs` make.
    /// - Throws: `IBMError.tooLarge`.
    public func jobCount(_ blocs: [SamplerBloc]) throws(IBMError) -> Int { try limits.split(blocs).count }

    /// Runs every bloc; one that exceeds a job is spread over several.
    /// - Throws: `IBMError`. The same call then goes on with what is left.
    public func sample(
        _ blocs: [SamplerBloc], key: String
    ) async throws(IBMError) -> [[String: RegisterOutcomes]] {
        let jobs = try limits.split(blocs)
        let results = try await runner.results(
            of: jobs.map { job in
                let blocs = job.map(\.bloc)
                return JobPart(
                    parameters: program.parameters(blocs), executions: blocs.reduce(0) { $0 + $1.executions })
            }, program: program.name, device: device, maximumSeconds: maximumSeconds, mode: mode, key: key)
        var outcomes = [[String: RegisterOutcomes]](repeating: [:], count: blocs.count)
        for (job, result) in zip(jobs, results) {
            for (piece, registers) in zip(job, try program.outcomes(result, of: job.map(\.bloc))) {
                let earlier = outcomes[piece.index]
                guard earlier.isEmpty || earlier.mapValues(\.bitCount) == registers.mapValues(\.bitCount)
                else {
                    throw .unreadableResult("the jobs of one circuit have different registers")
                }
                outcomes[piece.index] = earlier.merging(registers) { $0.followed(by: $1) }
            }
        }
        return outcomes
    }
}
