/// The JSON header of a safetensors file.
struct SafetensorsHeader: Codable {
    /// One array; the names are the format's own.
    struct Entry: Codable {
        let dtype: String
        let shape: [Int]
        let data_offsets: [Int]

        var start: Int { data_offsets.first ?? 0 }
        var end: Int { data_offsets.last ?? 0 }

        var type: ElementType? {
            switch dtype {
            case "BOOL": .boolean
            case "I8": .int8
            case "I16": .int16
            case "I32": .int32
            case "I64": .int64
            case "U8": .uint8
            case "U16": .uint16
            case "U32": .uint32
            case "U64": .uint64
            case "F16": .float16
            case "BF16": .bfloat16
            case "F32": .float32
            case "F64": .float64
            default: nil
            }
        }
    }

    /// A name in the header: an array's, or `__metadata__`.
    private struct Name: CodingKey {
        static let metadata = Name(stringValue: "__metadata__")
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]

    init(metadata: [String: String]) {
        self.metadata = metadata
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for name in container.allKeys {
            if name.stringValue == Name.metadata.stringValue {
                metadata = try container.decode([String: String].self, forKey: name)
            } else {
                entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        if !metadata.isEmpty { try container.encode(metadata, forKey: .metadata) }
        for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
    }
}
