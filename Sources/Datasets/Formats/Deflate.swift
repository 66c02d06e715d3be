import CZlib

/// The compression and checksum of zip archives, through zlib.
enum Deflate {
    /// The best that the format can do, in bytes out per byte in: 258 for a code of two bits.
    private static let greatestRatio = 1032

    /// The `count` bytes that `compressed` stands for; `nil` where it stands for anything else.
    static func inflate(_ compressed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        // A header that claims more must not make room for it first.
        guard count <= (compressed.count + 1) * greatestRatio,
            let inputCount = UInt32(exactly: compressed.count), let outputCount = UInt32(exactly: count)
        else { return nil }
        var stream = z_stream()
        let rawDeflate = -MAX_WBITS
        guard
            inflateInit2_(&stream, rawDeflate, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&stream) }
        var input = Array(compressed)
        // One byte more than claimed: output that would need it is a header that lies.
        var output = [UInt8](repeating: 0, count: count + 1)
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = inputCount
                stream.next_out = output.baseAddress
                stream.avail_out = outputCount + 1
                return CZlib.inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, stream.total_out == UInt(count) else { return nil }
        output.removeLast()
        return output
    }

    /// The CRC-32 of `bytes`.
    static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        let sum = bytes.withContiguousStorageIfAvailable { bytes in
            crc32_z(0, bytes.baseAddress, bytes.count)
        }
        return UInt32(
            truncatingIfNeeded: sum
                ?? Array(bytes).withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
    }
}
