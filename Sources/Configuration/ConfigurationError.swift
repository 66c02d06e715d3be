/// What can be wrong with a configuration.
public enum ConfigurationError: Error, Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadableFile(path: String, reason: String)
    /// The text is not YAML.
    case invalidYAML(place: ConfigurationPlace, problem: String)
    /// A key that nothing reads; `nearest` is the known key spelt most like it.
    case unknownKey(key: String, place: ConfigurationPlace, nearest: String?, known: [String])
    /// A key that must be given is absent.
    case missingKey(key: String, place: ConfigurationPlace)
    /// A value of the wrong type, or not among those allowed.
    case invalidValue(key: String, place: ConfigurationPlace, found: String, expected: String)
    /// An override that is not of the form `key.path=value`, or whose path leads nowhere.
    case invalidOverride(text: String, problem: String)
    /// A value cannot be written as YAML.
    case unwritableValue(problem: String)
}

/// Where a part of a configuration was written.
public enum ConfigurationPlace: Equatable, Sendable, CustomStringConvertible {
    /// A line of a file; lines count from 1.
    case file(path: String, line: Int?)
    /// An override of the command line.
    case override(String)

    /// The place as a person would look it up: `config.yaml, line 3` or `--set epochs=ten`.
    public var description: String {
        switch self {
        case .file(let path, let line): line.map { "\(path), line \($0)" } ?? path
        case .override(let text): "--set \(text)"
        }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One sentence: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let reason):
            "\(path): cannot be read (\(reason)); check the path and its permissions."
        case .invalidYAML(let place, let problem):
            "\(place): not valid YAML, \(problem)."
        case .unknownKey(let key, let place, let nearest, let known):
            "\(place): unknown key '\(key)'; "
                + (nearest.map { "did you mean '\($0)'?" }
                    ?? (known.isEmpty
                        ? "no key is known here." : "known here are \(known.joined(separator: ", "))."))
        case .missingKey(let key, let place):
            "\(place): the key '\(key)' is missing; add it."
        case .invalidValue(let key, let place, let found, let expected):
            "\(place): '\(key)' is \(found), but must be \(expected)."
        case .invalidOverride(let text, let problem):
            "--set \(text): \(problem); write --set key.path=value."
        case .unwritableValue(let problem):
            "A configuration cannot be written as YAML: \(problem)."
        }
    }
}
