import Foundation

extension Elaborator {
    /// Constants of the language itself.
    static let constants: [String: Double] = [
        "pi": .pi, "π": .pi, "tau": 2 * .pi, "τ": 2 * .pi, "euler": M_E, "ℇ": M_E,
    ]

    /// The value of an expression.
    func number(_ expression: Expression) throws(OpenQASMError) -> Number {
        let position = expression.position
        switch expression.kind {
        case .integer(let value): return .integer(value)
        case .float(let value): return .real(.constant(value))
        case .name(let name):
            if case .number(let number) = symbol(name) { return number }
            if symbol(name) == nil, let value = Self.constants[name] { return .real(.constant(value)) }
            throw .unknownName(
                position, name: name, kind: "number", remedy: "declare it as const or input before its use")
        case .negated(let operand):
            switch try number(operand) {
            case .integer(let value):
                return .integer(try exact(0.subtractingReportingOverflow(value), position))
            case .real(let expression): return .real(-expression)
            }
        case .call(let name, let arguments): return try call(name, arguments, at: position)
        case .binary: return try chain(expression)
        }
    }

    /// A chain of operators, from left to right without recursion: it may be long.
    private func chain(_ expression: Expression) throws(OpenQASMError) -> Number {
        var steps: [(symbol: Expression.BinaryOperator, right: Expression, position: SourcePosition)] = []
        var first = expression
        while case .binary(let symbol, let left, let right) = first.kind {
            steps.append((symbol, right, first.position))
            first = left
        }
        var value = try number(first)
        for step in steps.reversed() {
            value = try combine(value, step.symbol, try number(step.right), at: step.position)
        }
        return value
    }

    private func combine(
        _ left: Number, _ symbol: Expression.BinaryOperator, _ right: Number, at position: SourcePosition
    ) throws(OpenQASMError) -> Number {
        if case .integer(let left) = left, case .integer(let right) = right,
            let result = try combine(left, symbol, right, at: position)
        {
            return .integer(result)
        }
        let (left, right) = (left.expression, right.expression)
        let result: AngleExpression
        switch symbol {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .power: result = .power(left, right)
        case .divide:
            if right.value == 0 { throw .invalidValue(position, value: "a divisor", problem: "is 0") }
            result = left / right
        case .modulo:
            guard let left = left.value, let right = right.value, right != 0 else {
                throw .invalidValue(
                    position, value: "the operator '%'",
                    problem: "needs constants, and a divisor other than 0")
            }
            result = .constant(left.truncatingRemainder(dividingBy: right))
        }
        return .real(try checked(result, at: position))
    }

    /// The result for integers; nil where it is not one.
    private func combine(
        _ left: Int, _ symbol: Expression.BinaryOperator, _ right: Int, at position: SourcePosition
    ) throws(OpenQASMError) -> Int? {
        switch symbol {
        case .add: return try exact(left.addingReportingOverflow(right), position)
        case .subtract: return try exact(left.subtractingReportingOverflow(right), position)
        case .multiply: return try exact(left.multipliedReportingOverflow(by: right), position)
        case .power:
            guard right >= 0 else { return nil }
            return Int(exactly: pow(Double(left), Double(right)))
        case .divide, .modulo:
            guard right != 0 else { throw .invalidValue(position, value: "a divisor", problem: "is 0") }
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right == -1 ? 1 : right)
            if symbol == .modulo { return remainder }
            // Languages differ on 1/2, and a rotation by 0 would go unnoticed.
            guard remainder == 0 else {
                throw .invalidValue(
                    position, value: "\(left)/\(right)",
                    problem: "is a division of integers with a remainder: write \(left).0/\(right)")
            }
            return right == -1 ? try exact(0.subtractingReportingOverflow(left), position) : quotient
        }
    }

    private func call(
        _ name: String, _ arguments: [Expression], at position: SourcePosition
    ) throws(OpenQASMError) -> Number {
        let expected = name == "pow" ? 2 : 1
        let function = AngleFunction(named: name)
        guard function != nil || ["pow", "float", "angle"].contains(name) else {
            throw .unknownName(
                position, name: name, kind: "function",
                remedy: "there are pow, "
                    + AngleFunction.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard arguments.count == expected else {
            throw .wrongCount(
                position, name: name, part: "arguments", found: arguments.count, expected: expected)
        }
        let first = try number(arguments[0])
        if name == "pow" { return try combine(first, .power, try number(arguments[1]), at: position) }
        guard let function else { return .real(first.expression) }
        return .real(try checked(.function(function, first.expression), at: position))
    }

    private func exact(
        _ result: (partialValue: Int, overflow: Bool), _ position: SourcePosition
    ) throws(OpenQASMError) -> Int {
        if result.overflow {
            throw .invalidValue(position, value: "the result", problem: "is no integer of 64 bits")
        }
        return result.partialValue
    }

    private func checked(
        _ expression: AngleExpression, at position: SourcePosition
    ) throws(OpenQASMError) -> AngleExpression {
        guard expression.size <= Self.expressionLimit else {
            throw .tooLarge(
                position, what: "the number of parts of an expression", limit: Self.expressionLimit)
        }
        guard expression.constant.isFinite, expression.multiples.allSatisfy({ $0.factor.isFinite }) else {
            throw .invalidValue(position, value: "the result", problem: "is not a finite number")
        }
        return expression
    }

    /// The angle an expression stands for.
    func angle(_ expression: Expression) throws(OpenQASMError) -> AngleExpression {
        try checked(try number(expression).expression, at: expression.position)
    }

    /// The integer an expression stands for; `use` names it in a message.
    func integer(_ expression: Expression, of use: String) throws(OpenQASMError) -> Int {
        switch try number(expression) {
        case .integer(let value): return value
        case .real(let real):
            if let value = real.value, let integer = Int(exactly: value) { return integer }
            throw .invalidValue(expression.position, value: use, problem: "must be an integer constant")
        }
    }

    /// The value of a constant of a type; an angle is one of `0..<2 pi`.
    func constant(_ expression: Expression, type: NumberType) throws(OpenQASMError) -> Number {
        switch type {
        case .int, .uint:
            let value = try integer(expression, of: "a constant of type '\(type.rawValue)'")
            guard type == .int || value >= 0 else {
                throw .invalidValue(
                    expression.position, value: "\(value)", problem: "is below 0 in a constant of type 'uint'"
                )
            }
            return .integer(value)
        case .float, .angle:
            let real = try angle(expression)
            guard let value = real.value else {
                throw .invalidValue(
                    expression.position, value: "a constant", problem: "must not depend on an input")
            }
            guard type == .angle, !(0..<2 * .pi).contains(value) else { return .real(real) }
            let turn = value.truncatingRemainder(dividingBy: 2 * .pi)
            return .real(.constant(turn < 0 ? turn + 2 * .pi : turn))
        }
    }
}
