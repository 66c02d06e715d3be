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

/// The published figures of the nineteen circuits, on four qubits with one layer.
///
/// Source: arXiv:1905.10876, figures 3 and 4, in numbers as later reproductions of the study quote them.
public enum SimStudy {
    /// The expressibility of each circuit, from the least to the most expressible.
    public static let expressibility: KeyValuePairs<String, Double> = [
        "sim-9": 0.6773, "sim-1": 0.2999, "sim-2": 0.2860, "sim-16": 0.2602, "sim-3": 0.2396,
        "sim-18": 0.2340, "sim-10": 0.2286, "sim-12": 0.1984, "sim-15": 0.1892, "sim-17": 0.1359,
        "sim-4": 0.1343, "sim-11": 0.1312, "sim-7": 0.0977, "sim-8": 0.0858, "sim-19": 0.0809,
        "sim-5": 0.0602, "sim-13": 0.0516, "sim-14": 0.0144, "sim-6": 0.0043,
    ]
    /// The entangling capability of each circuit, from the least to the most entangling.
    public static let entanglingCapability: KeyValuePairs<String, Double> = [
        "sim-1": 0, "sim-7": 0.3246, "sim-3": 0.3424, "sim-16": 0.3464, "sim-8": 0.3932,
        "sim-5": 0.4099, "sim-18": 0.4383, "sim-17": 0.4541, "sim-4": 0.4715, "sim-10": 0.5369,
        "sim-19": 0.5937, "sim-13": 0.6070, "sim-12": 0.6487, "sim-14": 0.6613, "sim-11": 0.7330,
        "sim-6": 0.7803, "sim-2": 0.8083, "sim-15": 0.8186, "sim-9": 1,
    ]
    /// The circuits from the least to the most expressible.
    public static var ranking: [String] { expressibility.map(\.key) }

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
