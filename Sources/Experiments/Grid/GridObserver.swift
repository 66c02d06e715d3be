import Training

/// Is told what happens to the runs of a grid, from several threads at once.
public protocol GridObserver: Sendable {
    /// Work begins on `total` runs, of which `finished` have been finished before.
    func began(total: Int, finished: Int)
    /// A run has made a step.
    func advanced(_ run: Grid.Run, in folder: RunFolder, _ progress: TrainingProgress, fraction: Double)
    /// A run has been finished here; nobody else writes to its folder until this returns.
    ///
    /// - Throws: what makes the run a failed one.
    func finished(
        _ run: Grid.Run, in folder: RunFolder, _ outcome: TrainingOutcome, settled: Int, total: Int) throws
    /// A run has failed.
    func failed(_ run: Grid.Run, error: String, settled: Int, total: Int)
    /// All that is left are `count` runs under way in other processes.
    func waiting(for count: Int)
}
