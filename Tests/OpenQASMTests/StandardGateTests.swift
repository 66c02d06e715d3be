import Numerics
import OpenQASM
import Testing

/// Every standard gate against its matrix in the OpenQASM 3 specification, up to a global phase.
///
/// The control of a controlled gate is `q[1]` or above, so that it is the most significant bit of the matrices' indices.
struct StandardGateTests {
    private static let root = Complex<Double>(1 / 2.0.squareRoot())
    private static let x = Unitary([[.zero, .one], [.one, .zero]])
    private static let y = Unitary([[.zero, -.i], [.i, .zero]])
    private static let z = Unitary([[.one, .zero], [.zero, -.one]])
    private static let h = Unitary([[root, root], [root, -root]])
    /// (1 + i)/2 on the diagonal and (1 - i)/2 beside it.
    private static let sx = Unitary([
        [Complex(0.5, 0.5), Complex(0.5, -0.5)], [Complex(0.5, -0.5), Complex(0.5, 0.5)],
    ])
    private static let swap = Unitary([
        [.one, .zero, .zero, .zero], [.zero, .zero, .one, .zero], [.zero, .one, .zero, .zero],
        [.zero, .zero, .zero, .one],
    ])

    static let oneQubitGates: [(String, Unitary)] = [
        ("id", Unitary([[.one, .zero], [.zero, .one]])),
        ("x", x), ("y", y), ("z", z), ("h", h), ("s", .phase(.pi / 2)), ("sdg", .phase(-.pi / 2)),
        ("t", .phase(.pi / 4)), ("tdg", .phase(-.pi / 4)), ("sx", sx),
        ("p(0.7)", .phase(0.7)), ("phase(0.7)", .phase(0.7)), ("u1(0.7)", .phase(0.7)),
        ("rx(0.7)", .rotation(.x, 0.7)), ("ry(0.7)", .rotation(.y, 0.7)), ("rz(0.7)", .rotation(.z, 0.7)),
        ("U(0.7, 0.4, -1.1)", .general(0.7, 0.4, -1.1)),
    ]

    @Test(arguments: oneQubitGates)
    func oneQubitGate(_ name: String, _ matrix: Unitary) throws {
        #expect(try Unitary("\(name) q[0];", qubits: 1).distance(to: matrix) < rounding)
    }

    /// With a control, what was a global phase counts.
    @Test(arguments: oneQubitGates)
    func oneQubitGateWithControls(_ name: String, _ matrix: Unitary) throws {
        let one = try Unitary("ctrl @ \(name) q[1], q[0];", qubits: 2)
        #expect(one.distance(to: matrix.controlled()) < rounding)
        let three = try Unitary("ctrl @ ctrl(2) @ \(name) q[1], q[3], q[2], q[0];", qubits: 4)
        #expect(three.distance(to: matrix.controlled(3)) < rounding)
    }

    /// `u2` and `u3` are those of OpenQASM 2 up to a phase: `U` without it.
    @Test func oldGeneralGates() throws {
        #expect(
            try Unitary("u3(0.7, 0.4, -1.1) q[0];", qubits: 1).distance(to: .general(0.7, 0.4, -1.1))
                < rounding)
        #expect(
            try Unitary("u2(0.4, -1.1) q[0];", qubits: 1).distance(to: .general(.pi / 2, 0.4, -1.1))
                < rounding)
    }

    @Test(arguments: [
        ("cx", x.controlled()), ("CX", x.controlled()), ("cy", y.controlled()), ("cz", z.controlled()),
        ("ch", h.controlled()), ("cp(0.7)", Unitary.phase(0.7).controlled()),
        ("cphase(0.7)", Unitary.phase(0.7).controlled()),
        ("crx(0.7)", Unitary.rotation(.x, 0.7).controlled()),
        ("cry(0.7)", Unitary.rotation(.y, 0.7).controlled()),
        ("crz(0.7)", Unitary.rotation(.z, 0.7).controlled()), ("swap", swap),
    ])
    func twoQubitGate(_ name: String, _ matrix: Unitary) throws {
        #expect(try Unitary("\(name) q[1], q[0];", qubits: 2).distance(to: matrix) < rounding)
        let controlled = try Unitary("ctrl @ \(name) q[2], q[1], q[0];", qubits: 3)
        #expect(controlled.distance(to: matrix.controlled()) < rounding)
    }

    /// `cu(theta, phi, lambda, gamma)` is the controlled `U` after a phase of `gamma - theta/2` on the control.
    @Test func controlledGeneralGate() throws {
        let gate = try Unitary("cu(0.7, 0.4, -1.1, 0.3) q[1], q[0];", qubits: 2)
        let definition = try Unitary("p(0.3 - 0.7/2) q[1]; ctrl @ U(0.7, 0.4, -1.1) q[1], q[0];", qubits: 2)
        #expect(gate.distance(to: definition) < rounding)
        #expect(try OpenQASMProgram.twoQubitGates("cu(0.7, 0.4, -1.1, 0.3) q[1], q[0];") == 2)
    }

    @Test func threeQubitGates() throws {
        #expect(try Unitary("ccx q[2], q[1], q[0];", qubits: 3).distance(to: Self.x.controlled(2)) < rounding)
        #expect(
            try Unitary("cswap q[2], q[1], q[0];", qubits: 3).distance(to: Self.swap.controlled()) < rounding)
        #expect(try OpenQASMProgram.twoQubitGates("ccx q[2], q[1], q[0];") == 6)
    }

    @Test func modifiers() throws {
        func same(_ left: String, _ right: String, qubits: Int) throws -> Bool {
            try Unitary(left, qubits: qubits).distance(to: Unitary(right, qubits: qubits)) < rounding
        }
        #expect(try same("inv @ U(0.7, 0.4, -1.1) q[0]; U(0.7, 0.4, -1.1) q[0];", "id q[0];", qubits: 1))
        #expect(try same("ctrl @ inv @ pow(3) @ t q[1], q[0];", "cp(-3*pi/4) q[1], q[0];", qubits: 2))
        #expect(try same("pow(-2) @ sx q[0];", "x q[0];", qubits: 1))
        #expect(try same("negctrl @ ry(0.7) q[1], q[0];", "x q[1]; cry(0.7) q[1], q[0]; x q[1];", qubits: 2))
        #expect(try same("ctrl @ gphase(0.7) q[0];", "p(0.7) q[0];", qubits: 1))
        #expect(try same("ctrl(2) @ gphase(0.7) q[0], q[1];", "cp(0.7) q[0], q[1];", qubits: 2))
        #expect(
            try same(
                "gate g(a) p, r { gphase(a); cx p, r; sx r; } ctrl @ g(0.4) q[2], q[0], q[1];",
                "p(0.4) q[2]; ccx q[2], q[0], q[1]; ctrl @ sx q[2], q[1];", qubits: 3))
    }
}

extension OpenQASMProgram {
    /// The number of two-qubit gates of statements on qubits `q`.
    static func twoQubitGates(_ statements: String) throws -> Int {
        let head = "include \"stdgates.inc\"; qubit[4] q; "
        return try OpenQASMProgram(head + statements).circuit.gates.count { $0.qubits.count == 2 }
    }
}
