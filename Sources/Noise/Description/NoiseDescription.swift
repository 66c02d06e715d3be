import Foundation

/// A noise model as a file or a run's configuration describes it.
///
/// Everything is optional: rules for gates, readout errors, a device whose calibration gives both.
public struct NoiseDescription: Codable, Hashable, Sendable {
    /// What people call the model.
    public var name: String?
    /// Channels that follow gates, in order.
    public var gates: [GateNoise] = []
    /// Readout errors; a later one takes the place of an earlier one for the same qubit.
    public var readout: [ReadoutNoise] = []
    /// A device whose calibration gives gate and readout errors, before the rules above.
    public var device: DeviceNoise?

    /// No noise.
    public init() {}

    private enum CodingKeys: String, CodingKey { case name, gates, readout, device }

    /// Reads a description; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        name = try keys.decodeIfPresent(String.self, forKey: .name)
        gates = try keys.decodeIfPresent([GateNoise].self, forKey: .gates) ?? []
        readout = try keys.decodeIfPresent([ReadoutNoise].self, forKey: .readout) ?? []
        device = try keys.decodeIfPresent(DeviceNoise.self, forKey: .device)
    }

    /// The described model, for circuits of `qubitCount` qubits.
    /// - Throws: `NoiseError`.
    public func model(qubitCount: Int) throws(NoiseError) -> NoiseModel {
        var model = NoiseModel()
        if let device { model = try device.model(qubitCount: qubitCount) }
        for rule in gates { try rule.apply(to: &model) }
        for rule in readout {
            model.set(
                try ReadoutError(zeroToOne: rule.zeroToOne, oneToZero: rule.oneToZero), on: rule.qubits)
        }
        return model
    }

    /// Makes the paths of calibration files absolute, taken from `folder`.
    public mutating func makeAbsolute(from folder: URL) {
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") ? path : folder.appending(path: path).standardizedFileURL.path
        }
        guard let device else { return }
        self.device?.configuration = absolute(device.configuration)
        self.device?.properties = absolute(device.properties)
    }
}

/// A channel that follows some gates.
public struct GateNoise: Codable, Hashable, Sendable {
    /// The kinds of gates it follows.
    public var gates: [GateKind]
    /// The qubits that a gate's must be among; nil for all.
    public var qubits: [Int]?
    /// The channel.
    public var channel: ChannelDescription

    private enum CodingKeys: String, CodingKey { case gates, qubits }

    /// Reads a rule: the keys of its channel lie beside its own.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        gates = try keys.decode([GateKind].self, forKey: .gates)
        qubits = try keys.decodeIfPresent([Int].self, forKey: .qubits)
        channel = try ChannelDescription(from: decoder)
        do throws(NoiseError) {
            var model = NoiseModel()
            try apply(to: &model)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: error.requirement ?? error.description))
        }
    }

    /// A rule.
    public init(gates: [GateKind], qubits: [Int]? = nil, channel: ChannelDescription) {
        self.gates = gates
        self.qubits = qubits
        self.channel = channel
    }

    /// Writes a rule as it is read.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(gates, forKey: .gates)
        try keys.encodeIfPresent(qubits, forKey: .qubits)
        try channel.encode(to: encoder)
    }

    func apply(to model: inout NoiseModel) throws(NoiseError) {
        for gate in gates {
            for channel in try channel.channels(after: gate) {
                try model.add(channel, after: gate, on: qubits)
            }
        }
    }
}

/// The readout error of some qubits.
public struct ReadoutNoise: Codable, Hashable, Sendable {
    /// The probability of reading 1 where the qubit is 0.
    public var zeroToOne: Double
    /// The probability of reading 0 where the qubit is 1.
    public var oneToZero: Double
    /// The qubits; nil for all.
    public var qubits: [Int]?

    private enum CodingKeys: String, CodingKey {
        case qubits
        case zeroToOne = "zero_to_one"
        case oneToZero = "one_to_zero"
    }

    /// Reads and checks a readout error.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        zeroToOne = try keys.probability(.zeroToOne)
        oneToZero = try keys.probability(.oneToZero)
        qubits = try keys.decodeIfPresent([Int].self, forKey: .qubits)
    }

    /// A readout error of all qubits.
    init(zeroToOne: Double, oneToZero: Double) {
        self.zeroToOne = zeroToOne
        self.oneToZero = oneToZero
    }
}

extension KeyedDecodingContainer {
    /// The number at `key`, which must be a probability.
    func probability(_ key: Key) throws -> Double {
        let value = try decode(Double.self, forKey: key)
        guard (0...1).contains(value) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "a probability from 0 to 1")
        }
        return value
    }
}
