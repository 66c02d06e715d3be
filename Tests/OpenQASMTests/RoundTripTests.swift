import Circuits
import Foundation
import OpenQASM
import Randomness
import Testing

struct RoundTripTests {
    @Test func goldenText() throws {
        var circuit = Circuit(qubitCount: 2, featureCount: 2)
        for gate: Gate in [
            .hadamard(0), .pauli(.y, 1), .rotation(.x, 0, .feature(1)), .rotation(.z, 1, .constant(-.pi / 2)),
            .rotation(.y, 0, -0.5 * (.feature(0) * .feature(1))), .controlledZ(0, 1),
            .controlledX(control: 1, target: 0),
        ] { try circuit.append(gate) }
        #expect(
            OpenQASMProgram(circuit).text(comment: ["made by hand"]) == """
                // made by hand
                OPENQASM 3.0;
                include "stdgates.inc";
                input float[64] x0;
                input float[64] x1;
                qubit[2] q;
                h q[0];
                y q[1];
                rx(x1) q[0];
                rz(-pi/2) q[1];
                ry(-0.5*(x0*x1)) q[0];
                cz q[0], q[1];
                cx q[1], q[0];

                """)
    }

    @Test(arguments: 0..<40)
    func circuitsAreReadAsTheyWereWritten(index: Int) throws {
        let program = OpenQASMProgram(RandomProgram.circuit(index))
        #expect(try OpenQASMProgram(program.text) == program)
    }

    /// Writes programs for `check_export.py`, which holds them against Qiskit, to the folder in `QMTL_PROGRAMS`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["QMTL_PROGRAMS"] != nil), arguments: 0..<200)
    func programsForOtherSoftware(index: Int) throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["QMTL_PROGRAMS"] ?? "")
        let program = OpenQASMProgram(RandomProgram.circuit(index))
        let values = [0.3, -1.2, 2.1, 0.8]
        let state = try Unitary(of: program, inputs: values).rows.map { $0[0] }
        let amplitudes = state.map { [$0.real, $0.imaginary] }
        try program.text.write(to: folder.appending(path: "\(index).qasm"), atomically: true, encoding: .utf8)
        try JSONEncoder().encode(amplitudes).write(to: folder.appending(path: "\(index).json"))
    }
}

/// Random circuits with features, scaled features and products of them.
enum RandomProgram {
    static func circuit(_ index: Int) -> Circuit {
        var generator = Philox(seed: 7, purpose: .data, index: UInt32(index))
        let qubits = Int.random(in: 1...5, using: &generator)
        var circuit = Circuit(qubitCount: qubits, featureCount: 4)
        for _ in 0..<Int.random(in: 1...30, using: &generator) {
            let pair = (0..<qubits).shuffled(using: &generator).prefix(2)
            let pauli = Pauli.allCases.randomElement(using: &generator)!
            let number = Double(generator.uniform(in: -4..<4))
            let features = (0..<2).map { _ in Angle.feature(Int.random(in: 0..<4, using: &generator)) }
            let angles: [Angle] = [
                .constant(number), features[0], number * features[0], features[0] * features[1],
            ]
            var candidates: [Gate] = angles.map { .rotation(pauli, pair[0], $0) }
            candidates += [.hadamard(pair[0]), .pauli(pauli, pair[0])]
            if qubits > 1 {
                candidates += [
                    .controlledZ(pair[0], pair[1]), .controlledX(control: pair[0], target: pair[1]),
                ]
            }
            circuit.appendUnchecked(candidates.randomElement(using: &generator)!)
        }
        return circuit
    }
}
