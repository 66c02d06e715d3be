/// Reads and writes the little-endian numbers of binary headers.
extension ArraySlice<UInt8> {
    /// The number of `type` at `offset` from the slice's start; `nil` where the slice ends before it does.
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number? {
        let size = MemoryLayout<Number>.size
        guard offset >= 0, count >= size, offset <= count - size else { return nil }
        let first = startIndex + offset
        return self[first..<first + size].reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    /// `length` bytes from `offset` on; `nil` where the slice ends before they do.
    func bytes(at offset: Int, count length: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        return self[startIndex + offset..<startIndex + offset + length]
    }
}

extension [UInt8] {
    /// Appends the bytes of `number`, least significant first.
    mutating func append(littleEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
