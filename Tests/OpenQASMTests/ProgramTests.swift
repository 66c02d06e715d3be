import Circuits
import OpenQASM
import Testing

/// What statements mean, apart from the gates themselves.
struct ProgramTests {
    /// The gates of a program with `stdgates.inc`.
    private func gates(_ text: String) throws -> [Gate] {
        try OpenQASMProgram("OPENQASM 3.0; include \"stdgates.inc\"; " + text).circuit.gates
    }

    @Test func qubitsCountInTheOrderOfDeclaration() throws {
        let found = try gates("qubit a; qubit[2] b; qreg c[2]; x a; x b[1]; x c[-1];")
        #expect(found == [.pauli(.x, 0), .pauli(.x, 2), .pauli(.x, 4)])
    }

    @Test func hardwareQubitsKeepTheirNumbers() throws {
        let program = try OpenQASMProgram("include \"stdgates.inc\"; h $3; cz $3, $1;")
        #expect(program.circuit.qubitCount == 4)
        #expect(program.circuit.gates == [.hadamard(3), .controlledZ(3, 1)])
    }

    @Test func gatesGoThroughRegistersSideBySide() throws {
        let found = try gates("qubit[3] a; qubit[2] b; x a; cx a[1], b; cz a[0:1], b;")
        let expected: [Gate] = [
            .pauli(.x, 0), .pauli(.x, 1), .pauli(.x, 2), .controlledX(control: 1, target: 3),
            .controlledX(control: 1, target: 4), .controlledZ(0, 3), .controlledZ(1, 4),
        ]
        #expect(found == expected)
    }

    @Test func partsOfRegisters() throws {
        let found = try gates(
            """
            qubit[5] a; qubit b;
            let even = a[0:2:4]; let both = even[{2, 0}] ++ b; let loose = {b, a[1]};
            x even; y both; z a[-1:-2:0]; h a[3:]; x loose[1];
            """)
        let expected: [Gate] = [
            .pauli(.x, 0), .pauli(.x, 2), .pauli(.x, 4), .pauli(.y, 4), .pauli(.y, 0), .pauli(.y, 5),
            .pauli(.z, 4), .pauli(.z, 2), .pauli(.z, 0), .hadamard(3), .hadamard(4), .pauli(.x, 1),
        ]
        #expect(found == expected)
    }

    @Test func partsOfBitRegisters() throws {
        let found = try gates(
            """
            qubit[4] q; bit[3] c; bit last;
            let ends = c[{0, 2}]; let all = ends ++ last; let first = all[0];
            x q; all = measure q[1:3]; first = measure q[0];
            """)
        #expect(found == (0..<4).map { .pauli(.x, $0) })
    }

    @Test func aParameterMayBeCalledLikeAConstant() throws {
        let found = try gates("qubit q; gate g(pi) a { rx(pi) a; } g(0.5) q;")
        #expect(found == [.rotation(.x, 0, .constant(0.5))])
    }

    @Test func constantsAndLoops() throws {
        let found = try gates(
            """
            const uint n = 2**2 - 1; const float[64] f = pi/2; const angle a = -pi/2; const int[32] m = 7 % 4;
            qubit[n] q;
            for int i in [0:n - 2] { cx q[i], q[i + 1]; }
            for uint i in {2, 0} rx(i*0.5 + 1) q[i];
            rz(f*m) q[0]; ry(a) q[1];
            for int i in [2:-2:0] h q[i];
            """)
        let expected: [Gate] = [
            .controlledX(control: 0, target: 1), .controlledX(control: 1, target: 2),
            .rotation(.x, 2, .constant(2)), .rotation(.x, 0, .constant(1)),
            .rotation(.z, 0, .constant(.pi / 2 * 3)), .rotation(.y, 1, .constant(3 * .pi / 2)),
            .hadamard(2), .hadamard(0),
        ]
        #expect(found == expected)
    }

    @Test(arguments: [
        ("2**3**2/512", 1.0), ("-2**2 + 5", 1), ("2*-3 + 7", 1), ("7 % 4 - 2", 1), ("(1 + 2)*3 - 8", 1),
        ("tau/pi - 1", 1), ("log(euler)", 1), ("sqrt(4) - sin(pi/2)", 1), ("pow(2, -1)*2", 1),
        ("arccos(cos(1.))", 1), ("1_000/1e3", 1), ("0x1F - 0b1_1110", 1), ("float(3) - angle[8](2)", 1),
        (".5e1/5", 1),
        ("6/-3 + 3", 1),
    ])
    func expressions(text: String, value: Double) throws {
        let gate = try #require(try gates("qubit q; rx(\(text)) q;").first)
        guard case .rotation(.x, 0, .constant(let found)) = gate else {
            Issue.record("\(gate)")
            return
        }
        #expect(abs(found - value) < rounding)
    }

    @Test func whatHasNoEffectIsRead() throws {
        let found = try gates(
            """
            /* a comment
               on two lines */
            @annotation of the next statement
            bit[2] c; creg d[1]; qubit[2] q; // the qubits
            reset q; barrier q; x q[0]; barrier; barrier q[0], q[1];
            c[0] = measure q[0]; measure q[1] -> d[0]; bit e = measure q[1];
            """)
        #expect(found == [.pauli(.x, 0)])
    }

    @Test func anglesInCommonAreOneFeature() throws {
        let program = try OpenQASMProgram(
            """
            include "stdgates.inc"; input float[64] a; input angle[32] b; qubit[2] q;
            gate g(x, y) p { rx(x/2 + y) p; rx(y + 0.5*x) p; }
            g(a, 2*b) q[0]; g(3*a - a - a, b + b) q[1]; crz(a) q[0], q[1]; rz(a - a + 1) q[0];
            """)
        #expect(program.inputs == ["a", "b"])
        #expect(program.angles.map { $0.text(inputs: program.inputs) } == ["0.5*a + 2*b", "0.5*a", "-0.5*a"])
        #expect(program.circuit.gates.last == .rotation(.z, 0, .constant(1)))
    }

    @Test func gatesSeeOnlyWhatIsGlobal() throws {
        let found = try gates(
            """
            const float k = 0.5; qubit[2] q;
            gate inner(a) p { rx(k*a) p; }
            gate outer(k) p, r { inner(k) p; for int i in [1:2] { inner(i) r; } }
            for int k in [3:3] { outer(k) q[0], q[1]; }
            """)
        let expected: [Gate] = [
            .rotation(.x, 0, .constant(1.5)), .rotation(.x, 1, .constant(0.5)),
            .rotation(.x, 1, .constant(1)),
        ]
        #expect(found == expected)
    }
}
