/// An amount of memory, written as a number of bytes or with a unit: `2GiB`, `512 MiB`, `1.5G`.
public struct MemorySize: Sendable, Equatable {
    /// The number of bytes.
    public let bytes: Int

    /// An amount of `bytes`.
    public init(bytes: Int) {
        self.bytes = bytes
    }

    /// Reads an amount; nil where `text` is no positive number with one of the units B, K, M, G, T (binary, `iB` optional).
    public init?(_ text: String) {
        let units: [Character: Int] = ["k": 10, "m": 20, "g": 30, "t": 40]
        var rest = text.lowercased().filter { $0 != " " }[...]
        if rest.hasSuffix("ib") {
            rest = rest.dropLast(2)
        } else if rest.hasSuffix("b") {
            rest = rest.dropLast()
        }
        var exponent = 0
        if let unit = rest.last, let known = units[unit] {
            exponent = known
            rest = rest.dropLast()
        }
        guard let number = Double(rest), number > 0, number * Double(1 << exponent) < 0x1p62 else {
            return nil
        }
        let bytes = Int(number * Double(1 << exponent))
        guard bytes > 0 else { return nil }
        self.bytes = bytes
    }
}

extension MemorySize: CustomStringConvertible {
    /// The amount in the largest unit that it is a whole number of.
    public var description: String {
        for (unit, exponent) in [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)]
        where bytes % (1 << exponent) == 0 && bytes > 0 {
            return "\(bytes >> exponent)\(unit)"
        }
        return "\(bytes)B"
    }
}

extension MemorySize: Codable {
    /// Reads the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let size = MemorySize(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an amount of memory such as 512MiB or 2GiB")
        }
        self = size
    }

    /// Writes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
