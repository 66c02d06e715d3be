import Foundation

/// Files that are written whole or not at all.
public enum AtomicFile {
    /// Replaces the file at `url` by `bytes`.
    ///
    /// The bytes go to a file beside it, reach the disk, and then take its name in one step: a crash, a kill or a
    /// full disk leaves the previous version intact. A killed writer's leftover, `.NAME.partial`, is overwritten by
    /// the next one; two writers of one file at once are not foreseen.
    /// - Throws: `DatasetError.unwritableFile` with the system's reason.
    public static func write(_ bytes: some Sequence<UInt8>, to url: URL) throws(DatasetError) {
        let folder = url.deletingLastPathComponent()
        let partial = folder.appendingPathComponent(".\(url.lastPathComponent).partial")
        let descriptor = open(partial.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(url, errno) }
        if let reason = fill(descriptor, with: Array(bytes)) {
            close(descriptor)
            unlink(partial.path)
            throw failure(url, reason)
        }
        guard close(descriptor) == 0, rename(partial.path, url.path) == 0 else {
            let reason = errno
            unlink(partial.path)
            throw failure(url, reason)
        }
        synchronize(folder)
    }

    /// Writes all bytes through to the disk; the number of the system's error, or `nil`.
    private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32? {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return errno }
            written += count
        }
        return fsync(descriptor) == 0 ? nil : errno
    }

    /// Makes the new name itself durable; some file systems cannot, and the contents are safe without it.
    private static func synchronize(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ url: URL, _ reason: Int32) -> DatasetError {
        .unwritableFile(path: url.relativePath, reason: String(cString: strerror(reason)))
    }
}
