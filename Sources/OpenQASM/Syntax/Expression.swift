/// An expression as it is written.
struct Expression {
    /// An operator between two expressions.
    enum BinaryOperator: String {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case modulo = "%"
        case power = "**"
    }

    indirect enum Kind {
        case integer(Int)
        case float(Double)
        case name(String)
        case negated(Expression)
        case binary(BinaryOperator, Expression, Expression)
        case call(String, [Expression])
    }

    let kind: Kind
    let position: SourcePosition
}

/// Qubits or bits as they are named: a register, a part of it, a hardware qubit, or several of them joined.
struct Operand {
    enum Base {
        case name(String)
        case hardwareQubit(Int)
    }

    /// What stands between brackets.
    enum Selection {
        case index(Expression)
        case list([Expression])
        case range(IndexRange)
    }

    /// One register or a part of it; a further selection is taken from the one before.
    struct Part {
        let base: Base
        let selections: [Selection]
        let position: SourcePosition
    }

    /// The parts that `++` or braces join.
    let parts: [Part]

    var position: SourcePosition { parts[0].position }
}

/// `start:step:end`, the end included; a missing bound is that of the register.
struct IndexRange {
    let start: Expression?
    let step: Expression?
    let end: Expression?
}
