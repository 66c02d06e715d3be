import OpenQASM

extension NativeCircuit {
    /// The circuit as OpenQASM 3 on hardware qubits, its open angles as inputs `p0`, `p1`, ...
    public var openQASM: String {
        var lines = ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
        lines += openAngles.indices.map { "input float[64] p\($0);" }
        if target.entangler == .echoedCrossResonance {
            lines.append("gate ecr a, b { s a; sx b; cx a, b; x a; }")
        }
        lines += instructions.map { instruction in
            let name =
                switch instruction {
                case .rotationZ(let angle, _): "rz(\(Self.text(angle)))"
                case .rotationX(let angle, _): "rx(\(Self.text(angle)))"
                case .squareRootX: "sx"
                case .flip: "x"
                case .entangler: target.entangler.rawValue
                }
            return name + " " + instruction.qubits.map { "$\($0)" }.joined(separator: ", ") + ";"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ angle: Angle) -> String {
        switch angle {
        case .constant(let value): AngleExpression.text(value)
        case .entry(let index): "p\(index)"
        }
    }
}
