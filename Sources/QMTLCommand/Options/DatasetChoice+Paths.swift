import Foundation
import QMTL

extension DatasetChoice {
    /// Makes paths absolute: a run's configuration is read again from other folders.
    mutating func makeAbsolute() {
        if let url { name = url.path }
        folder = folder.map { URL(filePath: $0).standardizedFileURL.path }
    }

    /// A name that fits into that of a folder: `digits-64` for `digits:64`, the last part of a path; then the chosen tasks and
    /// fold, `glue-sst2-fold-1`.
    var shortName: String {
        let set = url?.deletingPathExtension().lastPathComponent ?? name.replacing(":", with: "-")
        let chosen = (tasks ?? []).joined(separator: "+").replacing("/", with: "_")
        return [set, chosen.isEmpty ? nil : chosen, fold.map { "fold-\($0)" }].compactMap(\.self)
            .joined(separator: "-")
    }

    /// Where the set's description is; nil for a built-in set.
    private var url: URL? {
        guard Dataset.isPath(name) else { return nil }
        let url = URL(filePath: name).standardizedFileURL
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
