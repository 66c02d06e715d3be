/// What the service's control electronics have to hold of a circuit, by the units that it counts in.
enum ControlInstructions {
    /// Units that every run begins with on each qubit.
    private static let start = 50

    /// The units on the busiest qubit of one run of a circuit, in OpenQASM 3 on hardware qubits.
    ///
    /// The service counts 1 for a rotation about Z or a delay, 2 for another gate of one qubit, 5 for one of two, 10 for a
    /// measurement and 17 for a reset.
    static func busiest(of circuit: String) -> Int {
        var units: [Int: Int] = [:]
        for statement in circuit.utf8.split(separator: UInt8(ascii: ";")) {
            let qubits = Self.qubits(of: statement)
            guard !qubits.isEmpty else { continue }
            let price = price(of: Substring(statement), qubitCount: qubits.count)
            for qubit in qubits { units[qubit, default: 0] += price }
        }
        return start + (units.values.max() ?? 0)
    }

    /// The hardware qubits that a statement names.
    private static func qubits(of statement: Substring.UTF8View) -> [Int] {
        statement.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false).dropFirst()
            .compactMap { rest in
                Int(Substring(rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }))
            }
    }

    private static func price(of statement: Substring, qubitCount: Int) -> Int {
        let name = statement.drop { !$0.isLetter }.prefix { $0.isLetter }
        switch name {
        case "barrier": return 0
        case "rz", "delay": return 1
        case "reset": return 17
        case _ where statement.contains("measure"): return 10
        case _: return qubitCount == 1 ? 2 : 5
        }
    }
}
