import Foundation
import Kernels
import OpenCLSimulation
import ReferenceSimulation
import Testing

/// Kept programs are used when they are whole and of the same key, and rebuilt otherwise.
@Suite(.needsDevice) struct ProgramCacheTests {
    /// Ways to spoil an entry: a header of two lines, eight bytes of checksum, the binary.
    enum Damage: CaseIterable {
        case emptied, torn, cutWithinHeader, changedByte, otherKey, junkWithChecksum

        func apply(to entry: Data) -> Data {
            let newlines = entry.indices.filter { entry[$0] == UInt8(ascii: "\n") }
            let header = entry[...newlines[1]]
            var changed = entry
            switch self {
            case .emptied: return Data()
            case .torn: return entry.prefix(entry.count / 2)
            case .cutWithinHeader: return entry.prefix(10)
            case .changedByte: changed[entry.count - 100] ^= 1
            case .otherKey: changed[newlines[0] + 2] ^= 1
            case .junkWithChecksum:
                let junk = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7) })
                return header + withUnsafeBytes(of: KernelSource.digest(of: junk).littleEndian) { Data($0) }
                    + junk
            }
            return changed
        }
    }

    @Test(arguments: Damage.allCases)
    func damagedEntriesAreRebuilt(damage: Damage) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "qmtl-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = try #require(testDevice)
        let cache = ProgramCache(folder: folder)
        _ = try OpenCLBackend(device: device, shape: .automatic, cache: cache)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let file = try #require(files.first)
        #expect(files.count == 1)
        let whole = try Data(contentsOf: file)
        let damaged = damage.apply(to: whole)
        try damaged.write(to: file)

        let backend = try OpenCLBackend(device: device, shape: .automatic, cache: cache)
        let batch = try SampleBatch(.hqsl, outputs: [1], samples: 3)
        expectEqual(
            try await batch.gradients(on: backend), try await batch.gradients(on: ReferenceBackend()))
        let again = try Data(contentsOf: file)
        #expect(again != damaged)
        _ = try OpenCLBackend(device: device, shape: .automatic, cache: cache)
        #expect(try Data(contentsOf: file) == again, "a whole entry is used, not rebuilt")
    }

    @Test func otherSourcesAndOptionsHaveEntriesOfTheirOwn() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "qmtl-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = try #require(testDevice)
        let cache = ProgramCache(folder: folder)
        let other = KernelSource(text: KernelSource.embedded.text + "\n// changed\n")
        _ = try OpenCLBackend(device: device, shape: .automatic, cache: cache)
        _ = try OpenCLBackend(device: device, shape: .automatic, source: other, cache: cache)
        _ = try OpenCLBackend(device: device, shape: .cooperative(lanes: 2, threads: 2), cache: cache)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
    }

    @Test func aFolderThatCannotBeWrittenIsNoError() throws {
        let cache = ProgramCache(folder: URL(fileURLWithPath: "/dev/null/qmtl"))
        _ = try OpenCLBackend(device: #require(testDevice), shape: .automatic, cache: cache)
    }
}
