import Foundation

/// The service's `sampler`, version 2, with plain JSON both ways.
public struct SamplerPrimitive: SamplerProgram {
    /// What the service does beside running the circuits.
    public var options: SamplerOptions

    /// The program with options.
    public init(options: SamplerOptions = SamplerOptions()) {
        self.options = options
    }

    /// `sampler`.
    public var name: String { "sampler" }

    /// The `params` of a job.
    public func parameters(_ blocs: [SamplerBloc]) -> Data {
        JSONEncoder.encodePrimitive(
            Parameters(options: options, pubs: blocs.map(Parameters.Bloc.init)))
    }

    /// Reads the hex texts of every shot; those of several parameter sets may come nested or in one list.
    /// - Throws: `IBMError.unreadableAnswer`.
    public func outcomes(
        _ result: Data, of blocs: [SamplerBloc]
    ) throws(IBMError) -> [[String: RegisterOutcomes]] {
        let reply: Reply
        do {
            reply = try JSONDecoder().decode(Reply.self, from: result)
        } catch {
            throw .unreadableResult("it is no result of the sampler")
        }
        guard reply.results.count == blocs.count else {
            throw .unreadableResult("it has \(reply.results.count) entries for \(blocs.count) circuits")
        }
        var outcomes: [[String: RegisterOutcomes]] = []
        for (entry, bloc) in zip(reply.results, blocs) {
            var registers: [String: RegisterOutcomes] = [:]
            for (name, register) in entry.data { registers[name] = try register.outcomes(name, of: bloc) }
            outcomes.append(registers)
        }
        return outcomes
    }

    private struct Parameters: Encodable {
        struct Bloc: Encodable {
            let bloc: SamplerBloc

            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                try container.encode(bloc.circuit)
                if bloc.values[0].isEmpty {
                    try container.encodeNil()
                } else {
                    try container.encode(bloc.values)
                }
                try container.encode(bloc.shots)
            }
        }

        let options: SamplerOptions
        let pubs: [Bloc]
        let supportQiskit = false
        let version = 2
    }

    private struct Reply: Decodable {
        struct Entry: Decodable {
            let data: [String: Register]
        }

        let results: [Entry]
    }
}

/// A register of an answer; names as in the answer.
private struct Register: Decodable {
    /// One hex text a shot, sets after sets.
    let samples: [String]
    /// The number of shots of each set, where sets are lists of their own.
    let lengths: [Int]?
    let num_bits: Int

    private enum CodingKeys: CodingKey {
        case samples, num_bits
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        num_bits = try container.decode(Int.self, forKey: .num_bits)
        if let sets = try? container.decode([[String]].self, forKey: .samples) {
            samples = Array(sets.joined())
            lengths = sets.map(\.count)
        } else {
            samples = try container.decode([String].self, forKey: .samples)
            lengths = nil
        }
    }

    func outcomes(_ name: String, of bloc: SamplerBloc) throws(IBMError) -> RegisterOutcomes {
        let sets = bloc.values.count
        guard num_bits > 0, samples.count == sets * bloc.shots,
            lengths.map({ $0 == Array(repeating: bloc.shots, count: sets) }) ?? true
        else {
            throw .unreadableResult(
                "register '\(name)' has \(samples.count) samples for \(sets) x \(bloc.shots) shots")
        }
        let width = RegisterOutcomes.wordCount(bits: num_bits)
        var words = [UInt64](repeating: 0, count: samples.count * width)
        for (index, sample) in samples.enumerated() {
            let isRead = words.withUnsafeMutableBufferPointer { words in
                HexOutcome.read(sample, bits: num_bits, into: words[index * width..<(index + 1) * width])
            }
            guard isRead else {
                throw .unreadableResult(
                    "'\(sample.prefix(40))' is no outcome of register '\(name)' of \(num_bits) bits")
            }
        }
        return RegisterOutcomes(bitCount: num_bits, sets: sets, shots: bloc.shots, words: words)
    }
}

/// An outcome as the service writes it: `0x` and hex digits without leading zeros.
private enum HexOutcome {
    /// Adds the bits of `text` to `words`, which are zero; false where it is no number of that many bits.
    static func read(_ text: String, bits: Int, into words: Slice<UnsafeMutableBufferPointer<UInt64>>) -> Bool
    {
        var words = words
        let digits = text.utf8
        guard digits.count > 2, text.hasPrefix("0x") else { return false }
        var place = 0
        for digit in digits.reversed().dropLast(2) {
            let value: UInt64
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt64(digit - UInt8(ascii: "A") + 10)
            case _: return false
            }
            if value != 0 {
                guard place + 64 - value.leadingZeroBitCount <= bits else { return false }
                words[words.startIndex + place / 64] |= value << UInt64(place % 64)
            }
            place += 4
        }
        return true
    }
}
