import OpenQASM

extension NativeCircuit {
    /// The circuit as OpenQASM 3 on hardware qubits, its open angles as inputs `p0`, `p1`, ...
    ///
    /// The numbers have leading zeros, so that the names have the order of the angles.
    public var openQASM: String { openQASM(measuring: []) }

    /// The circuit as OpenQASM 3 with measurements at its end.
    ///
    /// `registers`: each register's name and the device's qubit that each of its bits is measured from.
    public func openQASM(measuring registers: [(name: String, qubits: [Int])]) -> String {
        var lines = ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
        lines += openAngles.indices.map { "input float[64] \(inputName($0));" }
        lines += registers.map { "bit[\($0.qubits.count)] \($0.name);" }
        if target.entangler == .echoedCrossResonance {
            lines.append("gate ecr a, b { s a; sx b; cx a, b; x a; }")
        }
        if instructions.contains(where: { if case .rotationZZ = $0 { true } else { false } }) {
            lines.append("gate rzz(p) a, b { cx a, b; rz(p) b; cx a, b; }")
        }
        lines += instructions.map { instruction in
            let name =
                switch instruction {
                case .rotationZ(let angle, _): "rz(\(text(angle)))"
                case .rotationX(let angle, _): "rx(\(text(angle)))"
                case .squareRootX: "sx"
                case .flip: "x"
                case .entangler: target.entangler.rawValue
                case .rotationZZ(let angle, _, _): "rzz(\(text(angle)))"
                }
            return name + " " + instruction.qubits.map { "$\($0)" }.joined(separator: ", ") + ";"
        }
        for register in registers {
            lines += register.qubits.enumerated().map { "\(register.name)[\($0)] = measure $\($1);" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func inputName(_ index: Int) -> String {
        let (digits, width) = ("\(index)", "\(max(angleCount - 1, 0))".count)
        return "p" + String(repeating: "0", count: width - digits.count) + digits
    }

    private func text(_ angle: Angle) -> String {
        switch angle {
        case .constant(let value): AngleExpression.text(value)
        case .entry(let index): inputName(index)
        }
    }
}
