import Datasets
import Foundation
import Testing

/// The bytes of a version 1 `.npy` file with this description and these data.
private func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let length = header.utf8.count
    let lengthBytes: [UInt8] =
        version == 1
        ? [UInt8(length & 255), UInt8(length >> 8)] : [UInt8(length & 255), UInt8(length >> 8), 0, 0]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + data
}

private func header(_ type: String, _ shape: String, fortran: Bool = false) -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }\n"
}

@Suite struct NumPyFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    static let expected = [
        "x": NumericArray(shape: [2, 2], values: [1, 2.5, -3, 4]),
        "y": NumericArray(shape: [2], values: [1, 0]),
    ]

    @Test(arguments: [NumPyArchives.stored, NumPyArchives.deflated, NumPyArchives.zip64])
    func readsWhatNumPyWrites(_ bytes: [UInt8]) throws {
        let file = try NPZFile(contentsOf: folder.write(bytes, "a.npz"))
        #expect(file.arrays == Self.expected)
    }

    @Test func writesWhatItReads() throws {
        var file = NPZFile(arrays: Self.expected)
        file.arrays["scalar"] = NumericArray(shape: [], values: [.nan])
        file.arrays["none"] = NumericArray(shape: [0, 3], values: [])
        file.arrays.removeValue(forKey: "y")
        try file.write(to: folder.file("b.npz"))
        let read = try NPZFile(contentsOf: folder.file("b.npz"))
        #expect(read.arrays["x"] == file.arrays["x"] && read.arrays["none"] == file.arrays["none"])
        #expect(read.arrays["scalar"]?.shape == [] && read.arrays["scalar"]?.values[0].isNaN == true)

        let array = NumericArray(shape: [3], values: [1, -0.0, .infinity])
        try NPYFile.write(array, to: folder.file("c.npy"))
        #expect(try NPYFile.read(folder.file("c.npy")) == array)
        // NumPy maps files whose data start at a multiple of 64.
        #expect(try Data(contentsOf: folder.file("c.npy")).count == 128 + 12)
    }

    @Test(
        arguments: [
            ("|b1", [1, 0], [1, 0]), ("|i1", [0xFF, 2], [-1, 2]), ("|u1", [0xFF, 2], [255, 2]),
            ("<i2", [0xFE, 0xFF, 1, 0], [-2, 1]), ("<u2", [0xFE, 0xFF, 1, 0], [65534, 1]),
            ("<i4", [0xFD, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0], [-3, 1]), ("<f2", [0, 0x3C, 0, 0xC0], [1, -2]),
            ("<u4", [0, 0, 0, 0x80, 1, 0, 0, 0], [2_147_483_648, 1]),
            ("<i8", [0xFC] + [UInt8](repeating: 0xFF, count: 7) + [7, 0, 0, 0, 0, 0, 0, 0], [-4, 7]),
            ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x80], [1.5, 0]),
        ] as [(String, [UInt8], [Float])])
    func readsEveryElementType(_ type: String, _ data: [UInt8], _ values: [Float]) throws {
        for version: UInt8 in 1...3 {
            let url = try folder.write(
                npy(header(type, "(2,)"), data, version: version), "\(type.dropFirst()).npy")
            #expect(try NPYFile.read(url) == NumericArray(shape: [2], values: values))
        }
    }

    @Test(arguments: [
        header(">f4", "(2, 2)"), header("<f4", "(2, 2)", fortran: true), header("<U4", "(1,)"),
        header("|O", "(2,)"),
        header("<c8", "(2,)"), "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }",
    ])
    func namesTypesAndOrdersThatAreNotRead(_ header: String) throws {
        let url = try folder.write(npy(header, [UInt8](repeating: 0, count: 16)), "a.npy")
        #expect {
            try NPYFile.read(url)
        } throws: { error in
            if case DatasetError.unsupportedArray(url.relativePath, nil, _) = error { true } else { false }
        }
    }

    @Test(arguments: [
        header("<f4", "(3, 2)"), header("<f4", "(2,)"), header("<f4", "(9223372036854775807, 4)"),
        header("<f4", "(4611686018427387905,)"), header("<f4", "(-1,)"),
        header("<f4", "(99999999999999999999,)"),
        "not a dictionary", "{'descr': '<f4', 'shape': (4,)}",
    ])
    func refusesHeadersThatLie(_ header: String) throws {
        let url = try folder.write(npy(header, [UInt8](repeating: 0, count: 16)), "a.npy")
        #expect {
            try NPYFile.read(url)
        } throws: { error in
            if case DatasetError.malformedFile(url.relativePath, _) = error { true } else { false }
        }
    }

    @Test func anOrderThatMakesNoDifferenceIsRead() throws {
        let url = try folder.write(
            npy(header("<f4", "(2, 1)", fortran: true), [UInt8](repeating: 0, count: 8)), "a.npy")
        #expect(try NPYFile.read(url).shape == [2, 1])
    }

    @Test(arguments: [NumPyArchives.stored, NumPyArchives.deflated, NumPyArchives.zip64])
    func everyTruncationIsRefused(_ bytes: [UInt8]) throws {
        for length in 0..<bytes.count {
            let url = try folder.write(Array(bytes.prefix(length)), "a.npz")
            #expect(throws: DatasetError.self, "\(length) bytes") { try NPZFile(contentsOf: url) }
        }
    }

    @Test func everyTruncationOfANumPyArrayIsRefused() throws {
        let bytes = npy(header("<f4", "(2,)"), [UInt8](repeating: 0, count: 8))
        for length in 0..<bytes.count {
            let url = try folder.write(Array(bytes.prefix(length)), "a.npy")
            #expect(throws: DatasetError.self, "\(length) bytes") { try NPYFile.read(url) }
        }
    }

    /// A changed byte must never end the program; in the arrays themselves the checksum finds it.
    @Test(arguments: [NumPyArchives.stored, NumPyArchives.deflated, NumPyArchives.zip64])
    func changedBytesNeverGoUnnoticedInTheData(_ bytes: [UInt8]) throws {
        for position in bytes.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = bytes
                changed[position] ^= change
                let url = try folder.write(changed, "a.npz")
                let arrays = (try? NPZFile(contentsOf: url))?.arrays ?? [:]
                for (name, array) in arrays where Self.expected[name] != nil {
                    #expect(array == Self.expected[name], "byte \(position)")
                }
            }
        }
    }

    @Test func aBombIsRefusedBeforeMemoryIsTaken() throws {
        var bytes = NumPyArchives.deflated
        // The directory's size of the first member: 24 bytes into its record, which starts with PK\1\2.
        let record = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        bytes.replaceSubrange(record + 24..<record + 28, with: [0xFE, 0xFF, 0xFF, 0xFF])
        let url = try folder.write(bytes, "a.npz")
        #expect(
            throws: DatasetError.malformedFile(
                path: url.relativePath,
                problem: "member 'x.npy' does not decompress to the 4294967294 bytes it claims")
        ) { try NPZFile(contentsOf: url) }
    }
}
