import QMTL

/// Scores a trained run as a device would: under noise, from shots, with mitigation.
struct RunScoring {
    let run: String
    let checkpoint: Checkpoint
    let data: Dataset
    let split: Split
    let backend: any Backend

    /// The run's scores under `noise`, measured in one way and, where asked for, in another with mitigation.
    /// - Throws: `TrainingError`; `BackendError`.
    func evaluate(
        under noise: NoiseDescription?, _ plain: Measurement, mitigated: Measurement?
    ) async throws -> RunEvaluation {
        var checkpoint = checkpoint
        checkpoint.configuration.noise = noise
        func score(_ backend: any Backend) async throws -> ([TaskEvaluation], Model) {
            let trained = try TrainedModel(checkpoint, backend: backend)
            return (try await trained.evaluate(data, split: split), trained.model)
        }
        func measured(_ measurement: Measurement) async throws -> ([TaskEvaluation], MeasurementCost?) {
            if measurement == Measurement(seed: measurement.seed) { return (try await score(backend).0, nil) }
            let measuring = MeasuringBackend(backend, measurement)
            let (tasks, model) = try await score(measuring)
            guard let circuit = model.circuit else { return (tasks, nil) }
            return (tasks, await measuring.cost(of: ExecutionPlan(circuit)))
        }
        let (raw, rawCost) = try await measured(plain)
        var (tasks, cost, unmitigated) = (raw, rawCost, nil as [TaskEvaluation]?)
        if let mitigated {
            (tasks, cost) = try await measured(mitigated)
            unmitigated = raw
        }
        return RunEvaluation(
            run: run, dataset: data.name, split: "\(split)", backend: backend.capabilities.name,
            noise: noise.map { $0.name ?? "unnamed" }, shots: plain.shots, cost: cost, tasks: tasks,
            unmitigated: unmitigated)
    }
}
