import Circuits
import Numerics
import OpenQASM
import ReferenceSimulation

/// A square matrix of complex numbers: what a circuit does, or what it should do.
struct Unitary {
    typealias Element = Complex<Double>

    /// Entry `rows[i][j]` is the amplitude of basis state `i` after the circuit from basis state `j`.
    let rows: [[Element]]

    init(_ rows: [[Element]]) { self.rows = rows }

    /// The matrix of a program at given inputs, in double precision.
    init(of program: OpenQASMProgram, inputs: [Double] = []) throws {
        let features = try program.featureAngles(inputs: [inputs])[0]
        let circuit = program.circuit
        let columns = (0..<1 << circuit.qubitCount).map { basis in
            var state = StateVector(qubitCount: circuit.qubitCount)
            for qubit in 0..<circuit.qubitCount where basis >> qubit & 1 == 1 {
                state.apply(.pauli(.x, qubit))
            }
            for gate in circuit.gates {
                switch gate.angle {
                case .constant(let value): state.apply(gate, angle: value)
                case .feature(let index): state.apply(gate, angle: features[index])
                case nil: state.apply(gate)
                case .parameter, .product: preconditionFailure("a program has constants and features only")
                }
            }
            return state.amplitudes
        }
        rows = columns.indices.map { row in columns.map { $0[row] } }
    }

    /// The matrix of the statements in a text, on so many qubits `q`.
    init(_ statements: String, qubits: Int) throws {
        let head = "OPENQASM 3.0; include \"stdgates.inc\"; qubit[\(qubits)] q; "
        try self.init(of: OpenQASMProgram(head + statements))
    }

    /// The gate where control qubits above it are 1: the identity, but for the last block.
    func controlled(_ count: Int = 1) -> Unitary {
        let (size, width) = (rows.count << count, rows.count)
        return Unitary(
            (0..<size).map { row in
                (0..<size).map { column in
                    let isInside = row >= size - width && column >= size - width
                    return isInside
                        ? rows[row - size + width][column - size + width] : row == column ? .one : .zero
                }
            })
    }

    /// How far the matrices are from being equal up to a global phase: `1 - |tr(A^dagger B)| / N`, from 0 to 1.
    func distance(to other: Unitary) -> Double {
        var trace = Element.zero
        for (left, right) in zip(rows.joined(), other.rows.joined()) { trace += left.conjugate * right }
        return 1 - trace.length / Double(rows.count)
    }

    static func rotation(_ axis: Pauli, _ angle: Double) -> Unitary {
        let (c, s) = (Element(.cos(angle / 2)), Element(.sin(angle / 2)))
        switch axis {
        case .x: return Unitary([[c, -.i * s], [-.i * s, c]])
        case .y: return Unitary([[c, -s], [s, c]])
        case .z:
            return Unitary([
                [Element(length: 1, phase: -angle / 2), .zero],
                [.zero, Element(length: 1, phase: angle / 2)],
            ])
        }
    }

    /// `U` of the specification: its upper left entry is `(1 + exp(i theta)) / 2`.
    static func general(_ theta: Double, _ phi: Double, _ lambda: Double) -> Unitary {
        func e(_ angle: Double) -> Element { Element(length: 1, phase: angle) }
        let half = Element(0.5)
        return Unitary([
            [half * (.one + e(theta)), -half * .i * e(lambda) * (.one - e(theta))],
            [half * .i * e(phi) * (.one - e(theta)), half * e(phi + lambda) * (.one + e(theta))],
        ])
    }

    static func phase(_ angle: Double) -> Unitary {
        Unitary([[.one, .zero], [.zero, Element(length: 1, phase: angle)]])
    }
}

/// Rounding of a few dozen products in double precision.
let rounding = 1e-12
