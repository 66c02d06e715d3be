import Datasets
import Execution
import Noise
import Training

/// Scores a trained run as a device would: under noise, from shots, with mitigation.
public struct RunScoring: Sendable {
    let run: String
    let checkpoint: Checkpoint
    let data: Dataset
    let split: Split
    let backend: any Backend

    /// Scores the run in folder `run` on a split of `data`, computed by `backend`.
    public init(run: String, checkpoint: Checkpoint, data: Dataset, split: Split, backend: any Backend) {
        (self.run, self.checkpoint, self.data) = (run, checkpoint, data)
        (self.split, self.backend) = (split, backend)
    }

    /// The run's scores under `noise`, measured in one way and, where asked for, in another with mitigation; with
    /// `trajectories`, which go with exact measurements only, from noise that is drawn.
    /// - Throws: `TrainingError`; `BackendError`.
    public func evaluate(
        under noise: NoiseDescription?, _ plain: Measurement, mitigated: Measurement?,
        trajectories: Trajectories? = nil
    ) async throws -> RunEvaluation {
        var checkpoint = checkpoint
        checkpoint.configuration.noise = noise
        let raw =
            if let trajectories {
                try await scores(checkpoint, on: TrajectoryBackend(backend, trajectories))
            } else {
                try await scores(checkpoint, measured: plain)
            }
        var mitigatedScores: MeasuredScores?
        if let mitigated { mitigatedScores = try await scores(checkpoint, measured: mitigated) }
        return RunEvaluation(
            run: run, dataset: data.name, split: "\(split)", backend: backend.capabilities.name,
            noise: noise.map { $0.name ?? "unnamed" }, shots: plain.shots,
            trajectories: trajectories?.count, scores: mitigatedScores ?? raw,
            unmitigated: mitigatedScores == nil ? nil : raw)
    }

    /// The run's scores from what a device estimates, whose noise is its own.
    /// - Throws: `TrainingError`; `BackendError`.
    public func evaluate(on device: any EstimatingBackend) async throws -> RunEvaluation {
        var checkpoint = checkpoint
        checkpoint.configuration.noise = nil
        let scores = try await scores(checkpoint, on: device)
        return RunEvaluation(
            run: run, dataset: data.name, split: "\(split)", backend: device.capabilities.name, noise: nil,
            shots: scores.cost?.shots.map { $0 / (scores.cost?.circuits ?? 1) },
            trajectories: nil, scores: scores, unmitigated: nil)
    }

    private func scores(_ checkpoint: Checkpoint, measured measurement: Measurement) async throws
        -> MeasuredScores
    {
        if measurement == Measurement(seed: measurement.seed) {
            let trained = try TrainedModel(checkpoint, backend: backend)
            return MeasuredScores(try await trained.predictions(data, split: split))
        }
        return try await scores(checkpoint, on: MeasuringBackend(backend, measurement))
    }

    private func scores(
        _ checkpoint: Checkpoint, on backend: any EstimatingBackend
    ) async throws -> MeasuredScores {
        let trained = try TrainedModel(checkpoint, backend: backend)
        let predictions = try await trained.predictions(data, split: split)
        guard let circuit = trained.model.circuit else { return MeasuredScores(predictions) }
        if let drawn = backend as? TrajectoryBackend {
            return MeasuredScores(predictions, standardError: await drawn.standardError)
        }
        let cost = try await backend.cost(of: ExecutionPlan(circuit))
        return MeasuredScores(
            predictions, cost: cost, standardError: cost.shots == nil ? nil : await backend.standardError)
    }
}
