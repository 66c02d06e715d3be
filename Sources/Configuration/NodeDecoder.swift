import Yams

/// Decodes one node of a YAML tree; errors are `ConfigurationError`s that say where it stands.
struct NodeDecoder: Decoder {
    let node: Node
    let codingPath: [any CodingKey]
    let session: DecodingSession
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .mapping(let mapping) = node else {
            throw invalid(expected: "a mapping of keys to values")
        }
        return KeyedDecodingContainer(NodeMappingDecoder(decoder: self, mapping: mapping))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .sequence(let sequence) = node else { throw invalid(expected: "a list") }
        return NodeSequenceDecoder(decoder: self, elements: Array(sequence))
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decoder(for node: Node, key: any CodingKey) -> NodeDecoder {
        NodeDecoder(node: node, codingPath: codingPath + [key], session: session)
    }

    func invalid(expected: String) -> ConfigurationError {
        session.invalidValue(node, at: codingPath, expected: expected)
    }

    /// The node as a value of any decodable type.
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        if let type = type as? any NodeScalar.Type {
            guard let scalar = node.scalar, node.null == nil, let value = type.init(scalar) as? Value else {
                throw invalid(expected: type.expectation)
            }
            return value
        }
        do {
            return try Value(from: self)
        } catch let error as DecodingError {
            let context = Self.context(of: error)
            throw refused(
                at: context?.codingPath ?? [],
                expected: Self.choices(of: type) ?? context?.debugDescription ?? "\(error)")
        }
    }

    /// The error for a value that an `init(from:)` refused: this node, or the one below it that `path` leads to.
    private func refused(at path: [any CodingKey], expected: String) -> ConfigurationError {
        var refused = self
        for key in path.dropFirst(codingPath.count) {
            let child = key.intValue.flatMap { refused.node[$0] } ?? refused.node[key.stringValue]
            guard let child else { break }
            refused = refused.decoder(for: child, key: key)
        }
        return refused.invalid(expected: expected)
    }

    private static func context(of error: DecodingError) -> DecodingError.Context? {
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            context
        @unknown default:
            nil
        }
    }

    /// The raw values of an enumeration of texts.
    private static func choices(of type: any Decodable.Type) -> String? {
        func names<Choice: CaseIterable>(_ type: Choice.Type) -> [String] {
            type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        }
        guard let type = type as? any CaseIterable.Type else { return nil }
        let names = names(type)
        return names.isEmpty ? nil : "one of \(names.joined(separator: ", "))"
    }
}

extension NodeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { node.null != nil }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }
}

/// The keys and values of a mapping.
private struct NodeMappingDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: NodeDecoder
    let mapping: Node.Mapping
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { mapping.compactMap { $0.key.string.flatMap(Key.init(stringValue:)) } }

    func contains(_ key: Key) -> Bool {
        decoder.session.note(key.stringValue, in: codingPath)
        return value(of: key) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool { try nested(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try nested(key).value(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    private func value(of key: Key) -> Node? {
        mapping.first { $0.key.string == key.stringValue }?.value
    }

    private func nested(_ key: Key) throws -> NodeDecoder {
        decoder.session.note(key.stringValue, in: codingPath)
        guard let value = value(of: key) else {
            throw decoder.session.missingKey(key.stringValue, in: decoder.node, at: codingPath)
        }
        return decoder.decoder(for: value, key: key)
    }
}

/// The elements of a list, one after the other.
private struct NodeSequenceDecoder: UnkeyedDecodingContainer {
    private struct Position: CodingKey {
        let intValue: Int?
        var stringValue: String { intValue.map(String.init) ?? "" }
        init(intValue: Int) { self.intValue = intValue }
        init?(stringValue: String) { nil }
    }

    let decoder: NodeDecoder
    let elements: [Node]
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    init(decoder: NodeDecoder, elements: [Node]) {
        self.decoder = decoder
        self.elements = elements
    }

    mutating func decodeNil() throws -> Bool {
        guard try current().decodeNil() else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().value(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }

    private mutating func next() throws -> NodeDecoder {
        let decoder = try current()
        currentIndex += 1
        return decoder
    }

    private func current() throws -> NodeDecoder {
        guard !isAtEnd else {
            throw decoder.invalid(expected: "a list of more than \(elements.count) elements")
        }
        return decoder.decoder(for: elements[currentIndex], key: Position(intValue: currentIndex))
    }
}
