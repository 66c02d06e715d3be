/// Builds a zip archive of stored (uncompressed) members.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var memberCount: UInt16 = 0

    /// The first day that the format can name: the same members always make the same archive.
    private static let date: UInt16 = 1 << 5 | 1

    /// Appends a member; `false` where the archive would outgrow the 32 bits of its offsets.
    mutating func append(_ contents: [UInt8], name: String) -> Bool {
        let name = Array(name.utf8)
        guard let offset = UInt32(exactly: bytes.count), let size = UInt32(exactly: contents.count),
            UInt32(exactly: bytes.count + contents.count + name.count + 30) != nil, memberCount < .max,
            name.count < UInt16.max
        else { return false }
        let utf8Names: UInt16 = 1 << 11
        var common: [UInt8] = []
        for field: UInt16 in [20, utf8Names, 0, 0, Self.date] { common.append(littleEndian: field) }
        common.append(littleEndian: Deflate.checksum(contents))
        for field in [size, size] { common.append(littleEndian: field) }
        common.append(littleEndian: UInt16(name.count))
        common.append(littleEndian: UInt16(0))

        bytes += [0x50, 0x4b, 3, 4] + common + name + contents
        directory += [0x50, 0x4b, 1, 2, 20, 0] + common
        for field: UInt16 in [0, 0, 0] { directory.append(littleEndian: field) }
        for field: UInt32 in [0, offset] { directory.append(littleEndian: field) }
        directory += name
        memberCount += 1
        return true
    }

    /// The whole archive; `nil` where its directory would lie beyond the 32 bits of its offset.
    func finished() -> [UInt8]? {
        guard let offset = UInt32(exactly: bytes.count), let size = UInt32(exactly: directory.count) else {
            return nil
        }
        var end: [UInt8] = [0x50, 0x4b, 5, 6, 0, 0, 0, 0]
        for field in [memberCount, memberCount] { end.append(littleEndian: field) }
        for field in [size, offset] { end.append(littleEndian: field) }
        end.append(littleEndian: UInt16(0))
        return bytes + directory + end
    }
}
