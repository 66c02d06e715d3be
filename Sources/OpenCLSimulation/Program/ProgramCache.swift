import Foundation
import Kernels

/// Built programs on disk, one file each.
///
/// An entry names its key and carries a checksum: one that is torn, of another key or changed is not found, and is
/// replaced by the next build. A cache that cannot be written is no error; programs are then built every time.
package struct ProgramCache {
    /// The folder of the entries; nil keeps nothing.
    package let folder: URL?

    /// A cache in `folder`.
    package init(folder: URL?) { self.folder = folder }

    /// `qmtl/opencl` in the user's cache folder.
    package static func standard() -> ProgramCache {
        let environment = ProcessInfo.processInfo.environment
        let caches =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
            ?? environment["HOME"].map { URL(fileURLWithPath: $0).appendingPathComponent(".cache") }
        return ProgramCache(folder: caches?.appendingPathComponent("qmtl/opencl"))
    }

    /// The file of a key.
    func file(for key: ProgramKey) -> URL? {
        folder?.appendingPathComponent("\(String(KernelSource.digest(of: key.text.utf8), radix: 16)).bin")
    }

    /// The kept binary of a key, if it is whole.
    func binary(for key: ProgramKey) -> [UInt8]? {
        guard let file = file(for: key), let entry = try? Data(contentsOf: file) else { return nil }
        let expected = header(for: key)
        guard entry.starts(with: expected.utf8) else { return nil }
        let body = entry.dropFirst(expected.utf8.count)
        guard body.count > checksumSize else { return nil }
        let binary = [UInt8](body.dropFirst(checksumSize))
        return body.prefix(checksumSize).elementsEqual(checksumBytes(binary)) ? binary : nil
    }

    /// Keeps a binary; a reader sees the old entry or the new one, never a part.
    func store(_ binary: [UInt8], for key: ProgramKey) {
        guard let folder, let file = file(for: key), !binary.isEmpty else { return }
        let entry = Data(header(for: key).utf8) + checksumBytes(binary) + binary
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? entry.write(to: file, options: .atomic)
    }

    private var checksumSize: Int { MemoryLayout<UInt64>.size }

    private func header(for key: ProgramKey) -> String { "qmtl program 1\n\(key.text)\n" }

    private func checksumBytes(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: KernelSource.digest(of: bytes).littleEndian) { Array($0) }
    }
}
