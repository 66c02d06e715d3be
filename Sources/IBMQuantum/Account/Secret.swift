/// A text that nobody may see: an API key or a token.
///
/// Printing, dumping, reflecting and interpolating it gives a placeholder, and it cannot be encoded.
public struct Secret: Sendable, Equatable {
    static let placeholder = "(secret)"

    private let text: String

    /// A secret.
    public init(_ text: String) { self.text = text }

    /// The text itself, for the one place that sends it.
    func withText<Result>(_ body: (String) -> Result) -> Result { body(text) }

    /// `text` without this secret.
    func redacted(from text: String) -> String {
        self.text.isEmpty ? text : text.replacing(self.text, with: Self.placeholder)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A placeholder.
    public var description: String { Self.placeholder }

    /// A placeholder.
    public var debugDescription: String { Self.placeholder }

    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
