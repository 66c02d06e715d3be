import Foundation

/// A safetensors file: named arrays and a few words about them.
///
/// Format: 8 bytes of header length, a JSON header, the arrays' bytes without gaps
/// (https://huggingface.co/docs/safetensors).
public struct SafetensorsFile: Equatable, Sendable {
    /// The arrays by name.
    public var tensors: [String: NumericArray]
    /// Free text by key, the header's `__metadata__`.
    public var metadata: [String: String]

    /// A file of `tensors`, not yet written.
    public init(tensors: [String: NumericArray] = [:], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Reads every array of a file.
    /// - Throws: `DatasetError.malformedFile` where the header does not fit the file,
    ///   `.unsupportedArray` for element types other than integers, booleans and 16, 32 or 64-bit floats.
    public init(contentsOf url: URL) throws(DatasetError) {
        let archive = try SafetensorsArchive(bytes: FileBytes.read(url), path: url.relativePath)
        tensors = [:]
        metadata = archive.metadata
        for name in archive.names { tensors[name] = try archive.array(name) }
    }

    /// Writes all arrays as `F32`, in the order of their names, replacing the file in one step.
    /// - Throws: `DatasetError.unwritableFile`; a previous version is then untouched.
    public func write(to url: URL) throws(DatasetError) {
        try AtomicFile.write(encoded(path: url.relativePath), to: url)
    }

    private func encoded(path: String) throws(DatasetError) -> [UInt8] {
        var header = SafetensorsHeader(metadata: metadata)
        var values: [UInt8] = []
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let start = values.count
            values += ElementType.encode(tensor.values)
            header.entries[name] = .init(
                dtype: "F32", shape: tensor.shape, data_offsets: [start, values.count])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var text = try? [UInt8](encoder.encode(header)) else {
            throw .unwritableFile(path: path, reason: "its header cannot be expressed in JSON")
        }
        // Readers that map the file expect the arrays to start at a multiple of 8.
        text += [UInt8](repeating: UInt8(ascii: " "), count: -text.count & 7)
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + values
    }
}
