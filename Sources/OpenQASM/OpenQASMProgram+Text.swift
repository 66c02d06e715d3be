import Circuits

extension OpenQASMProgram {
    /// The program as OpenQASM 3, one gate a line; reading it gives an equal program.
    ///
    /// Inputs are of type `float`, for the language has no products of an `angle`; the qubits are one register `q`.
    public var text: String { text(comment: []) }

    /// The program as OpenQASM 3 with lines of comment at its head.
    public func text(comment: [String]) -> String {
        var lines = comment.map { "// \($0)" }
        lines += ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
        lines += inputs.map { "input float[64] \($0);" }
        lines.append("qubit[\(circuit.qubitCount)] q;")
        lines += circuit.gates.map(line)
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ gate: Gate) -> String {
        let name: String
        switch gate {
        case .hadamard: name = "h"
        case .pauli(let pauli, _): name = pauli.rawValue.lowercased()
        case .rotation(let axis, _, let angle): name = "r\(axis.rawValue.lowercased())(\(text(angle)))"
        case .controlledZ: name = "cz"
        case .controlledX: name = "cx"
        }
        return "\(name) \(gate.qubits.map { "q[\($0)]" }.joined(separator: ", "));"
    }

    private func text(_ angle: Angle) -> String {
        AngleExpression(angle) { angles[$0] }.text(inputs: inputs)
    }
}
