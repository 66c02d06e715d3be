/// Where a run is, for progress bars; reported after every step and after every epoch.
public struct TrainingProgress: Sendable, Equatable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// The number of epochs, if none is saved by early stopping.
    public let epochCount: Int
    /// Finished steps of the epoch.
    public let step: Int
    /// Steps of an epoch.
    public let stepCount: Int
    /// The mean training loss of the epoch so far.
    public let loss: Double
    /// What is known after the epoch; nil within it.
    public let record: EpochRecord?

    /// The finished share of the run, if no epoch is saved by early stopping.
    public var fraction: Double {
        let steps = Double(epoch - 1) + Double(step) / Double(max(stepCount, 1))
        return steps / Double(max(epochCount, 1))
    }
}
