extension Elaborator {
    /// Enters the definition of a gate, after a trial with parameters of any value.
    ///
    /// A gate sees only those defined before it, so none can be defined through itself.
    mutating func define(_ syntax: GateSyntax, at position: SourcePosition) throws(OpenQASMError) {
        for (index, name) in (syntax.parameters + syntax.qubits).enumerated()
        where (syntax.parameters + syntax.qubits)[..<index].contains(name) {
            throw .redefinedName(position, name: name)
        }
        let arguments = syntax.parameters.indices.map { AngleExpression.input($0) }
        let depth = 1 + self.depth(of: syntax.body)
        guard depth <= Self.definitionLimit else {
            throw .tooLarge(
                position, what: "the number of gates defined through each other", limit: Self.definitionLimit)
        }
        _ = try steps(of: syntax, arguments: arguments)
        try declare(syntax.name, .gate(GateDefinition(syntax: syntax, depth: depth)), at: position)
    }

    private func depth(of body: [Statement]) -> Int {
        body.reduce(0) { depth, statement in
            switch statement.kind {
            case .call(let call):
                if case .gate(let definition) = symbol(call.name) {
                    max(depth, definition.depth)
                } else {
                    depth
                }
            case .loop(_, _, let body): max(depth, self.depth(of: body))
            case _: depth
            }
        }
    }

