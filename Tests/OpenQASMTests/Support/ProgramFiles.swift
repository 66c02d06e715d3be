import Foundation

/// The programs beside the tests.
enum ProgramFiles {
    struct File: CustomStringConvertible, Sendable {
        let url: URL
        var description: String { url.lastPathComponent }
    }

    /// The programs of one folder, by name.
    static func folder(_ name: String) throws -> [File] {
        let folder = Bundle.module.bundleURL.appending(path: "Programs").appending(path: name)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "qasm" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(File.init)
    }

    static func all() throws -> [File] { try folder("Qiskit") + folder("Suite") }
}
