/// The members of a zip archive, stored or deflated; sizes beyond 32 bits (zip64) are understood.
///
/// Source: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
struct ZipArchive {
    /// One member, as the central directory describes it.
    private struct Member {
        let method: UInt16
        let isEncrypted: Bool
        let checksum: UInt32
        let compressedSize: Int
        let size: Int
        let headerOffset: Int
    }

    private enum Signature {
        static let localHeader: UInt32 = 0x0403_4b50
        static let centralHeader: UInt32 = 0x0201_4b50
        static let end: UInt32 = 0x0605_4b50
        static let end64: UInt32 = 0x0606_4b50
        static let end64Locator: UInt32 = 0x0706_4b50
    }

    let path: String
    /// The members' names in the order of the directory.
    private(set) var names: [String] = []
    private var members: [String: Member] = [:]
    private let bytes: ArraySlice<UInt8>

    init(bytes: [UInt8], path: String) throws(DatasetError) {
        self.bytes = bytes[...]
        self.path = path
        guard let end = Self.endRecord(in: self.bytes) else {
            throw malformed("the archive has no directory at its end")
        }
        try readDirectory(at: end.directoryOffset, count: end.memberCount)
    }

    /// The bytes of a member, decompressed and held to their checksum.
    func contents(of name: String) throws(DatasetError) -> ArraySlice<UInt8> {
        guard let member = members[name] else {
            throw .missingArray(path: path, array: name, available: names)
        }
        guard bytes.number(UInt32.self, at: member.headerOffset) == Signature.localHeader,
            let nameLength = bytes.number(UInt16.self, at: member.headerOffset + 26),
            let extraLength = bytes.number(UInt16.self, at: member.headerOffset + 28),
            let stored = bytes.bytes(
                at: member.headerOffset + 30 + Int(nameLength) + Int(extraLength),
                count: member.compressedSize)
        else { throw malformed("member '\(name)' lies outside the archive") }
        guard !member.isEncrypted else {
            throw .unsupportedArray(
                path: path, array: name, problem: "is encrypted; save it without a password")
        }
        let contents: ArraySlice<UInt8>
        switch member.method {
        case 0:
            contents = stored
        case 8:
            guard let inflated = Deflate.inflate(stored, count: member.size) else {
                throw malformed("member '\(name)' does not decompress to the \(member.size) bytes it claims")
            }
            contents = inflated[...]
        default:
            throw .unsupportedArray(
                path: path, array: name,
                problem: "is compressed by method \(member.method); use numpy.savez or numpy.savez_compressed"
            )
        }
        guard contents.count == member.size, Deflate.checksum(contents) == member.checksum else {
            throw malformed("member '\(name)' does not match its checksum")
        }
        return contents
    }

    private func malformed(_ problem: String) -> DatasetError { .malformedFile(path: path, problem: problem) }

    private mutating func readDirectory(at start: Int, count: Int) throws(DatasetError) {
        var offset = start
        for _ in 0..<count {
            guard bytes.number(UInt32.self, at: offset) == Signature.centralHeader,
                let flags = bytes.number(UInt16.self, at: offset + 8),
                let method = bytes.number(UInt16.self, at: offset + 10),
                let checksum = bytes.number(UInt32.self, at: offset + 16),
                let compressedSize = bytes.number(UInt32.self, at: offset + 20),
                let size = bytes.number(UInt32.self, at: offset + 24),
                let nameLength = bytes.number(UInt16.self, at: offset + 28),
                let extraLength = bytes.number(UInt16.self, at: offset + 30),
                let commentLength = bytes.number(UInt16.self, at: offset + 32),
                let headerOffset = bytes.number(UInt32.self, at: offset + 42),
                let name = bytes.bytes(at: offset + 46, count: Int(nameLength)),
                let extra = bytes.bytes(at: offset + 46 + Int(nameLength), count: Int(extraLength)),
                let sizes = Self.widened([size, compressedSize, headerOffset], extra: extra)
            else { throw malformed("the archive's directory is damaged") }
            let text = String(decoding: name, as: UTF8.self)
            guard members[text] == nil else { throw malformed("the archive has two members '\(text)'") }
            names.append(text)
            members[text] = Member(
                method: method, isEncrypted: flags & 1 != 0, checksum: checksum,
                compressedSize: sizes[1], size: sizes[0], headerOffset: sizes[2])
            offset += 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
        }
    }

    /// Sizes and offset with those that do not fit 32 bits taken from the zip64 extra field, in this order.
    private static func widened(_ numbers: [UInt32], extra: ArraySlice<UInt8>) -> [Int]? {
        guard numbers.contains(.max) else { return numbers.map(Int.init) }
        let zip64: UInt16 = 1
        var offset = 0
        while let tag = extra.number(UInt16.self, at: offset),
            let length = extra.number(UInt16.self, at: offset + 2)
        {
            if tag == zip64 {
                var field = offset + 4
                var widened: [Int] = []
                for number in numbers {
                    guard number == .max else {
                        widened.append(Int(number))
                        continue
                    }
                    guard let wide = extra.number(UInt64.self, at: field), let wide = Int(exactly: wide)
                    else { return nil }
                    widened.append(wide)
                    field += 8
                }
                return widened
            }
            offset += 4 + Int(length)
        }
        return nil
    }

    /// Where the directory is, from the record at the archive's end, which a comment may follow.
    private static func endRecord(in bytes: ArraySlice<UInt8>) -> (directoryOffset: Int, memberCount: Int)? {
        let recordSize = 22
        let longestComment = 0xFFFF
        var offset = bytes.count - recordSize
        let first = max(0, offset - longestComment)
        while offset >= first {
            if bytes.number(UInt32.self, at: offset) == Signature.end,
                let count = bytes.number(UInt16.self, at: offset + 10),
                let directory = bytes.number(UInt32.self, at: offset + 16),
                let comment = bytes.number(UInt16.self, at: offset + 20),
                offset + recordSize + Int(comment) == bytes.count
            {
                guard count == .max || directory == .max else { return (Int(directory), Int(count)) }
                return endRecord64(in: bytes, locator: offset - 20)
            }
            offset -= 1
        }
        return nil
    }

    private static func endRecord64(
        in bytes: ArraySlice<UInt8>, locator: Int
    ) -> (directoryOffset: Int, memberCount: Int)? {
        guard bytes.number(UInt32.self, at: locator) == Signature.end64Locator,
            let record = bytes.number(UInt64.self, at: locator + 8), let record = Int(exactly: record),
            record <= bytes.count, bytes.number(UInt32.self, at: record) == Signature.end64,
            let count = bytes.number(UInt64.self, at: record + 32), count <= UInt64(bytes.count),
            let directory = bytes.number(UInt64.self, at: record + 48),
            let directory = Int(exactly: directory)
        else { return nil }
        return (directory, Int(count))
    }
}
