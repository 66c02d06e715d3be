/// Why an OpenQASM text cannot be read or its circuit not be evaluated.
public enum OpenQASMError: Error, Equatable, Sendable {
    /// The file cannot be opened or is not UTF-8 text.
    case unreadableFile(path: String, reason: String)
    /// The text is not OpenQASM 3.
    case syntax(SourcePosition, found: String, expected: String)
    /// The text is OpenQASM 3, but of a part that circuits for expectation values do not have.
    case unsupported(SourcePosition, feature: String, remedy: String)
    /// A name stands for nothing, or for something of another kind.
    case unknownName(SourcePosition, name: String, kind: String, remedy: String)
    /// A name is declared twice.
    case redefinedName(SourcePosition, name: String)
    /// A gate, function or index list has another number of parts than it needs.
    case wrongCount(SourcePosition, name: String, part: String, found: Int, expected: Int)
    /// A value does not fit its use.
    case invalidValue(SourcePosition, value: String, problem: String)
    /// A gate names one qubit twice.
    case repeatedQubit(SourcePosition, gate: String, qubit: Int)
    /// The circuit, a list or an expression grows beyond what is sensible.
    case tooLarge(SourcePosition, what: String, limit: Int)
    /// Inputs without values, or values without an input.
    case inputMismatch(missing: [String], unknown: [String])
    /// An angle is not a finite number at the given input values.
    case nonFiniteAngle(expression: String, row: Int)
}

extension OpenQASMError: CustomStringConvertible {
    /// One sentence: where, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let reason):
            "\(path): cannot be read (\(reason)); check the path and its permissions"
        case .syntax(let place, let found, let expected):
            "\(place): found \(found) where \(expected) is expected"
        case .unsupported(let place, let feature, let remedy):
            "\(place): \(feature) is not supported; \(remedy)"
        case .unknownName(let place, let name, let kind, let remedy):
            "\(place): there is no \(kind) '\(name)'; \(remedy)"
        case .redefinedName(let place, let name):
            "\(place): '\(name)' is declared already; choose another name"
        case .wrongCount(let place, let name, let part, let found, let expected):
            "\(place): '\(name)' takes \(expected) \(part), not \(found)"
        case .invalidValue(let place, let value, let problem):
            "\(place): \(value) \(problem)"
        case .repeatedQubit(let place, let gate, let qubit):
            "\(place): '\(gate)' is given qubit \(qubit) twice, but its qubits must differ"
        case .tooLarge(let place, let what, let limit):
            "\(place): \(what) exceeds \(limit), the most that is read; make the program smaller"
        case .inputMismatch(let missing, let unknown):
            Self.mismatch(missing: missing, unknown: unknown)
        case .nonFiniteAngle(let expression, let row):
            "the angle \(expression) is not a finite number in row \(row) (counting from 0) of the inputs"
        }
    }

    private static func mismatch(missing: [String], unknown: [String]) -> String {
        func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
        return missing.isEmpty
            ? "the circuit has no input \(list(unknown)): bind only inputs that it declares"
            : "no value is given for input \(list(missing)): bind every input of the circuit"
    }
}
