import Foundation
import Yams

/// Reading and writing typed configurations as YAML.
///
/// A configuration is any `Codable` value. Keys that its decoding never asks for are errors, as are values of the
/// wrong type; an `init(from:)` that refuses a value throws `DecodingError.dataCorrupted` with a description that
/// completes the sentence "must be ...".
public enum ConfigurationFile {
    /// A configuration read from a file, with overrides on top.
    ///
    /// - Parameters:
    ///   - type: What the file describes.
    ///   - defaults: What holds where the file says nothing. Mappings are merged key by key, lists replaced whole.
    ///     Without it a key must be given unless its decoding says otherwise.
    ///   - url: The file; `nil` for an empty one.
    ///   - overrides: Changes on top, each `key.path=value` with the value in YAML; they merge as the file does.
    /// - Throws: `ConfigurationError`, naming the key path and the line.
    public static func decode<Value: Codable>(
        _ type: Value.Type = Value.self, defaults: Value? = nil, from url: URL?, overrides: [String] = []
    ) throws(ConfigurationError) -> Value {
        guard let url else {
            return try decode(type, defaults: defaults, yaml: "", path: "configuration", overrides: overrides)
        }
        return try decode(
            type, defaults: defaults, yaml: read(url), path: url.relativePath, overrides: overrides)
    }

    /// A configuration read from YAML text; `path` is what errors call the text.
    /// - Throws: `ConfigurationError`, naming the key path and the line.
    public static func decode<Value: Codable>(
        _ type: Value.Type = Value.self, defaults: Value? = nil, yaml: String, path: String,
        overrides: [String] = []
    ) throws(ConfigurationError) -> Value {
        var changes: [ConfigurationOverride] = []
        for text in overrides { changes.append(try ConfigurationOverride(text)) }
        let defaults = try defaults.map { value throws(ConfigurationError) in try NodeEncoder.node(value) }
        let tree = try ConfigurationTree(yaml: yaml, path: path, defaults: defaults, overrides: changes)
        let session = DecodingSession(tree: tree)
        let value: Value = try session.decode()
        try session.refuseUnknownKeys()
        return value
    }

    /// The whole configuration as YAML, keys in the order their type declares them, absent values as `null`.
    /// - Throws: `ConfigurationError.unwritableValue` where the value refuses to be encoded.
    public static func encode(_ value: some Encodable) throws(ConfigurationError) -> String {
        let node = try NodeEncoder.node(value)
        do {
            return try Yams.serialize(node: node, width: -1, allowUnicode: true)
        } catch {
            throw .unwritableValue(problem: "\(error)")
        }
    }

    private static func read(_ url: URL) throws(ConfigurationError) -> String {
        do {
            return try String(contentsOf: url, encoding: .utf8)
        } catch {
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError
            let reason = underlying.map { String(cString: strerror($0.code.rawValue)) }
            throw .unreadableFile(path: url.relativePath, reason: reason ?? error.localizedDescription)
        }
    }
}
