import Yams

/// Encodes a value into a YAML tree, keys in the order they are encoded.
///
/// Numbers are written as their shortest decimal form and absent values as `null`: a configuration is written to be
/// read by people, and with every key it has.
struct NodeEncoder: Encoder {
    let target: EncodedNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// The tree of `value`.
    static func node(_ value: some Encodable) throws(ConfigurationError) -> Node {
        let target = EncodedNode()
        do {
            try target.store(value, at: [])
        } catch {
            throw .unwritableValue(problem: "\(error)")
        }
        return target.node
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(NodeMappingEncoder(target: target, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        NodeSequenceEncoder(target: target, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension NodeEncoder: SingleValueEncodingContainer {
    func encodeNil() { target.content = .null }
    func encode(_ value: some Encodable) throws { try target.store(value, at: codingPath) }
}

private struct NodeMappingEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: EncodedNode
    let codingPath: [any CodingKey]

    init(target: EncodedNode, codingPath: [any CodingKey]) {
        self.target = target
        self.codingPath = codingPath
        if case .mapping = target.content { return }
        target.content = .mapping([])
    }

    func encodeNil(forKey key: Key) { target.child(key.stringValue).content = .null }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try target.child(key.stringValue).store(value, at: codingPath + [key])
    }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        try encodeOptional(value, forKey: key)
    }

    // The protocol's own versions for these types leave absent values out, and win over the generic one.
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOptional(value, forKey: key) }

    private func encodeOptional(_ value: (some Encodable)?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { NodeEncoder(target: target, codingPath: codingPath) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: Key) -> NodeEncoder {
        NodeEncoder(target: target.child(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct NodeSequenceEncoder: UnkeyedEncodingContainer {
    let target: EncodedNode
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(target: EncodedNode, codingPath: [any CodingKey]) {
        self.target = target
        self.codingPath = codingPath
        target.content = .sequence([])
    }

    mutating func encodeNil() { next().target.content = .null }
    mutating func encode(_ value: some Encodable) throws { try next().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { next() }

    private mutating func next() -> NodeEncoder {
        count += 1
        return NodeEncoder(target: target.appendedChild(), codingPath: codingPath)
    }
}
