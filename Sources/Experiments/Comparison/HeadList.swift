/// Several heads: a list of names, or the one word `all`.
public struct HeadList: Codable, Hashable, Sendable {
    /// The heads, in order.
    public let choices: [HeadChoice]

    /// A list of heads.
    public init(_ choices: [HeadChoice]) {
        self.choices = choices
    }

    /// Heads named in text, separated by commas, or `all`; nil where one is unknown.
    public init?(_ text: String) {
        if text == "all" {
            choices = HeadChoice.all
            return
        }
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        choices = names.compactMap { HeadChoice(named: String($0)) }
        if choices.count < names.count { return nil }
    }

    /// Reads a list of names, or `all`.
    public init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(String.self), word == "all" {
            choices = HeadChoice.all
        } else {
            choices = try [HeadChoice](from: decoder)
        }
    }

    /// Writes the names.
    public func encode(to encoder: any Encoder) throws { try choices.encode(to: encoder) }
}
