/// The number formats of array files; multi-byte numbers are little-endian.
enum ElementType: CaseIterable {
    case boolean
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case float16, bfloat16, float32, float64

    /// Bytes per element.
    var size: Int {
        switch self {
        case .boolean, .int8, .uint8: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// `bytes`, a whole number of elements, as single-precision numbers.
    func decode(_ bytes: ArraySlice<UInt8>) -> [Float] {
        bytes.withUnsafeBytes { raw in
            switch self {
            case .boolean: Self.convert(raw) { (value: UInt8) in value == 0 ? 0 : 1 }
            case .int8: Self.convert(raw) { (value: UInt8) in Float(Int8(bitPattern: value)) }
            case .int16: Self.convert(raw) { (value: UInt16) in Float(Int16(bitPattern: value)) }
            case .int32: Self.convert(raw) { (value: UInt32) in Float(Int32(bitPattern: value)) }
            case .int64: Self.convert(raw) { (value: UInt64) in Float(Int64(bitPattern: value)) }
            case .uint8: Self.convert(raw) { (value: UInt8) in Float(value) }
            case .uint16: Self.convert(raw) { (value: UInt16) in Float(value) }
            case .uint32: Self.convert(raw) { (value: UInt32) in Float(value) }
            case .uint64: Self.convert(raw) { (value: UInt64) in Float(value) }
            case .float16: Self.convert(raw) { (value: UInt16) in Float(Float16(bitPattern: value)) }
            case .bfloat16: Self.convert(raw) { (value: UInt16) in Float(bitPattern: UInt32(value) << 16) }
            case .float32: Self.convert(raw) { (value: UInt32) in Float(bitPattern: value) }
            case .float64: Self.convert(raw) { (value: UInt64) in Float(Double(bitPattern: value)) }
            }
        }
    }

    /// `values` as the bytes of little-endian `float32` numbers.
    static func encode(_ values: [Float]) -> [UInt8] {
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
    }

    private static func convert<Bits: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ number: (Bits) -> Float
    ) -> [Float] {
        let count = bytes.count / MemoryLayout<Bits>.size
        return [Float](unsafeUninitializedCapacity: count) { values, initialized in
            for index in 0..<count {
                let bits = bytes.loadUnaligned(
                    fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
                values.initializeElement(at: index, to: number(Bits(littleEndian: bits)))
            }
            initialized = count
        }
    }
}
