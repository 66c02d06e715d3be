import Numerics

/// A channel by name and numbers.
public enum ChannelDescription: Hashable, Sendable {
    /// `depolarizing`; behind a two-qubit gate the two-qubit channel.
    case depolarizing(probability: Double)
    /// `amplitude-damping`.
    case amplitudeDamping(probability: Double)
    /// `phase-damping`.
    case phaseDamping(probability: Double)
    /// `bit-flip`.
    case bitFlip(probability: Double)
    /// `phase-flip`.
    case phaseFlip(probability: Double)
    /// `pauli`.
    case pauli(probabilities: [String: Double])
    /// `thermal-relaxation`; times in microseconds.
    case thermalRelaxation(t1: Double, t2: Double, time: Double)
    /// `over-rotation`; the angle in radians.
    case overRotation(angle: Double)
    /// `kraus`; each operator a list of rows, each entry a pair of real and imaginary part.
    case kraus([Operator])

    /// The channel behind a gate of that kind.
    func channels(after gate: GateKind) throws(NoiseError) -> [Channel] {
        switch self {
        case .depolarizing(let probability):
            [try .depolarizing(probability: probability, qubitCount: gate.qubitCount)]
        case .amplitudeDamping(let probability): [try .amplitudeDamping(probability: probability)]
        case .phaseDamping(let probability): [try .phaseDamping(probability: probability)]
        case .bitFlip(let probability): [try .bitFlip(probability: probability)]
        case .phaseFlip(let probability): [try .phaseFlip(probability: probability)]
        case .pauli(let probabilities): [try .pauli(probabilities: probabilities)]
        case .thermalRelaxation(let t1, let t2, let time):
            [try .thermalRelaxation(t1: t1, t2: t2, time: time)]
        case .overRotation(let angle): [.overRotation(of: gate, angle: angle)]
        case .kraus(let operators): [try Channel(krausOperators: operators)]
        }
    }
}

extension ChannelDescription: Codable {
    private enum Name: String, Codable, CaseIterable {
        case depolarizing, pauli, kraus
        case amplitudeDamping = "amplitude-damping"
        case phaseDamping = "phase-damping"
        case bitFlip = "bit-flip"
        case phaseFlip = "phase-flip"
        case thermalRelaxation = "thermal-relaxation"
        case overRotation = "over-rotation"
    }

    private enum CodingKeys: String, CodingKey {
        case channel, probability, probabilities, t1, t2, time, angle, operators
    }

    /// Reads a channel: its name under `channel`, its numbers beside it.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        switch try keys.decode(Name.self, forKey: .channel) {
        case .depolarizing: self = .depolarizing(probability: try keys.probability(.probability))
        case .amplitudeDamping: self = .amplitudeDamping(probability: try keys.probability(.probability))
        case .phaseDamping: self = .phaseDamping(probability: try keys.probability(.probability))
        case .bitFlip: self = .bitFlip(probability: try keys.probability(.probability))
        case .phaseFlip: self = .phaseFlip(probability: try keys.probability(.probability))
        case .pauli:
            self = .pauli(probabilities: try keys.decode([String: Double].self, forKey: .probabilities))
        case .thermalRelaxation:
            self = .thermalRelaxation(
                t1: try keys.decode(Double.self, forKey: .t1), t2: try keys.decode(Double.self, forKey: .t2),
                time: try keys.decode(Double.self, forKey: .time))
        case .overRotation: self = .overRotation(angle: try keys.decode(Double.self, forKey: .angle))
        case .kraus:
            self = .kraus(try keys.decode([WrittenOperator].self, forKey: .operators).map(\.matrix))
        }
    }

    /// Writes a channel as it is read.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        func write(_ name: Name, _ probability: Double) throws {
            try keys.encode(name, forKey: .channel)
            try keys.encode(probability, forKey: .probability)
        }
        switch self {
        case .depolarizing(let probability): try write(.depolarizing, probability)
        case .amplitudeDamping(let probability): try write(.amplitudeDamping, probability)
        case .phaseDamping(let probability): try write(.phaseDamping, probability)
        case .bitFlip(let probability): try write(.bitFlip, probability)
        case .phaseFlip(let probability): try write(.phaseFlip, probability)
        case .pauli(let probabilities):
            try keys.encode(Name.pauli, forKey: .channel)
            try keys.encode(probabilities, forKey: .probabilities)
        case .thermalRelaxation(let t1, let t2, let time):
            try keys.encode(Name.thermalRelaxation, forKey: .channel)
            try keys.encode(t1, forKey: .t1)
            try keys.encode(t2, forKey: .t2)
            try keys.encode(time, forKey: .time)
        case .overRotation(let angle):
            try keys.encode(Name.overRotation, forKey: .channel)
            try keys.encode(angle, forKey: .angle)
        case .kraus(let operators):
            try keys.encode(Name.kraus, forKey: .channel)
            try keys.encode(operators.map(WrittenOperator.init), forKey: .operators)
        }
    }
}

/// A matrix as it is written: a list of rows, each entry `[real, imaginary]`.
private struct WrittenOperator: Codable {
    let matrix: Operator

    init(matrix: Operator) { self.matrix = matrix }

    init(from decoder: any Decoder) throws {
        let rows = try [[[Double]]](from: decoder)
        let sizes = Set(rows.map(\.count) + [rows.count])
        guard sizes == [2] || sizes == [4], rows.joined().allSatisfy({ $0.count == 2 }) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "2 rows of 2 or 4 rows of 4 entries, each [real, imaginary]"))
        }
        matrix = Operator(dimension: rows.count, entries: rows.joined().map { Complex($0[0], $0[1]) })
    }

    func encode(to encoder: any Encoder) throws {
        let rows = (0..<matrix.dimension).map { row in
            (0..<matrix.dimension).map { [matrix[row, $0].real, matrix[row, $0].imaginary] }
        }
        try rows.encode(to: encoder)
    }
}
