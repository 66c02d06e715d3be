import Datasets
import Foundation
import Testing

@Suite struct AtomicFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func replacesTheWholeFileAndLeavesNothingBeside() throws {
        let url = folder.file("state.json")
        try AtomicFile.write("a longer first version".utf8, to: url)
        try AtomicFile.write("second".utf8, to: url)
        #expect(try String(contentsOf: url, encoding: .utf8) == "second")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["state.json"])
    }

    @Test func aKilledWritersLeftoverIsOverwritten() throws {
        try folder.write("half of a ver", ".state.json.partial")
        try AtomicFile.write("whole".utf8, to: folder.file("state.json"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["state.json"])
    }

    @Test func afterAFailureThePreviousVersionStands() throws {
        let url = folder.file("state.json")
        try AtomicFile.write("first".utf8, to: url)
        // A folder in the way of the partial file stands for any reason not to get one.
        try FileManager.default.createDirectory(
            at: folder.file(".state.json.partial"), withIntermediateDirectories: false)
        #expect(throws: DatasetError.unwritableFile(path: url.relativePath, reason: "Is a directory")) {
            try AtomicFile.write("second".utf8, to: url)
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == "first")
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/dev/full"), "needs a device that is always full"))
    func aFullDiskIsReportedAndThePreviousVersionStands() throws {
        let url = folder.file("state.json")
        try AtomicFile.write("first".utf8, to: url)
        try FileManager.default.createSymbolicLink(
            at: folder.file(".state.json.partial"), withDestinationURL: URL(fileURLWithPath: "/dev/full"))
        #expect(
            throws: DatasetError.unwritableFile(path: url.relativePath, reason: "No space left on device")
        ) {
            try AtomicFile.write("second".utf8, to: url)
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == "first")
    }

    @Test func aMissingFolderIsReported() {
        let url = URL(fileURLWithPath: "no/such/folder/state.json")
        #expect(
            throws: DatasetError.unwritableFile(
                path: "no/such/folder/state.json", reason: "No such file or directory")
        ) { try AtomicFile.write([1], to: url) }
    }
}
