/// NumPy's array format, versions 1 to 3.
///
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
enum NPYArray {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let alignment = 64

    /// The array that `bytes` hold; `name` is its name in the archive at `path`, `nil` for a file of its own.
    static func decode(_ bytes: ArraySlice<UInt8>, path: String, name: String?) throws(DatasetError)
        -> NumericArray
    {
        func malformed(_ problem: String) -> DatasetError {
            .malformedFile(path: path, problem: name.map { "array '\($0)': \(problem)" } ?? problem)
        }
        guard bytes.starts(with: magic), bytes.count >= 10 else {
            throw malformed("the bytes of a .npy file start with '\\x93NUMPY', these do not")
        }
        let start = bytes.startIndex
        let version = bytes[start + 6]
        guard (1...3).contains(version) else {
            throw malformed("version \(version) of the .npy format is unknown")
        }
        let lengthSize = version == 1 ? 2 : 4
        let length = bytes[(start + 8)...].prefix(lengthSize).reversed().reduce(0) { $0 << 8 | Int($1) }
        let headerStart = start + 8 + lengthSize
        guard headerStart + length <= bytes.endIndex else {
            throw malformed("the header claims \(length) bytes of \(bytes.count)")
        }
        let text = String(decoding: bytes[headerStart..<headerStart + length], as: UTF8.self)
        guard let header = NPYHeader(text) else {
            throw malformed("the header is not a description of type, order and shape")
        }
        let data = bytes[(headerStart + length)...]
        return try array(of: header, data: data, path: path, name: name)
    }

    private static func array(
        of header: NPYHeader, data: ArraySlice<UInt8>, path: String, name: String?
    ) throws(DatasetError) -> NumericArray {
        func unsupported(_ problem: String) -> DatasetError {
            .unsupportedArray(path: path, array: name, problem: problem)
        }
        guard let type = header.elementType else {
            throw unsupported(
                header.isBigEndian
                    ? "is big-endian ('\(header.descriptor)'); save it little-endian, as x.astype('<f4')"
                    : "has element type '\(header.descriptor)', which is not read; save it as float32")
        }
        // An array of at most one axis longer than 1 is the same in both orders.
        guard !header.isFortranOrder || header.shape.count(where: { $0 > 1 }) <= 1 else {
            throw unsupported("is in Fortran order; save it in C order, as numpy.ascontiguousarray(x)")
        }
        guard let count = NumericArray.count(of: header.shape), count <= Int.max / type.size,
            count * type.size == data.count
        else {
            throw .malformedFile(
                path: path,
                problem: (name.map { "array '\($0)': " } ?? "")
                    + "the header claims shape \(header.shape) of '\(header.descriptor)', "
                    + "but \(data.count) bytes follow")
        }
        return NumericArray(shape: header.shape, values: type.decode(data))
    }

    /// `array` as a version 1 file of `float32` in C order.
    static func encode(_ array: NumericArray) -> [UInt8] {
        let extents =
            array.shape.map(String.init).joined(separator: ", ") + (array.shape.count == 1 ? "," : "")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
        // The data start at a multiple of 64, and the header ends with a line break.
        let prefix = magic.count + 4
        header +=
            String(repeating: " ", count: alignment - 1 - (prefix + header.utf8.count) % alignment) + "\n"
        let length = header.utf8.count
        return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
            + ElementType.encode(array.values)
    }
}
