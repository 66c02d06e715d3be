/// Writes the few forms of protocol buffer fields that an event needs.
///
/// Source: protobuf.dev, *Encoding*: a key of field number and wire type, then the value, little-endian.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func double(_ value: Double, field: UInt8) {
        bytes.append(field << 3 | 1)
        bytes.append(contentsOf: littleEndian(value.bitPattern))
    }

    mutating func float(_ value: Float, field: UInt8) {
        bytes.append(field << 3 | 5)
        bytes.append(contentsOf: littleEndian(value.bitPattern))
    }

    mutating func integer(_ value: UInt64, field: UInt8) {
        bytes.append(field << 3)
        variableLength(value)
    }

    mutating func string(_ value: String, field: UInt8) { data(Array(value.utf8), field: field) }

    mutating func message(field: UInt8, _ write: (inout ProtobufWriter) -> Void) {
        var writer = ProtobufWriter()
        write(&writer)
        data(writer.bytes, field: field)
    }

    private mutating func data(_ value: [UInt8], field: UInt8) {
        bytes.append(field << 3 | 2)
        variableLength(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func variableLength(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// The bytes of an integer, least significant first.
func littleEndian<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
}
