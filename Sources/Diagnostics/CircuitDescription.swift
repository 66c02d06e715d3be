import Circuits

/// Size, expressibility and entangling capability of one circuit.
public struct CircuitDescription: Codable, Sendable, Equatable {
    /// The circuit's name.
    public let name: String
    /// The number of qubits.
    public let qubits: Int
    /// The number of trainable angles that occur in it.
    public let parameters: Int
    /// The number of features that occur in it.
    public let features: Int
    /// The number of gates on two qubits, controlled rotations counted as two.
    public let twoQubitGates: Int
    /// The divergence from Haar-random states, in nats; smaller is more expressible.
    public let expressibility: Double
    /// The mean of the Meyer-Wallach measure; 0 for product states, at most 1.
    public let entanglingCapability: Double

    /// The description of `circuit` from `pairs` pairs of states in `bins` bins.
    public init(name: String, _ circuit: Circuit, pairs: Int, bins: Int, seed: UInt64) {
        self.name = name
        qubits = circuit.qubitCount
        parameters = Set(circuit.gates.flatMap { $0.angle?.parameters ?? [] }).count
        features = Set(circuit.gates.flatMap { $0.angle?.features ?? [] }).count
        twoQubitGates = circuit.gates.count { $0.qubits.count == 2 }
        expressibility = Expressibility.divergence(of: circuit, pairs: pairs, bins: bins, seed: seed)
        entanglingCapability = EntanglingCapability.mean(of: circuit, samples: pairs, seed: seed)
    }
}

/// The published order of the nineteen circuits, on four qubits with one layer.
public enum SimStudy {
    /// The circuits from the least to the most expressible, as figure 3 of arXiv:1905.10876 orders them.
    public static let ranking = [9, 1, 2, 16, 3, 18, 10, 12, 15, 17, 4, 11, 7, 8, 19, 5, 13, 14, 6]
        .map { "sim-\($0)" }

    /// The pairs of circuits that `circuits` put in the other order than the study; nil where some circuit is missing.
    public static func inversions(_ circuits: [CircuitDescription]) -> [(less: String, more: String)]? {
        var values: [String: Double] = [:]
        for circuit in circuits { values[circuit.name] = circuit.expressibility }
        guard ranking.allSatisfy({ values[$0] != nil }) else { return nil }
        var inversions: [(String, String)] = []
        for (index, less) in ranking.enumerated() {
            for more in ranking[(index + 1)...] where values[less]! < values[more]! {
                inversions.append((less, more))
            }
        }
        return inversions
    }
}
