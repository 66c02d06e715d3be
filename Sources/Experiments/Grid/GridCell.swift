import Foundation
import Training

/// The place of a run in a grid: which head, which seed and, where the grid has them, which number of tasks, which one task,
/// which trial and which fold.
public struct GridCell: Codable, Hashable, Sendable {
    /// The head.
    public let head: HeadChoice
    /// The seed of initial values and of the order of samples.
    public let seed: UInt64
    /// The number of tasks; nil where the grid does not vary it.
    public let tasks: Int?
    /// The one task that the run learns; nil for all of them.
    public let task: String?
    /// The trial of a search for settings, counted from 0; nil outside a search.
    public let trial: Int?
    /// The fold to test on; nil for the set's own splits.
    public let fold: Int?

    /// The place of a run.
    public init(
        head: HeadChoice, seed: UInt64, tasks: Int? = nil, task: String? = nil, trial: Int? = nil,
        fold: Int? = nil
    ) {
        self.head = head
        self.seed = seed
        self.tasks = tasks
        self.task = task
        self.trial = trial
        self.fold = fold
    }

    /// The run's folder within that of the grid: `tasks-64/quantum-deep/seed-1/fold-0`.
    public var path: String {
        let parts = [
            tasks.map { "tasks-\($0)" }, head.folderName, task.map { "task-\(Self.folderName($0))" },
            trial.map { "trial-\($0)" }, "seed-\(seed)", fold.map { "fold-\($0)" },
        ]
        return parts.compactMap { $0 }.joined(separator: "/")
    }

    /// The run's name for people: `quantum:deep, 64 tasks, seed 1, fold 0`.
    public var name: String {
        let parts = [
            head.name, tasks.map { "\($0) tasks" }, task.map { "\($0) alone" }, trial.map { "trial \($0)" },
            "seed \(seed)", fold.map { "fold \($0)" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    /// The task's name as that of a folder: different names stay different.
    private static func folderName(_ task: String) -> String {
        let kept = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_."))
        return task.addingPercentEncoding(withAllowedCharacters: kept) ?? task
    }
}
