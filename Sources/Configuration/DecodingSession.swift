import Yams

/// One decoding of a configuration: remembers which keys were asked for, to tell the unknown ones.
final class DecodingSession {
    private let tree: ConfigurationTree
    /// The keys asked for in the mapping at a key path, in the order of asking.
    private var asked: [[String]: [String]] = [:]

    init(tree: ConfigurationTree) {
        self.tree = tree
    }

    /// The value that the tree describes.
    func decode<Value: Decodable>() throws(ConfigurationError) -> Value {
        do {
            return try NodeDecoder(node: tree.root, codingPath: [], session: self).value()
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw .invalidYAML(place: .file(path: tree.path, line: nil), problem: "\(error)")
        }
    }

    func note(_ key: String, in path: [any CodingKey]) {
        let path = path.map(\.stringValue)
        if asked[path]?.contains(key) != true { asked[path, default: []].append(key) }
    }

    /// Fails for the first key of the file or of an override that no decoding asked for; keys that come from the
    /// defaults may be left over.
    func refuseUnknownKeys() throws(ConfigurationError) {
        try refuseUnknownKeys(in: tree.file, at: [])
        for override in tree.overrides {
            for (depth, key) in override.keys.enumerated() {
                let path = Array(override.keys[..<depth])
                guard let known = asked[path] else { continue }
                guard known.contains(key) else { throw unknownKey(key, nil, among: known, at: path) }
            }
            try refuseUnknownKeys(in: override.value, at: override.keys)
        }
    }

    private func refuseUnknownKeys(in node: Node, at path: [String]) throws(ConfigurationError) {
        switch node {
        case .mapping(let mapping):
            // Nothing reads below a mapping that an override replaced.
            guard let known = asked[path] ?? (tree.isOverridden(path) ? nil : []) else { return }
            for (key, value) in mapping {
                let name = key.string ?? ""
                guard known.contains(name) else { throw unknownKey(name, key, among: known, at: path) }
                try refuseUnknownKeys(in: value, at: path + [name])
            }
        case .sequence(let sequence):
            for (index, element) in sequence.enumerated() {
                try refuseUnknownKeys(in: element, at: path + [String(index)])
            }
        case .scalar, .alias:
            break
        }
    }

    private func unknownKey(
        _ name: String, _ node: Node?, among known: [String], at path: [String]
    ) -> ConfigurationError {
        let keys = path + [name]
        return .unknownKey(
            key: keys.joined(separator: "."), place: tree.place(of: keys, line: node?.mark?.line),
            nearest: Spelling.nearest(to: name, among: known), known: known)
    }

    /// The error for a key that must be there: a present key spelt much like it is the likelier mistake.
    func missingKey(_ key: String, in node: Node, at path: [any CodingKey]) -> ConfigurationError {
        let path = path.map(\.stringValue)
        let known = asked[path] ?? []
        for (present, _) in node.mapping ?? [:] {
            let name = present.string ?? ""
            if !known.contains(name), Spelling.nearest(to: name, among: [key]) != nil {
                return unknownKey(name, present, among: [key], at: path)
            }
        }
        return .missingKey(
            key: (path + [key]).joined(separator: "."), place: tree.place(of: path, line: node.mark?.line))
    }

    func invalidValue(_ node: Node, at path: [any CodingKey], expected: String) -> ConfigurationError {
        let keys = path.map(\.stringValue)
        return .invalidValue(
            key: keys.joined(separator: "."), place: tree.place(of: keys, line: node.mark?.line),
            found: Self.text(node), expected: expected)
    }

    private static func text(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): node.null == nil ? "'\(scalar.string)'" : "empty"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
