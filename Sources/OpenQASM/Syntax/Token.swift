/// A word of an OpenQASM text, with its place.
struct Token: Equatable {
    /// What the word is.
    enum Kind: Equatable {
        case identifier(String)
        case hardwareQubit(Int)
        case integer(Int)
        case float(Double)
        case string(String)
        case symbol(String)
        case end
    }

    let kind: Kind
    let position: SourcePosition

    /// The word in a message.
    var description: String {
        switch kind {
        case .identifier(let name): "'\(name)'"
        case .hardwareQubit(let index): "'$\(index)'"
        case .integer(let value): "'\(value)'"
        case .float(let value): "'\(value)'"
        case .string(let text): "\"\(text)\""
        case .symbol(let symbol): "'\(symbol)'"
        case .end: "the end of the text"
        }
    }
}
