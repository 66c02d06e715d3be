/// The value of an expression: an integer known now, or a real number that may depend on inputs.
enum Number {
    case integer(Int)
    case real(AngleExpression)

    /// The number as a real one.
    var expression: AngleExpression {
        switch self {
        case .integer(let value): .constant(Double(value))
        case .real(let expression): expression
        }
    }
}

/// What a name stands for.
enum Symbol {
    /// The qubits of a register, or one qubit.
    case qubits([Int], isRegister: Bool)
    /// A register of so many bits, or one bit.
    case bits(count: Int, isRegister: Bool)
    case number(Number)
    case gate(GateDefinition)
}

/// A gate of the text.
struct GateDefinition {
    let syntax: GateSyntax
    /// How many gates it is defined through, one within the other.
    let depth: Int
}
