extension Parser {
    /// An expression: sums of products of signed powers.
    mutating func expression() throws(OpenQASMError) -> Expression {
        let outer = operatorCount
        operatorCount = 0
        defer { operatorCount = outer }
        return try nested { (parser) throws(OpenQASMError) in
            let sum = try parser.sum()
            if case .symbol(let symbol) = parser.peek.kind, Self.otherOperators.contains(symbol) {
                throw .unsupported(
                    parser.peek.position, feature: "the operator '\(symbol)'",
                    remedy: "angles and indices use + - * / % and **")
            }
            return sum
        }
    }

    private static let otherOperators: Set<String> = [
        "==", "!=", "<", ">", "<=", ">=", "&&", "||", "<<", ">>", "&", "|", "^", "!", "~",
    ]

    private mutating func sum() throws(OpenQASMError) -> Expression {
        try chain(of: [.add, .subtract]) { (parser) throws(OpenQASMError) in
            try parser.chain(of: [.multiply, .divide, .modulo]) { (parser) throws(OpenQASMError) in
                try parser.signed()
            }
        }
    }

    private mutating func chain(
        of operators: [Expression.BinaryOperator], _ part: (inout Parser) throws(OpenQASMError) -> Expression
    ) throws(OpenQASMError) -> Expression {
        var left = try part(&self)
        while let found = operators.first(where: { peek.kind == .symbol($0.rawValue) }) {
            let position = peek.position
            try countOperator()
            take()
            left = Expression(kind: .binary(found, left, try part(&self)), position: position)
        }
        return left
    }

    private mutating func signed() throws(OpenQASMError) -> Expression {
        let position = peek.position
        if takeIf("+") { return try nested { (parser) throws(OpenQASMError) in try parser.signed() } }
        if takeIf("-") {
            let operand = try nested { (parser) throws(OpenQASMError) in try parser.signed() }
            return Expression(kind: .negated(operand), position: position)
        }
        let base = try primary()
        let place = peek.position
        guard takeIf("**") else { return base }
        try countOperator()
        // Right to left, and a sign belongs to the exponent.
        let exponent = try nested { (parser) throws(OpenQASMError) in try parser.signed() }
        return Expression(kind: .binary(.power, base, exponent), position: place)
    }

    private mutating func primary() throws(OpenQASMError) -> Expression {
        let token = peek
        switch token.kind {
        case .integer(let value):
            take()
            return Expression(kind: .integer(value), position: token.position)
        case .float(let value):
            take()
            return Expression(kind: .float(value), position: token.position)
        case .symbol("("):
            take()
            let inner = try expression()
            try expect(")")
            return inner
        case .identifier(let word):
            // A type converts a number, which needs no conversion here; `pow` is a function, too.
            let isFunction = word == "pow" || word == "float" || word == "angle"
            let name: String
            if isFunction {
                take()
                name = word
                if peek.kind == .symbol("[") { try skipSize() }
                guard peek.kind == .symbol("(") else { throw unexpected("'('") }
            } else {
                name = try self.name("a number")
            }
            guard takeIf("(") else { return Expression(kind: .name(name), position: token.position) }
            let arguments = try list(until: ")") { (parser) throws(OpenQASMError) in try parser.expression() }
            return Expression(kind: .call(name, arguments), position: token.position)
        case .hardwareQubit, .string, .symbol, .end:
            throw unexpected("a number")
        }
    }

    private mutating func countOperator() throws(OpenQASMError) {
        operatorCount += 1
        if operatorCount > Self.operatorLimit {
            throw .tooLarge(
                peek.position, what: "the number of operators of an expression", limit: Self.operatorLimit)
        }
    }

    /// The size of a type in bits, which nothing depends on.
    mutating func skipSize() throws(OpenQASMError) {
        try expect("[")
        _ = try expression()
        try expect("]")
    }

    /// Registers, their parts, hardware qubits; joined by `++`, or between braces.
    mutating func operand() throws(OpenQASMError) -> Operand {
        var parts: [Operand.Part] = []
        if takeIf("{") {
            parts = try list(until: "}") { (parser) throws(OpenQASMError) in try parser.part() }
            if parts.isEmpty { throw unexpected("a qubit before the closing brace") }
            return Operand(parts: parts)
        }
        repeat { parts.append(try part()) } while takeIf("++")
        return Operand(parts: parts)
    }

    private mutating func part() throws(OpenQASMError) -> Operand.Part {
        let position = peek.position
        if case .hardwareQubit(let index) = peek.kind {
            take()
            return Operand.Part(base: .hardwareQubit(index), selections: [], position: position)
        }
        let name = try name("a qubit or a register")
        var selections: [Operand.Selection] = []
        while takeIf("[") {
            selections.append(try selection())
            try expect("]")
        }
        return Operand.Part(base: .name(name), selections: selections, position: position)
    }

    private mutating func selection() throws(OpenQASMError) -> Operand.Selection {
        if takeIf("{") {
            return .list(try list(until: "}") { (parser) throws(OpenQASMError) in try parser.expression() })
        }
        let first = peek.kind == .symbol(":") ? nil : try expression()
        if let first, peek.kind != .symbol(":") { return .index(first) }
        return .range(try range(from: first))
    }

    /// What follows the start of a range.
    mutating func range(from start: Expression?) throws(OpenQASMError) -> IndexRange {
        try expect(":")
        func endsHere(_ parser: Parser) -> Bool {
            parser.peek.kind == .symbol("]") || parser.peek.kind == .symbol(":")
        }
        let second = endsHere(self) ? nil : try expression()
        guard takeIf(":") else { return IndexRange(start: start, step: nil, end: second) }
        return IndexRange(start: start, step: second, end: endsHere(self) ? nil : try expression())
    }
}
