import Yams

/// One change to a configuration: `key.path=value`.
struct ConfigurationOverride {
    /// The text as it was given.
    let text: String
    /// The keys from the root to the value; list elements by their number.
    let keys: [String]
    /// The new value.
    let value: Node

    init(_ text: String) throws(ConfigurationError) {
        guard let equals = text.firstIndex(of: "=") else {
            throw .invalidOverride(text: text, problem: "there is no '='")
        }
        self.text = text
        keys = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.allSatisfy({ !$0.isEmpty }) else {
            throw .invalidOverride(text: text, problem: "the key path has an empty part")
        }
        do {
            value = try Yams.compose(yaml: String(text[text.index(after: equals)...])) ?? Node("")
        } catch {
            throw .invalidOverride(text: text, problem: "the value is not valid YAML")
        }
    }
}
