import Experiments
import Training

/// Listens to nothing.
struct SilentObserver: GridObserver {
    func began(total: Int, finished: Int) {}
    func advanced(
        _ run: Grid.Run, in folder: RunFolder, _ progress: TrainingProgress, fraction: Double
    ) {}
    func finished(
        _ run: Grid.Run, in folder: RunFolder, _ outcome: TrainingOutcome, settled: Int, total: Int
    ) {}
    func failed(_ run: Grid.Run, error: String, settled: Int, total: Int) {}
    func waiting(for count: Int) {}
}
