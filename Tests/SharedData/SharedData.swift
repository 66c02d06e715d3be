import Datasets
import Foundation

/// Real data sets, which may not be part of the repository.
///
/// Tests over them are left out, and reported as skipped, unless the environment variable `QMTL_SHARED_DATA` names the
/// sets' folder or the repository has a folder `../shared/data` beside it.
public enum SharedData {
    /// The repository's `Benchmarks` folder, which says how the sets are trained.
    public static let benchmarks = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Benchmarks")

    private static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["QMTL_SHARED_DATA"].map { URL(filePath: $0) }
        let folder = named ?? benchmarks.appending(path: "../../shared/data").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether the sets are here.
    public static var isPresent: Bool { folder != nil }

    /// What to say where they are not.
    public static let requirement = "needs ../shared/data or QMTL_SHARED_DATA"

    /// The set called `name`, whose description comes with the program.
    /// - Parameter tasks: The names of the tasks to keep; nil for all.
    public static func load(_ name: String, tasks: [String]? = nil) throws(DatasetError) -> Dataset {
        let dataset = try Dataset.named(name, dataFolder: folder)
        guard let tasks else { return dataset }
        return try dataset.restricted(toTasks: tasks)
    }
}
