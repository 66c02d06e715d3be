import Datasets
import Foundation

/// Real data sets, which may not be part of the repository.
///
/// Tests over them are left out, and reported as skipped, unless the environment variable `QMTL_SHARED_DATA` names the
/// sets' folder or the repository has a folder `../shared/data` beside it.
public enum SharedData {
    /// The repository's `Benchmarks` folder, which describes the sets and how they are trained.
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

    /// The set that `Benchmarks/datasets/NAME.yaml` describes, its arrays in the named folder.
    public static func load(_ name: String, folder folderName: String) throws(DatasetError) -> Dataset {
        try Dataset.load(
            from: benchmarks.appending(path: "datasets/\(name)"),
            dataFolder: folder?.appending(path: folderName))
    }
}
