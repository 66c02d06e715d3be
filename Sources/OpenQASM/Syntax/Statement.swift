/// A statement as it is written.
struct Statement {
    indirect enum Kind {
        case include(String)
        case qubits(name: String, size: Expression?)
        case bits(name: String, size: Expression?, measured: Operand?)
        case constant(name: String, type: NumberType, Expression)
        case input(name: String, type: NumberType)
        case gate(GateSyntax)
        case call(CallSyntax)
        case measurement(Operand, into: Operand?)
        case reset(Operand)
        case barrier([Operand])
        case alias(name: String, Operand)
        case loop(variable: String, LoopValues, body: [Statement])
    }

    /// What the variable of a loop goes through.
    enum LoopValues {
        case range(IndexRange)
        case list([Expression])
    }

    let kind: Kind
    let position: SourcePosition
}

/// The types of numbers; their sizes in bits are read and not needed.
enum NumberType: String {
    case int, uint, float, angle
}

/// The definition of a gate as it is written.
struct GateSyntax {
    let name: String
    let parameters: [String]
    let qubits: [String]
    let body: [Statement]
}

/// The use of a gate as it is written.
struct CallSyntax {
    /// A modifier in front of a gate; the first is applied last.
    enum Modifier {
        /// `ctrl`, or `negctrl` where the gate acts on 0.
        case control(count: Expression?, on: Bool)
        case inverse
        case power(Expression)
    }

    let modifiers: [Modifier]
    let name: String
    let arguments: [Expression]
    let operands: [Operand]
}
