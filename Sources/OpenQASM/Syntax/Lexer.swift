/// Splits an OpenQASM text into words; comments and annotations are left out.
struct Lexer {
    /// Symbols of several characters, longest first.
    private static let longSymbols = [
        "**=", "<<=", ">>=", "->", "++", "**", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "+=", "-=",
        "*=", "/=", "%=", "&=", "|=", "^=",
    ].map { Array($0.unicodeScalars) }
    private static let symbols = Set("[]{}();,:=+-*/%@<>!&|^~.".unicodeScalars)

    private let file: String
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    /// The words of `text`, the last of them `.end`.
    /// - Throws: `OpenQASMError.syntax` or `.invalidValue`.
    static func tokens(_ text: String, file: String) throws(OpenQASMError) -> [Token] {
        var lexer = Lexer(file: file, scalars: Array(text.unicodeScalars))
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(file: String, scalars: [Unicode.Scalar]) {
        self.file = file
        self.scalars = scalars
    }

    private var position: SourcePosition {
        SourcePosition(file: file, line: line, column: index - lineStart + 1)
    }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        index + offset < scalars.count ? scalars[index + offset] : nil
    }

    private mutating func advance() {
        if scalars[index] == "\n" {
            line += 1
            lineStart = index + 1
        }
        index += 1
    }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek(), condition(scalar) {
            text.append(scalar)
            advance()
        }
        return String(text)
    }

    private mutating func next() throws(OpenQASMError) -> Token {
        try skipSpace()
        let start = position
        guard let scalar = peek() else { return Token(kind: .end, position: start) }
        let kind: Token.Kind
        if Self.startsName(scalar) {
            kind = .identifier(take(while: Self.continuesName))
        } else if scalar == "$", let digit = peek(1), Self.isDigit(digit) {
            advance()
            kind = .hardwareQubit(try integer(take(while: Self.isDigit), radix: 10, at: start))
        } else if Self.isDigit(scalar) || scalar == "." && peek(1).map(Self.isDigit) == true {
            kind = try number(at: start)
        } else if scalar == "\"" || scalar == "'" {
            kind = try string(quote: scalar, at: start)
        } else if let symbol = Self.longSymbols.first(where: { scalars[index...].starts(with: $0) }) {
            for _ in symbol { advance() }
            kind = .symbol(symbol.reduce(into: "") { $0.unicodeScalars.append($1) })
        } else if Self.symbols.contains(scalar) {
            advance()
            kind = .symbol(String(scalar))
        } else {
            throw .syntax(start, found: "'\(scalar.escaped(asASCII: false))'", expected: "a word of OpenQASM")
        }
        return Token(kind: kind, position: start)
    }

    private mutating func skipSpace() throws(OpenQASMError) {
        while let scalar = peek() {
            if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                advance()
            } else if scalar == "/", peek(1) == "/" {
                _ = take { $0 != "\n" }
            } else if scalar == "/", peek(1) == "*" {
                let start = position
                while !(peek() == "*" && peek(1) == "/") {
                    if peek() == nil {
                        throw .syntax(start, found: "a comment without an end", expected: "'*/'")
                    }
                    advance()
                }
                advance()
                advance()
            } else if scalar == "@", Self.startsLine(scalars[lineStart..<index]),
                peek(1).map(Self.startsName) == true
            {
                // An annotation says how to treat the next statement, not what it does.
                _ = take { $0 != "\n" }
            } else {
                return
            }
        }
    }

    private mutating func number(at start: SourcePosition) throws(OpenQASMError) -> Token.Kind {
        if peek() == "0", let letter = peek(1),
            let radix = ["x": 16, "X": 16, "o": 8, "b": 2, "B": 2][Character(letter)]
        {
            advance()
            advance()
            return .integer(try integer(take(while: Self.continuesName), radix: radix, at: start))
        }
        var text = take { Self.isDigit($0) || $0 == "_" }
        var isInteger = true
        if peek() == "." {
            isInteger = false
            advance()
            text += "." + take { Self.isDigit($0) || $0 == "_" }
        }
        if peek() == "e" || peek() == "E" {
            let sign = peek(1) == "+" || peek(1) == "-"
            if peek(sign ? 2 : 1).map(Self.isDigit) == true {
                isInteger = false
                advance()
                text += "e"
                if sign {
                    text += peek() == "-" ? "-" : "+"
                    advance()
                }
                text += take(while: Self.isDigit)
            }
        }
        if let scalar = peek(), Self.startsName(scalar) {
            let suffix = take(while: Self.continuesName)
            throw .unsupported(
                start, feature: "the number '\(text)\(suffix)'",
                remedy: "durations and imaginary numbers are not angles")
        }
        if isInteger { return .integer(try integer(text, radix: 10, at: start)) }
        guard let value = Double(text.filter { $0 != "_" }), value.isFinite else {
            throw .invalidValue(start, value: "'\(text)'", problem: "is not a finite number")
        }
        return .float(value)
    }

    private func integer(_ text: String, radix: Int, at start: SourcePosition) throws(OpenQASMError) -> Int {
        guard let value = Int(text.filter { $0 != "_" }, radix: radix) else {
            throw .invalidValue(start, value: "'\(text)'", problem: "is not an integer of 64 bits")
        }
        return value
    }

    private mutating func string(
        quote: Unicode.Scalar, at start: SourcePosition
    ) throws(OpenQASMError) -> Token.Kind {
        advance()
        let text = take { $0 != quote && $0 != "\n" }
        guard peek() == quote else {
            throw .syntax(start, found: "a string without an end", expected: "'\(quote)' on the same line")
        }
        advance()
        return .string(text)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || isDigit(scalar)
    }

    private static func startsLine(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        before.allSatisfy { $0.properties.isWhitespace }
    }
}