    /// Applies a gate of the program to its qubits; registers are gone through side by side.
    mutating func apply(_ call: CallSyntax, at position: SourcePosition) throws(OpenQASMError) {
        var operands: [(indices: [Int], isRegister: Bool)] = []
        for operand in call.operands { operands.append(try qubits(operand)) }
        let gate = try self.gate(call, at: position)
        try check(operands.count, gate, call.name, at: position)

        let lengths = Set(operands.filter(\.isRegister).map(\.indices.count))
        guard lengths.count <= 1 else {
            throw .invalidValue(
                position, value: "'\(call.name)'",
                problem: "is given registers of different sizes, \(lengths.sorted()): use equal ones")
        }
        for index in 0..<(lengths.first ?? 1) {
            let qubits = operands.map { $0.isRegister ? $0.indices[index] : $0.indices[0] }
            for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) {
                throw .repeatedQubit(position, gate: call.name, qubit: qubit)
            }
            try append(gate.steps, on: qubits, at: position)
        }
    }

    private func check(
        _ found: Int, _ gate: (qubitCount: Int, steps: [GateStep]), _ name: String,
        at position: SourcePosition
    ) throws(OpenQASMError) {
        guard found == gate.qubitCount else {
            throw .wrongCount(position, name: name, part: "qubits", found: found, expected: gate.qubitCount)
        }
    }

    /// A gate with its modifiers, on qubits from 0.
    private mutating func gate(
        _ call: CallSyntax, at position: SourcePosition
    ) throws(OpenQASMError) -> (qubitCount: Int, steps: [GateStep]) {
        var arguments: [AngleExpression] = []
        for argument in call.arguments { arguments.append(try angle(argument)) }
        var gate = try plainGate(call.name, arguments, at: position)
        for modifier in call.modifiers.reversed() {
            switch modifier {
            case .inverse:
                gate.steps = gate.steps.reversed().map(\.inverse)
            case .power(let exponent):
                gate.steps = try power(of: gate.steps, try integer(exponent, of: "an exponent"), at: position)
            case .control(let count, let on):
                let added = try count.map { (count) throws(OpenQASMError) in
                    try integer(count, of: "a number of controls")
                }
                gate = try control(gate, added ?? 1, on: on, at: position)
            }
        }
        return gate
    }

    private mutating func plainGate(
        _ name: String, _ arguments: [AngleExpression], at position: SourcePosition
    ) throws(OpenQASMError) -> (qubitCount: Int, steps: [GateStep]) {
        func checkCount(_ expected: Int) throws(OpenQASMError) {
            guard arguments.count == expected else {
                throw .wrongCount(
                    position, name: name, part: "parameters", found: arguments.count, expected: expected)
            }
        }
        if case .gate(let definition) = symbol(name) {
            try checkCount(definition.syntax.parameters.count)
            return (
                definition.syntax.qubits.count, try steps(of: definition.syntax, arguments: arguments)
            )
        }
        let isHidden = symbol(name) != nil
        let included = includesStandardGates ? StandardGate.included[name] : nil
        guard !isHidden, let standard = StandardGate.builtIn[name] ?? included else {
            throw .unknownName(
                position, name: name, kind: "gate",
                remedy: !isHidden && StandardGate.included[name] != nil
                    ? "write include \"stdgates.inc\"; after the version" : "define it before its use")
        }
        try checkCount(standard.parameterCount)
        try count(1, at: position)
        return (standard.qubitCount, standard.steps(arguments))
    }

    /// The steps of a gate of the text, on qubits from 0.
    private mutating func steps(
        of syntax: GateSyntax, arguments: [AngleExpression]
    ) throws(OpenQASMError) -> [GateStep] {
        var inner: [String: Symbol] = [:]
        for (name, argument) in zip(syntax.parameters, arguments) { inner[name] = .number(.real(argument)) }
        for (index, name) in syntax.qubits.enumerated() { inner[name] = .qubits([index], isRegister: false) }
        // A definition sees what is global and its own names, not those of the place it is used at.
        let outer = scopes
        scopes = [scopes[0], inner]
        defer { scopes = outer }
        return try steps(of: syntax.body)
    }

    private mutating func steps(of body: [Statement]) throws(OpenQASMError) -> [GateStep] {
        var steps: [GateStep] = []
        for statement in body {
            switch statement.kind {
            case .call(let call):
                var qubits: [Int] = []
                for operand in call.operands { qubits.append(try formalQubit(operand)) }
                for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) {
                    throw .repeatedQubit(statement.position, gate: call.name, qubit: qubit)
                }
                let gate = try self.gate(call, at: statement.position)
                try check(qubits.count, gate, call.name, at: statement.position)
                try count(gate.steps.count, at: statement.position)
                steps += gate.steps.map { $0.relabelled { qubits[$0] } }
            case .barrier(let operands):
                for operand in operands { _ = try formalQubit(operand) }
            case .loop(let variable, let values, let body):
                try forEach(variable, values, at: statement.position) {
                    (elaborator) throws(OpenQASMError) in
                    steps += try elaborator.steps(of: body)
                }
            case .include, .qubits, .bits, .constant, .input, .gate, .measurement, .reset, .alias:
                throw .unsupported(
                    statement.position, feature: "this statement within a gate",
                    remedy: "a definition consists of gates, barriers and loops")
            }
        }
        return steps
    }

    private func formalQubit(_ operand: Operand) throws(OpenQASMError) -> Int {
        if operand.parts.count == 1, operand.parts[0].selections.isEmpty,
            case .name(let name) = operand.parts[0].base,
            case .qubits(let indices, isRegister: false) = scopes[1][name]
        {
            return indices[0]
        }
        throw .invalidValue(
            operand.position, value: "this operand", problem: "is not one of the gate's own qubits")
    }

    private mutating func power(
        of steps: [GateStep], _ exponent: Int, at position: SourcePosition
    ) throws(OpenQASMError) -> [GateStep] {
        if steps.isEmpty { return [] }
        let repetitions = Int(clamping: exponent.magnitude)
        let (total, overflow) = steps.count.multipliedReportingOverflow(by: repetitions)
        try count(overflow ? Self.stepLimit + 1 : min(total, Self.stepLimit + 1), at: position)
        let once = exponent < 0 ? steps.reversed().map(\.inverse) : steps
        return Array(repeatElement(once, count: repetitions).joined())
    }

    /// The gate with `count` controls in front of its qubits.
    private func control(
        _ gate: (qubitCount: Int, steps: [GateStep]), _ count: Int, on isOn: Bool, at position: SourcePosition
    ) throws(OpenQASMError) -> (qubitCount: Int, steps: [GateStep]) {
        guard count >= 1 else {
            throw .invalidValue(
                position, value: "\(count)", problem: "is no number of controls: use 1 or more")
        }
        guard count <= Self.controlLimit,
            gate.steps.allSatisfy({ $0.controls.count + count <= Self.controlLimit })
        else { throw .tooLarge(position, what: "the number of controls", limit: Self.controlLimit) }
        let controls = Array(0..<count)
        let steps = gate.steps.map { $0.relabelled(addingControls: controls) { $0 + count } }
        let flips = isOn ? [] : controls.map { GateStep(.pauli(.x, $0)) }
        return (gate.qubitCount + count, flips + steps + flips)
    }
}
