import Circuits
import Testing

struct BlockTemplateTests {
    private func parameters(_ name: String, qubits: Int, layers: Int) throws -> Int {
        var block = try #require(BlockTemplate(named: name)).block
        block.layers = layers
        let count = block.circuit(qubitCount: qubits).parameterCount
        #expect(count == block.parameterCount(qubitCount: qubits))
        return count
    }

    // Table 1 of arXiv:1905.10876; circuit 10 has a column of rotations before its layers.
    @Test(arguments: [(4, 1), (4, 3), (6, 2)])
    func simCircuitsCountTheirParameters(n: Int, layers: Int) throws {
        let perLayer = [
            2 * n, 2 * n, 3 * n - 1, 3 * n - 1, n * n + 3 * n, n * n + 3 * n, 5 * n - 1, 5 * n - 1, n, n,
            4 * n - 4, 4 * n - 4, 4 * n, 4 * n, 2 * n, 3 * n - 1, 3 * n - 1, 3 * n, 3 * n,
        ]
        for (index, count) in perLayer.enumerated() {
            let opening = index + 1 == 10 ? n : 0
            #expect(
                try parameters("sim-\(index + 1)", qubits: n, layers: layers) == opening + layers * count,
                "circuit \(index + 1)")
        }
    }

    @Test func libraryTemplatesCountTheirParameters() throws {
        #expect(try parameters("basic-entangler", qubits: 5, layers: 3) == 15)
        #expect(try parameters("strongly-entangling", qubits: 5, layers: 3) == 45)
        #expect(try parameters("real-amplitudes", qubits: 5, layers: 3) == 20)
        #expect(try parameters("efficient-su2", qubits: 5, layers: 3) == 40)
    }

    @Test(arguments: BlockTemplate.all.map(\.name), [1, 2, 3])
    func narrowRegistersAreAllowed(name: String, qubits: Int) throws {
        let block = try #require(BlockTemplate(named: name)).block
        let circuit = block.circuit(qubitCount: qubits)
        var checked = Circuit(qubitCount: qubits, parameterCount: circuit.parameterCount)
        for gate in circuit.gates { try checked.append(gate) }
        #expect(checked == circuit)
        let used = circuit.gates.reduce(into: Set<Int>()) { $0.formUnion($1.angle?.parameters ?? []) }
        #expect(used == Set(0..<circuit.parameterCount))
    }

    @Test func theRangeOfStronglyEntanglingLayersGrows() {
        let coupling = Coupling(.ringOfGrowingRange, .controlledX)
        func targets(_ layer: Int) -> [Int] { coupling.pairs(count: 4, layer: layer).map(\.target) }
        #expect(targets(0) == [1, 2, 3, 0])
        #expect(targets(1) == [2, 3, 0, 1])
        #expect(targets(2) == [3, 0, 1, 2])
        #expect(targets(3) == targets(0))
    }

    @Test func namesAreUnique() {
        #expect(Set(BlockTemplate.all.map(\.name)).count == BlockTemplate.all.count)
        #expect(BlockTemplate(named: "sim-20") == nil)
    }
}
