import Foundation

/// The bytes of a safetensors file and a header that was checked against them.
struct SafetensorsArchive {
    let path: String
    let metadata: [String: String]
    private let entries: [String: SafetensorsHeader.Entry]
    private let data: ArraySlice<UInt8>

    /// Longer headers are a sign of a damaged length field; the format's own library has the same limit.
    private static let headerLimit: UInt64 = 100_000_000

    var names: [String] { entries.keys.sorted() }

    init(bytes: [UInt8], path: String) throws(DatasetError) {
        func malformed(_ problem: String) -> DatasetError { .malformedFile(path: path, problem: problem) }
        guard bytes.count >= 8 else {
            throw malformed(
                "a safetensors file starts with 8 bytes of header length, this one has \(bytes.count)")
        }
        let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= Self.headerLimit, length <= UInt64(bytes.count - 8) else {
            throw malformed("the header claims \(length) bytes of a file of \(bytes.count)")
        }
        let start = 8 + Int(length)
        let header: SafetensorsHeader
        do {
            header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(bytes[8..<start]))
        } catch {
            throw malformed("the header is not the JSON object that a safetensors file has")
        }
        self.path = path
        metadata = header.metadata
        entries = header.entries
        data = bytes[start...]
        try checkLayout()
    }

    /// The array called `name`.
    func array(_ name: String) throws(DatasetError) -> NumericArray {
        guard let entry = entries[name] else {
            throw .missingArray(path: path, array: name, available: names)
        }
        guard let type = entry.type else {
            throw .unsupportedArray(
                path: path, array: name,
                problem: "has element type \(entry.dtype), which is not read; use F32")
        }
        let range = data.startIndex + entry.data_offsets[0]..<data.startIndex + entry.data_offsets[1]
        return NumericArray(shape: entry.shape, values: type.decode(data[range]))
    }

    /// Arrays must cover the data exactly: sorted by place, each starts where the one before ends.
    private func checkLayout() throws(DatasetError) {
        var end = 0
        let ordered = entries.sorted { ($0.value.start, $0.value.end) < ($1.value.start, $1.value.end) }
        for (name, entry) in ordered {
            func malformed(_ problem: String) -> DatasetError {
                .malformedFile(path: path, problem: "array '\(name)' \(problem)")
            }
            guard entry.data_offsets.count == 2, entry.start >= 0, entry.start <= entry.end else {
                throw malformed("has byte offsets \(entry.data_offsets), which are no range")
            }
            guard entry.start == end else {
                throw malformed(
                    "starts at byte \(entry.start) of the data, but the array before it ends at \(end)")
            }
            guard entry.end <= data.count else {
                throw malformed("ends at byte \(entry.end) of \(data.count) bytes of data")
            }
            guard let count = NumericArray.count(of: entry.shape) else {
                throw malformed("has the impossible shape \(entry.shape)")
            }
            if let type = entry.type, Double(count) * Double(type.size) != Double(entry.end - entry.start) {
                throw malformed(
                    "has shape \(entry.shape) of \(entry.dtype), but \(entry.end - entry.start) bytes")
            }
            end = entry.end
        }
        guard end == data.count else {
            throw .malformedFile(
                path: path, problem: "the arrays end at byte \(end) of \(data.count) bytes of data")
        }
    }
}
