import Foundation

/// An exclusive lock on a file, held as long as the value lives.
///
/// It is advisory (`flock`): it keeps out those who ask for it, in this process, in others and, on network file systems
/// that carry locks (NFS does), on other machines. The kernel releases it when its process ends, however it ends.
public final class FileLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// The lock on the file at `url`, which is made if it is missing; nil where another holds it.
    ///
    /// The file stays when the lock is released: one that is deleted could be locked twice.
    /// - Parameters:
    ///   - url: the file that stands for the lock; it is made where there is none.
    ///   - waits: whether to wait until nobody else holds it.
    /// - Throws: `DatasetError.unwritableFile` with the system's reason.
    public static func acquire(_ url: URL, waits: Bool = false) throws(DatasetError) -> FileLock? {
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(url, errno) }
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            if reason == EINTR { continue }
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw failure(url, reason) }
            return nil
        }
        return FileLock(descriptor: descriptor)
    }

    private static func failure(_ url: URL, _ reason: Int32) -> DatasetError {
        .unwritableFile(path: url.relativePath, reason: String(cString: strerror(reason)))
    }
}
