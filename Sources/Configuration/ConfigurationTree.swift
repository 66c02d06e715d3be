import Yams

/// The YAML of a configuration before it gets its types, and where each part of it was written.
struct ConfigurationTree {
    /// The file's path as the user gave it.
    let path: String
    /// What the file itself holds: a mapping.
    let file: Node
    /// The changes made to single values, in order.
    let overrides: [ConfigurationOverride]
    /// The file over the defaults, with the overrides on top.
    let root: Node

    init(
        yaml: String, path: String, defaults: Node?, overrides: [ConfigurationOverride]
    ) throws(ConfigurationError) {
        self.path = path
        self.overrides = overrides
        do {
            let node = try Yams.compose(yaml: yaml) ?? [:]
            file = node.null == nil ? node : [:]
        } catch {
            throw Self.error(error, path: path)
        }
        guard file.mapping != nil else {
            throw .invalidYAML(
                place: .file(path: path, line: 1), problem: "the file must hold keys and values")
        }
        var root = defaults.map { [file] in Self.overlay(file, on: $0) } ?? file
        for override in overrides {
            root = try Self.changing(root, at: override.keys[...], by: override)
        }
        self.root = root
    }

    /// Where the value at `keys` was written.
    func place(of keys: [String], line: Int?) -> ConfigurationPlace {
        if let override = overrides.last(where: { keys.starts(with: $0.keys) }) {
            return .override(override.text)
        }
        return .file(path: path, line: line)
    }

    /// Whether an override set the value at `keys`, or one that it is part of.
    func isOverridden(_ keys: [String]) -> Bool {
        overrides.contains { keys.starts(with: $0.keys) }
    }

    /// `given` with the keys it lacks taken from `defaults`, at every depth.
    private static func overlay(_ given: Node, on defaults: Node) -> Node {
        guard case .mapping(let given) = given, case .mapping(var merged) = defaults else { return given }
        for (key, value) in given {
            merged[key] = merged[key].map { overlay(value, on: $0) } ?? value
        }
        return .mapping(merged)
    }

    private static func changing(
        _ node: Node, at keys: ArraySlice<String>, by override: ConfigurationOverride
    ) throws(ConfigurationError) -> Node {
        guard let key = keys.first else { return overlay(override.value, on: node) }
        switch node {
        case .mapping(var mapping):
            mapping[Node(key)] = try changing(mapping[Node(key)] ?? [:], at: keys.dropFirst(), by: override)
            return .mapping(mapping)
        case .sequence(var sequence):
            guard let index = Int(key), sequence.indices.contains(index) else {
                throw .invalidOverride(
                    text: override.text,
                    problem:
                        "'\(key)' is none of the \(sequence.count) elements of a list, which count from 0")
            }
            sequence[index] = try changing(sequence[index], at: keys.dropFirst(), by: override)
            return .sequence(sequence)
        case .scalar, .alias:
            // A single value in the file gives way to the mapping that the path asks for.
            return try changing([:], at: keys, by: override)
        }
    }

    private static func error(_ error: any Error, path: String) -> ConfigurationError {
        func invalid(_ line: Int?, _ problem: String) -> ConfigurationError {
            .invalidYAML(place: .file(path: path, line: line), problem: problem)
        }
        guard let error = error as? YamlError else { return invalid(nil, "\(error)") }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return invalid(mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            return invalid(context.mark.line, "the mapping that starts here has \(keys) more than once")
        case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
            .representer(let problem):
            return invalid(nil, problem)
        case .no, .memory, .dataCouldNotBeDecoded:
            return invalid(nil, "\(error)")
        }
    }
}
