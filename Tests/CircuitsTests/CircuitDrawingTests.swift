import Circuits
import Testing

struct CircuitDrawingTests {
    @Test func drawsEveryKindOfGate() throws {
        var circuit = Circuit(qubitCount: 3, parameterCount: 4, featureCount: 1)
        let gates: [Gate] = [
            .rotation(.x, 0, .feature(0)), .hadamard(1), .pauli(.y, 2), .rotation(.z, 0, .parameter(3)),
            .controlledZ(0, 2), .controlledX(control: 1, target: 0), .rotation(.y, 2, .constant(.pi / 2)),
        ]
        for gate in gates { try circuit.append(gate) }
        let expected = """
            q0: ─┤RX(x0)├─┤RZ(θ3)├─●──────⊕──────
                                   │      │
            q1: ───┤H├─────────────┼──────●──────
                                   │
            q2: ───┤Y├─────────────●─┤RY(1.571)├─
            """
        #expect(CircuitDrawing(of: circuit).description == expected)
    }

    @Test func continuesBelowWhereThePageEnds() throws {
        let circuit = try Preset.paper.circuit(outputs: [3]).circuit(ofTask: 0)
        let expected = [
            "q0: ─┤RX(x0)├─┤RZ(θ0)├─●─┤RX(x2)├─",
            "                       │",
            "q1: ─┤RX(x1)├─┤RZ(θ1)├─●─┤RX(x3)├─",
            "",
            "q0: ─┤RY(θ2)├─●─┤RX(x4)├─┤RZ(θ4)├─",
            "              │",
            "q1: ─┤RY(θ3)├─●─┤RX(x5)├─┤RZ(θ5)├─",
            "",
            "q0: ─┤RY(θ6)├─┤RZ(θ8)├─●─┤RY(θ10)├─",
            "                       │",
            "q1: ─┤RY(θ7)├─┤RZ(θ9)├─●─┤RY(θ11)├─",
        ]
        #expect(CircuitDrawing(of: circuit, width: 35).lines == expected)
    }

    @Test func labelsAreAlignedToTheRight() {
        let lines = CircuitDrawing(of: Circuit(qubitCount: 11)).lines
        #expect(lines.first == " q0: ─")
        #expect(lines.last == "q10: ─")
    }
}
