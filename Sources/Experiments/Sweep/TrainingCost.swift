import Execution
import Training

/// What a training step of one head costs for one number of tasks.
public struct TrainingCost: Codable, Sendable, Equatable {
    /// The median seconds of a training step: values, gradients, update of all parameters.
    public let secondsPerStep: Double
    /// The number of steps it is the median of.
    public let steps: Int
    /// The most memory the program held meanwhile, its data set included, in MiB; nil where the system does not tell.
    public let memoryMB: Double?
    /// Kernel launches a training step; nil where a backend has none, and for classical heads.
    public let launchesPerStep: Int?
    /// The device that computed.
    public let device: String

    private enum CodingKeys: String, CodingKey {
        case steps, device
        case secondsPerStep = "seconds_per_step"
        case memoryMB = "memory_mb"
        case launchesPerStep = "launches_per_step"
    }

    /// A cost that is known.
    public init(
        secondsPerStep: Double, steps: Int, memoryMB: Double?, launchesPerStep: Int?, device: String
    ) {
        self.secondsPerStep = secondsPerStep
        self.steps = steps
        self.memoryMB = memoryMB
        self.launchesPerStep = launchesPerStep
        self.device = device
    }

    /// The cost of `configuration`, measured over at most `steps` steps and, from the third on, ten seconds.
    ///
    /// Nothing else should be at work meanwhile.
    /// - Throws: `TrainingError`, `DatasetError`, `BackendError`, `CancellationError`.
    static func measured(
        _ configuration: RunConfiguration, backend: any Backend, steps: Int
    ) async throws -> TrainingCost {
        let dataset = try configuration.dataset.open()
        let isReset = PeakMemory.reset()
        let trainer = try Trainer(configuration, dataset: dataset, backend: backend)
        let seconds = try await trainer.stepSeconds(most: steps, budget: 10)
        let memory = isReset ? PeakMemory.bytes : nil
        let isQuantum = trainer.model.circuit != nil
        return TrainingCost(
            secondsPerStep: seconds.sorted()[seconds.count / 2], steps: seconds.count,
            memoryMB: memory.map { Double($0) / 0x1p20 },
            launchesPerStep: isQuantum ? backend.capabilities.launchesPerStep : nil,
            device: trainer.device)
    }
}
