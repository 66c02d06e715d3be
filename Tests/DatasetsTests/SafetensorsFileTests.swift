import Datasets
import Foundation
import Testing

/// The bytes of a file with this header and these data.
private func safetensors(_ header: String, _ data: [UInt8], length: UInt64? = nil) -> [UInt8] {
    withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) } + Array(header.utf8)
        + data
}

@Suite struct SafetensorsFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    static let file = SafetensorsFile(
        tensors: [
            "weights/é": NumericArray(shape: [2, 3], values: [1, -0.0, .nan, .infinity, 0x1p-140, 3.5]),
            "empty": NumericArray(shape: [0, 4], values: []), "scalar": NumericArray(shape: [], values: [7]),
        ],
        metadata: ["step": "12", "note": "a \"quoted\" word"])

    @Test func readsWhatItWrites() throws {
        let url = folder.file("a.safetensors")
        try Self.file.write(to: url)
        let read = try SafetensorsFile(contentsOf: url)
        #expect(read.metadata == Self.file.metadata)
        #expect(read.tensors.mapValues(\.shape) == Self.file.tensors.mapValues(\.shape))
        for (name, tensor) in Self.file.tensors {
            #expect(read.tensors[name]?.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
        }
        // The same contents are the same bytes, and the arrays start at a multiple of 8.
        let bytes = try Data(contentsOf: url)
        try read.write(to: folder.file("b.safetensors"))
        #expect(try Data(contentsOf: folder.file("b.safetensors")) == bytes)
        #expect(bytes[0] % 8 == 0)
    }

    @Test func readsTheFormatsExample() throws {
        let header =
            #"{"a":{"dtype":"I32","shape":[2],"data_offsets":[4,12]},"b":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]}}"#
        let url = try folder.write(
            safetensors(header, [0x80, 0x3F, 0, 0xC0, 0xFF, 0xFF, 0xFF, 0xFF, 5, 0, 0, 0]), "a.safetensors")
        let file = try SafetensorsFile(contentsOf: url)
        #expect(file.tensors["a"] == NumericArray(shape: [2], values: [-1, 5]))
        #expect(file.tensors["b"] == NumericArray(shape: [2, 1], values: [1, -2]))
    }

    @Test(arguments: [
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}"#, "has shape"),
        (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "ends at byte 16"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#, "starts at byte 8"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "end at byte 8"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
            "starts at byte 4"
        ),
        (#"{"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}"#, "impossible shape"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}"#, "no range"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[-4,8]}}"#, "no range"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0]}}"#, "no range"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12,12]}}"#, "no range"),
        (#"{"a":{"dtype":"F32","shape":[4611686018427387907,4],"data_offsets":[0,12]}}"#, "impossible shape"),
        (#"{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,12]}}"#, "JSON"),
        (#"{"a":{"dtype":"F32"}}"#, "JSON"), ("[]", "JSON"), ("{", "JSON"),
    ])
    func refusesHeadersThatLie(_ header: String, _ words: String) throws {
        let url = try folder.write(safetensors(header, [UInt8](repeating: 0, count: 12)), "a.safetensors")
        #expect {
            try SafetensorsFile(contentsOf: url)
        } throws: { error in
            guard case DatasetError.malformedFile(_, let problem) = error else { return false }
            return problem.contains(words)
        }
    }

    @Test(arguments: [UInt64.max, 1 << 62, 100_000_001, 60])
    func refusesAnAbsurdHeaderLength(_ length: UInt64) throws {
        let url = try folder.write(safetensors("{}", [], length: length), "a.safetensors")
        #expect(throws: DatasetError.self) { try SafetensorsFile(contentsOf: url) }
    }

    @Test func everyTruncationIsRefused() throws {
        let url = folder.file("a.safetensors")
        try Self.file.write(to: url)
        let bytes = [UInt8](try Data(contentsOf: url))
        for length in 0..<bytes.count {
            try folder.write(Array(bytes.prefix(length)), "a.safetensors")
            #expect(throws: DatasetError.self, "\(length) bytes") { try SafetensorsFile(contentsOf: url) }
        }
    }

    @Test func changedBytesNeverEndTheProgram() throws {
        let url = folder.file("a.safetensors")
        try Self.file.write(to: url)
        let bytes = [UInt8](try Data(contentsOf: url))
        for position in bytes.indices {
            for change: UInt8 in [0x01, 0x10, 0x80, 0xFF] {
                var changed = bytes
                changed[position] ^= change
                try folder.write(changed, "a.safetensors")
                _ = try? SafetensorsFile(contentsOf: url)
            }
        }
    }
}
