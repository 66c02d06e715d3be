/// Where the split of each sample comes from.
public enum SplitSource: Equatable, Sendable, Codable {
    /// From an array: 0 for training, 1 for validation, 2 for test.
    case array(ArrayReference)
    /// From chance, stratified where it can be; the same seed gives the same split.
    case random(seed: UInt64, fractions: SplitFractions)

    /// The split of a set that says nothing about it.
    public static let standard = SplitSource.random(seed: 0, fractions: .standard)

    private enum CodingKeys: String, CodingKey {
        case file, seed, fractions
    }

    /// Decodes `{file: ..., array: ...}` or `{seed: ..., fractions: [...]}`.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        if keys.contains(.file) {
            self = .array(try ArrayReference(from: decoder))
            return
        }
        self = .random(
            seed: try keys.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0,
            fractions: try keys.decodeIfPresent(SplitFractions.self, forKey: .fractions) ?? .standard)
    }

    /// Encodes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let reference):
            try reference.encode(to: encoder)
        case .random(let seed, let fractions):
            var keys = encoder.container(keyedBy: CodingKeys.self)
            try keys.encode(seed, forKey: .seed)
            try keys.encode(fractions, forKey: .fractions)
        }
    }
}

extension SplitFractions: Codable {
    /// Decodes a list of three shares.
    public init(from decoder: any Decoder) throws {
        let shares = try [Double](from: decoder)
        do {
            try self.init(shares)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "three positive numbers that add up to 1"))
        }
    }

    /// Encodes a list of three shares.
    public func encode(to encoder: any Encoder) throws {
        try [train, validation, test].encode(to: encoder)
    }
}
