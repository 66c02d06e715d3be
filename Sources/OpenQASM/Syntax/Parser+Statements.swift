extension Parser {
    /// A statement; declarations of registers, gates and inputs are global.
    mutating func statement(isGlobal: Bool) throws(OpenQASMError) -> Statement {
        let position = peek.position
        return Statement(kind: try kind(isGlobal: isGlobal), position: position)
    }

    private mutating func kind(isGlobal: Bool) throws(OpenQASMError) -> Statement.Kind {
        let token = peek
        guard case .identifier(let word) = token.kind else {
            if case .hardwareQubit = token.kind { return try assignment() }
            throw unexpected("a statement")
        }
        if let remedy = Keywords.unsupported[word] {
            throw .unsupported(token.position, feature: "'\(word)'", remedy: remedy)
        }
        if !isGlobal, ["include", "qubit", "qreg", "bit", "creg", "input", "gate", "let"].contains(word) {
            throw .syntax(token.position, found: "'\(word)' within braces", expected: "the use of a gate")
        }
        switch word {
        case "include": return try include()
        case "qubit", "bit": return try register(isQuantum: word == "qubit")
        case "qreg", "creg": return try oldRegister(isQuantum: word == "qreg")
        case "const": return try constant()
        case "input": return try input()
        case "gate": return try gate()
        case "measure": return try measurement()
        case "reset":
            take()
            return .reset(try endOfStatement(operand()))
        case "barrier":
            take()
            return .barrier(try list(until: ";") { (parser) throws(OpenQASMError) in try parser.operand() })
        case "let":
            take()
            let name = try name("a name")
            try expect("=")
            return .alias(name: name, try endOfStatement(operand()))
        case "for": return try loop()
        case "int", "uint", "float", "angle":
            throw .unsupported(
                token.position, feature: "a variable of type '\(word)'",
                remedy: "declare it as const or input")
        case "ctrl", "negctrl", "inv", "pow", "gphase": return .call(try call())
        case _: return try assignment()
        }
    }

    private mutating func endOfStatement<Part>(_ part: Part) throws(OpenQASMError) -> Part {
        try expect(";")
        return part
    }

    private mutating func include() throws(OpenQASMError) -> Statement.Kind {
        take()
        guard case .string(let file) = peek.kind else { throw unexpected("the name of a file in quotes") }
        take()
        return .include(try endOfStatement(file))
    }

    private mutating func register(isQuantum: Bool) throws(OpenQASMError) -> Statement.Kind {
        take()
        let size = try optionalSize()
        let name = try name("the name of a register")
        if isQuantum { return .qubits(name: name, size: try endOfStatement(size)) }
        var measured: Operand?
        if takeIf("=") {
            guard takeIf(word: "measure") else { throw unexpected("'measure'") }
            measured = try operand()
        }
        return .bits(name: name, size: size, measured: try endOfStatement(measured))
    }

    /// `qreg q[2];`, as in OpenQASM 2 and still allowed.
    private mutating func oldRegister(isQuantum: Bool) throws(OpenQASMError) -> Statement.Kind {
        take()
        let name = try name("the name of a register")
        let size = try endOfStatement(optionalSize())
        return isQuantum ? .qubits(name: name, size: size) : .bits(name: name, size: size, measured: nil)
    }

    private mutating func optionalSize() throws(OpenQASMError) -> Expression? {
        guard takeIf("[") else { return nil }
        let size = try expression()
        try expect("]")
        return size
    }

    private mutating func numberType() throws(OpenQASMError) -> NumberType {
        guard case .identifier(let word) = peek.kind else { throw unexpected("a type") }
        guard let type = NumberType(rawValue: word) else {
            throw .unsupported(
                peek.position, feature: "the type '\(word)'", remedy: "use float, angle, int or uint")
        }
        take()
        if peek.kind == .symbol("[") { try skipSize() }
        return type
    }

    private mutating func constant() throws(OpenQASMError) -> Statement.Kind {
        take()
        let type = try numberType()
        let name = try name("the name of a constant")
        try expect("=")
        return .constant(name: name, type: type, try endOfStatement(expression()))
    }

    private mutating func input() throws(OpenQASMError) -> Statement.Kind {
        take()
        let position = peek.position
        let type = try numberType()
        guard type == .float || type == .angle else {
            throw .unsupported(
                position, feature: "an input of type '\(type.rawValue)'", remedy: "use float or angle")
        }
        return .input(name: try endOfStatement(name("the name of an input")), type: type)
    }

    private mutating func gate() throws(OpenQASMError) -> Statement.Kind {
        take()
        let name = try name("the name of a gate")
        var parameters: [String] = []
        if takeIf("(") {
            parameters = try list(until: ")") { (parser) throws(OpenQASMError) in
                try parser.name("the name of a parameter")
            }
        }
        let qubits = try list(until: "{") { (parser) throws(OpenQASMError) in
            try parser.name("the name of a qubit")
        }
        return .gate(
            GateSyntax(name: name, parameters: parameters, qubits: qubits, body: try bodyAfterBrace()))
    }

    private mutating func bodyAfterBrace() throws(OpenQASMError) -> [Statement] {
        try nested { (parser) throws(OpenQASMError) in
            var body: [Statement] = []
            while !parser.takeIf("}") { body.append(try parser.statement(isGlobal: false)) }
            return body
        }
    }

    private mutating func loop() throws(OpenQASMError) -> Statement.Kind {
        take()
        let position = peek.position
        let type = try numberType()
        guard type == .int || type == .uint else {
            throw .unsupported(
                position, feature: "a loop over '\(type.rawValue)'", remedy: "use int or uint")
        }
        let variable = try name("the name of the loop's variable")
        guard takeIf(word: "in") else { throw unexpected("'in'") }
        let values: Statement.LoopValues
        if takeIf("{") {
            values = .list(try list(until: "}") { (parser) throws(OpenQASMError) in try parser.expression() })
        } else {
            try expect("[")
            values = .range(try range(from: expression()))
            try expect("]")
        }
        if takeIf("{") { return .loop(variable: variable, values, body: try bodyAfterBrace()) }
        let only = try nested { (parser) throws(OpenQASMError) in try parser.statement(isGlobal: false) }
        return .loop(variable: variable, values, body: [only])
    }

    private mutating func measurement() throws(OpenQASMError) -> Statement.Kind {
        take()
        let measured = try operand()
        let target = takeIf("->") ? try operand() : nil
        return .measurement(measured, into: try endOfStatement(target))
    }

    /// A gate, or `bits = measure qubits;`.
    private mutating func assignment() throws(OpenQASMError) -> Statement.Kind {
        var ahead = self
        if let target = try? ahead.operand(), ahead.takeIf("=") {
            self = ahead
            guard case .identifier("measure") = peek.kind else {
                throw .unsupported(
                    peek.position, feature: "an assignment other than of a measurement",
                    remedy: "declare numbers as const or input")
            }
            guard case .measurement(let measured, into: nil) = try measurement() else {
                throw unexpected("one target of the measurement")
            }
            return .measurement(measured, into: target)
        }
        return .call(try call())
    }

    private mutating func call() throws(OpenQASMError) -> CallSyntax {
        var modifiers: [CallSyntax.Modifier] = []
        while case .identifier(let word) = peek.kind, ["ctrl", "negctrl", "inv", "pow"].contains(word) {
            take()
            let parenthesised = takeIf("(") ? try expression() : nil
            if parenthesised != nil { try expect(")") }
            switch (word, parenthesised) {
            case ("inv", nil): modifiers.append(.inverse)
            case ("pow", let exponent?): modifiers.append(.power(exponent))
            case ("ctrl", let count): modifiers.append(.control(count: count, on: true))
            case ("negctrl", let count): modifiers.append(.control(count: count, on: false))
            case (_, _): throw unexpected(word == "pow" ? "an exponent in parentheses" : "'@'")
            }
            try expect("@")
        }
        let name = takeIf(word: "gphase") ? "gphase" : try name("the name of a gate")
        var arguments: [Expression] = []
        if takeIf("(") {
            arguments = try list(until: ")") { (parser) throws(OpenQASMError) in try parser.expression() }
        }
        let operands = try list(until: ";") { (parser) throws(OpenQASMError) in try parser.operand() }
        return CallSyntax(modifiers: modifiers, name: name, arguments: arguments, operands: operands)
    }
}
