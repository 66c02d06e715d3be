import Foundation

/// A folder of a test's own, removed with the value.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("qmtl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    @discardableResult
    func write(_ bytes: [UInt8], _ name: String) throws -> URL {
        try Data(bytes).write(to: file(name))
        return file(name)
    }

    @discardableResult
    func write(_ text: String, _ name: String) throws -> URL { try write(Array(text.utf8), name) }
}
