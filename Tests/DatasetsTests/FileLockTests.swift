import Datasets
import Foundation
import Testing

struct FileLockTests {
    @Test func onlyOneHoldsALock() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("lock")
        var first = try FileLock.acquire(file)
        #expect(first != nil)
        #expect(try FileLock.acquire(file) == nil)
        withExtendedLifetime(first) {}
        first = nil
        #expect(try FileLock.acquire(file) != nil)
        #expect(FileManager.default.fileExists(atPath: file.path))
    }

    @Test func aLockNeedsItsFolder() throws {
        #expect(throws: DatasetError.unwritableFile(path: "/no/lock", reason: "No such file or directory")) {
            try FileLock.acquire(URL(filePath: "/no/lock"))
        }
    }
}
