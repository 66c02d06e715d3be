/// Reads the words of an OpenQASM 3 text as statements.
///
/// It follows the grammar of the OpenQASM 3 specification for what a circuit without classical control needs.
struct Parser {
    /// Braces, brackets and parentheses within each other, at most: deeper ones would exhaust the stack.
    static let nestingLimit = 64
    /// Operators of one expression, at most.
    static let operatorLimit = 1000

    private let tokens: [Token]
    private var index = 0
    private var nesting = 0
    var operatorCount = 0

    /// The statements of `text`, after its version.
    /// - Throws: `OpenQASMError`.
    static func statements(of text: String, file: String) throws(OpenQASMError) -> [Statement] {
        var parser = Parser(tokens: try Lexer.tokens(text, file: file))
        try parser.version()
        var statements: [Statement] = []
        while parser.peek.kind != .end { statements.append(try parser.statement(isGlobal: true)) }
        return statements
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    var peek: Token { tokens[index] }

    @discardableResult
    mutating func take() -> Token {
        defer { index = min(index + 1, tokens.count - 1) }
        return tokens[index]
    }

    mutating func takeIf(_ symbol: String) -> Bool {
        guard peek.kind == .symbol(symbol) else { return false }
        take()
        return true
    }

    mutating func takeIf(word: String) -> Bool {
        guard peek.kind == .identifier(word) else { return false }
        take()
        return true
    }

    mutating func expect(_ symbol: String) throws(OpenQASMError) {
        if !takeIf(symbol) { throw unexpected("'\(symbol)'") }
    }

    mutating func name(_ expected: String) throws(OpenQASMError) -> String {
        guard case .identifier(let name) = peek.kind else { throw unexpected(expected) }
        guard !Keywords.all.contains(name) else {
            throw .syntax(
                peek.position, found: "the keyword '\(name)'", expected: expected)
        }
        take()
        return name
    }

    func unexpected(_ expected: String) -> OpenQASMError {
        .syntax(peek.position, found: peek.description, expected: expected)
    }

    /// Parts separated by commas, up to `end`, which is taken; a comma may be last.
    mutating func list<Part>(
        until end: String, _ part: (inout Parser) throws(OpenQASMError) -> Part
    ) throws(OpenQASMError) -> [Part] {
        var parts: [Part] = []
        while !takeIf(end) {
            parts.append(try part(&self))
            if peek.kind != .symbol(end) { try expect(",") }
        }
        return parts
    }

    /// What `body` reads, one level further in.
    mutating func nested<Part>(
        _ body: (inout Parser) throws(OpenQASMError) -> Part
    ) throws(OpenQASMError) -> Part {
        guard nesting < Self.nestingLimit else {
            throw .tooLarge(peek.position, what: "the nesting of brackets", limit: Self.nestingLimit)
        }
        nesting += 1
        defer { nesting -= 1 }
        return try body(&self)
    }

    private mutating func version() throws(OpenQASMError) {
        guard takeIf(word: "OPENQASM") else { return }
        let token = take()
        let major: Int? =
            switch token.kind {
            case .integer(let value): value
            case .float(let value): Int(exactly: value.rounded(.down))
            case _: nil
            }
        guard let major else {
            throw .syntax(token.position, found: token.description, expected: "a version")
        }
        guard major == 3 else {
            throw .unsupported(
                token.position, feature: "OpenQASM \(major)",
                remedy:
                    "convert the program to OpenQASM 3, for instance with Qiskit's qasm2.load and qasm3.dump")
        }
        try expect(";")
    }
}

/// Words that are not names.
enum Keywords {
    /// Statements and types that are read.
    private static let read: Set<String> = [
        "OPENQASM", "include", "qubit", "qreg", "bit", "creg", "const", "input", "gate", "measure", "reset",
        "barrier", "let", "for", "in", "int", "uint", "float", "angle", "ctrl", "negctrl", "inv", "pow",
        "gphase",
    ]
    /// Those that are not, with what to do instead.
    static let unsupported: [String: String] = {
        let classical = "an expectation value needs a circuit that does not depend on measurements"
        let timing = "an ideal circuit has no durations, so leave it out"
        let memory = "declare it as const or input"
        var words: [String: String] = [:]
        for word in ["if", "else", "while", "switch", "case", "default", "break", "continue", "end"] {
            words[word] = classical
        }
        for word in ["def", "extern", "return"] { words[word] = "define a gate instead" }
        for word in ["delay", "box", "stretch", "duration", "cal", "defcal", "defcalgrammar"] {
            words[word] = timing
        }
        for word in ["bool", "complex", "array", "mutable", "readonly"] { words[word] = memory }
        words["output"] = "results are the observables asked for"
        words["pragma"] = "leave it out"
        words["opaque"] = "define the gate"
        return words
    }()
    static let all = read.union(unsupported.keys)
}
