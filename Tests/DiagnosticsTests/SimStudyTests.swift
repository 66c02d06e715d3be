import Circuits
import Diagnostics
import Testing

/// The study of arXiv:1905.10876 at its own settings: four qubits, one layer, 5,000 pairs, 75 bins.
struct SimStudyTests {
    private static let circuits = BlockTemplate.simCircuits.map { template in
        CircuitDescription(
            name: template.name, template.block.circuit(qubitCount: 4), pairs: 5000, bins: 75, seed: 1)
    }

    /// Circuits that 5,000 pairs, with a standard error near 0.01, cannot tell apart; at 200,000 pairs they have
    /// 0.251, 0.251, 0.240, 0.234; 0.181, 0.178; 0.132, 0.140, 0.134; 0.071, 0.067; 0.053, 0.059.
    private static let close: [Set<String>] = [
        ["sim-3", "sim-16", "sim-18", "sim-10"], ["sim-12", "sim-15"], ["sim-4", "sim-11", "sim-17"],
        ["sim-8", "sim-19"], ["sim-5", "sim-13"],
    ]

    @Test func theRankingIsThePublishedOne() throws {
        for (less, more) in try #require(SimStudy.inversions(Self.circuits)) {
            #expect(Self.close.contains { $0.isSuperset(of: [less, more]) }, "\(less) and \(more)")
        }
    }

    // Both sides draw 5,000 pairs, whose standard deviation is 0.005 to 0.02 where circuits express little.
    @Test func expressibilityHasItsPublishedValues() throws {
        for (name, published) in SimStudy.expressibility {
            let circuit = try #require(Self.circuits.first { $0.name == name })
            #expect(abs(circuit.expressibility - published) < max(0.2 * published, 0.005), "\(name)")
        }
    }

    // The published values are larger than the mean of Q: the order is nearly theirs, by Spearman's correlation.
    @Test func entanglingCapabilityHasNearlyThePublishedOrder() throws {
        let names = SimStudy.entanglingCapability.map(\.key)
        let here = Self.circuits.sorted { $0.entanglingCapability < $1.entanglingCapability }.map(\.name)
        let squares = try names.indices.reduce(0) { sum, rank in
            let difference = rank - (try #require(here.firstIndex(of: names[rank])))
            return sum + difference * difference
        }
        let count = names.count
        #expect(1 - 6 * Double(squares) / Double(count * (count * count - 1)) > 0.97)
    }

    // Means of Q of 4,000 states of another program, written with dense matrices; their standard error is about 0.003.
    @Test(arguments: [("sim-2", 0.6260), ("sim-3", 0.1690), ("sim-6", 0.6888)])
    func entanglingCapabilityIsTheMeanOfQ(name: String, expected: Double) throws {
        let circuit = try #require(Self.circuits.first { $0.name == name })
        #expect(abs(circuit.entanglingCapability - expected) < 0.012)
    }

    @Test func aStudyNeedsAllCircuits() {
        #expect(SimStudy.inversions(Self.circuits.dropLast()) == nil)
        #expect(Set(SimStudy.ranking) == Set(BlockTemplate.simCircuits.map(\.name)))
    }

    // Products of rotations entangle nothing; circuit 9 is a graph state in other bases, in which every qubit is mixed.
    @Test func entanglementHasItsExtremes() {
        let values = Dictionary(
            uniqueKeysWithValues: Self.circuits.map { ($0.name, $0.entanglingCapability) })
        #expect(abs(values["sim-1"]!) < 1e-12)
        #expect(abs(values["sim-9"]! - 1) < 1e-12)
        #expect(values.values.allSatisfy { (-1e-12...1 + 1e-12).contains($0) })
    }
}
