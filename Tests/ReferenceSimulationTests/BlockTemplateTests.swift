import Circuits
import Foundation
import ReferenceSimulation
import Testing

/// `block-templates.json`; `make_block_templates.py` says how it was made.
private struct BlockTemplateVectors: Decodable {
    struct Entry: Decodable {
        let parameters: Int
        let values: [Double]
    }

    let qubits: Int, layers: Int
    let observables: [String]
    let templates: [String: Entry]
}

struct BlockTemplateTests {
    private static let reference = Result { try vectors("block-templates", as: BlockTemplateVectors.self) }

    @Test func everyTemplateHasReferenceValues() throws {
        #expect(try Set(Self.reference.get().templates.keys) == Set(BlockTemplate.all.map(\.name)))
    }

    @Test(arguments: BlockTemplate.all.map(\.name))
    func equalsOtherLibraries(name: String) throws {
        let vectors = try Self.reference.get()
        let expected = try #require(vectors.templates[name])
        var block = try #require(BlockTemplate(named: name)).block
        block.layers = vectors.layers
        let circuit = try MultiTaskCircuit(
            encoding: Circuit(qubitCount: vectors.qubits), stageCount: 0,
            tasks: [
                try TaskCircuit(
                    register: Array(0..<vectors.qubits), block: block.circuit(qubitCount: vectors.qubits),
                    observables: vectors.observables.map { try #require(PauliString($0)) })
            ])
        #expect(circuit.parameterCount == expected.parameters)
        let angles = (0..<circuit.parameterCount).map { 2 * sin(Double($0 + 1)) }
        let values = ReferenceSimulator.expectations(circuit, features: [[]], parameters: angles)
        #expect(distance(values[0], expected.values) < 1e-12)
    }
}
