import Circuits
import Foundation
import Reporting
import Testing

struct CircuitDiagramTests {
    @Test func smallCircuitIsDrawnInFull() throws {
        let circuit = try Preset.paper.circuit(outputs: [1, 1, 3])
        let diagram = CircuitDiagram(circuit, taskNames: ["a", "b", "c"])
        #expect(diagram.note.isEmpty)
        let gates = circuit.encoding.gates + circuit.tasks.flatMap(\.block.gates)
        #expect(count("class=\"dot\"", in: diagram.svg) == 2 * gates.count { $0.qubits.count == 2 })
        #expect(count("class=\"angle\"", in: diagram.svg) == gates.count { $0.angle != nil })
        #expect(count("class=\"wire\"", in: diagram.svg) == 4)
        #expect(count("class=\"box meter\"", in: diagram.svg) == 4)
        #expect(diagram.svg.contains("Z₂, Z₃, X₂X₃"))
        // 3 x 4 encoding angles; then 3 of each one-qubit task: the third task starts at 18.
        #expect(diagram.svg.contains(">θ₁₈<"))
    }

    @Test func wideCircuitShowsTheConeOfOneTask() throws {
        let circuit = try Preset.paper.circuit(outputs: [Int](repeating: 1, count: 1024))
        let diagram = CircuitDiagram(circuit)
        #expect(
            diagram.note.contains("1,024 qubits") && diagram.note.contains("“task 0” depends on: 3 qubits"))
        // An end of the line: two entangling stages reach two neighbours.
        #expect(count("class=\"wire\"", in: diagram.svg) == 3)
    }

    @Test func sharedRegisterShowsOneBlock() throws {
        let diagram = CircuitDiagram(
            try Preset.deep.circuit(outputs: [1, 1, 1]), taskNames: ["a", "b", "c"])
        #expect(diagram.note.contains("block of task “a”"))
        #expect(count("class=\"box meter\"", in: diagram.svg) == 4)
    }

    @Test func commonReadoutBelongsToEveryTask() throws {
        let circuit = try Preset.hqsl.circuit(outputs: [1, 3])
        #expect(CircuitDiagram(circuit, taskNames: ["a", "b"]).svg.contains(">every task<"))
    }

    @Test func longCircuitSaysWhatIsLeftOut() throws {
        let circuit = try Preset.deep.circuit(outputs: [Int](repeating: 1, count: 64))
        #expect(CircuitDiagram(circuit).note.contains("further columns of gates, marked by an ellipsis"))
    }

    @Test func coneWiderThanThePictureSaysSo() throws {
        var encoding = Circuit(qubitCount: 20, parameterCount: 20)
        for qubit in 0..<20 { try encoding.append(.rotation(.y, qubit, .parameter(qubit))) }
        for qubit in 0..<19 { try encoding.append(.controlledX(control: qubit, target: qubit + 1)) }
        let task = try TaskCircuit(register: [19], block: Circuit(qubitCount: 1), observables: [.z(0)])
        let diagram = CircuitDiagram(try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: [task]))
        #expect(diagram.note.contains("20 qubits and 39 of the encoding's 39 gates"))
        #expect(
            diagram.note.hasSuffix(
                "Of these qubits 12 have a wire; gates that reach the others are left out."))
        #expect(count("class=\"target\"", in: diagram.svg) == 11)
        #expect(count("class=\"box meter\"", in: diagram.svg) == 1, "the measured qubit is among the wires")
    }

    @Test(arguments: Preset.all) func everyPresetIsWellFormed(_ preset: Preset) throws {
        for outputs in [[1], [1, 3, 5], [Int](repeating: 1, count: 30)] {
            let svg = CircuitDiagram(try preset.circuit(outputs: outputs)).svg
            #expect(XMLTree.isWellFormed(svg), "\(preset.name), \(outputs.count) tasks")
        }
    }

    private func count(_ part: String, in text: String) -> Int {
        text.components(separatedBy: part).count - 1
    }
}
