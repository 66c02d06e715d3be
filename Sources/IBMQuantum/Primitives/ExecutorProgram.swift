import Foundation

/// The service's `executor`, schema v2.0: circuits in, bits out, nothing mitigated on the way.
///
/// IBM moves its own client to it. That the live service takes circuits as OpenQASM is what the schema says.
public struct ExecutorProgram: SamplerProgram {
    /// What happens before each shot.
    public var options: ExecutionOptions

    /// The program with options.
    public init(options: ExecutionOptions = ExecutionOptions(initQubits: true)) {
        self.options = options
    }

    /// `executor`.
    public var name: String { "executor" }

    /// The `params` of a job.
    public func parameters(_ blocs: [SamplerBloc]) -> Data {
        precondition(
            blocs.allSatisfy { $0.shots == blocs[0].shots }, "a job of the executor has one number of shots")
        let program = Parameters.QuantumProgram(
            circuits: .init(data: blocs.map(\.circuit)), items: blocs.map(Parameters.Item.init),
            shots: blocs[0].shots)
        return JSONEncoder.encodePrimitive(
            Parameters(
                options: .init(initQubits: options.initQubits ?? true, repDelay: options.repDelay),
                quantumProgram: program))
    }

    /// Reads the packed bits of every register.
    /// - Throws: `IBMError.unreadableAnswer`.
    public func outcomes(
        _ result: Data, of blocs: [SamplerBloc]
    ) throws(IBMError) -> [[String: RegisterOutcomes]] {
        guard let reply = try? JSONDecoder().decode(Reply.self, from: result) else {
            throw .unreadableResult("it is no result of the executor")
        }
        guard reply.data.count == blocs.count else {
            throw .unreadableResult("it has \(reply.data.count) entries for \(blocs.count) circuits")
        }
        var outcomes: [[String: RegisterOutcomes]] = []
        for (entry, bloc) in zip(reply.data, blocs) {
            var registers: [String: RegisterOutcomes] = [:]
            for (name, tensor) in entry.results { registers[name] = try tensor.outcomes(name, of: bloc) }
            outcomes.append(registers)
        }
        return outcomes
    }

    private struct Parameters: Encodable {
        struct Options: Encodable {
            let initQubits: Bool
            let repDelay: Double?

            enum CodingKeys: CodingKey { case initQubits, repDelay }

            /// With `null` where nothing is said, as the schema's own client.
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(initQubits, forKey: .initQubits)
                try container.encode(repDelay, forKey: .repDelay)
            }
        }

        struct Circuits: Encodable { let data: [String] }

        struct Item: Encodable {
            let chunkSize = "auto"
            let circuitArguments: Tensor
            let itemType = "circuit"
            let shape: [Int]

            init(_ bloc: SamplerBloc) {
                circuitArguments = Tensor(bloc.values)
                shape = [bloc.values.count]
            }
        }

        struct QuantumProgram: Encodable {
            let circuits: Circuits
            let items: [Item]
            let measLevel = "classified"
            let passthroughData: Int? = nil
            let shots: Int

            enum CodingKeys: CodingKey { case circuits, items, measLevel, passthroughData, shots }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(circuits, forKey: .circuits)
                try container.encode(items, forKey: .items)
                try container.encode(measLevel, forKey: .measLevel)
                try container.encodeNil(forKey: .passthroughData)
                try container.encode(shots, forKey: .shots)
            }
        }

        let options: Options
        let quantumProgram: QuantumProgram
        let schemaVersion = "v2.0"
    }

    private struct Reply: Decodable {
        struct Entry: Decodable {
            let results: [String: Tensor]
        }

        let data: [Entry]
    }
}

/// An array as it travels: base64 of zlib of little-endian values in C order.
private struct Tensor: Codable {
    let data: String
    let shape: [Int]
    let dtype: String

    /// Numbers, `[sets x inputs]`.
    init(_ values: [[Double]]) {
        var bytes = Data(capacity: values.count * values[0].count * 8)
        for value in values.joined() {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        data = Zlib.compress(bytes).base64EncodedString()
        shape = [values.count, values[0].count]
        dtype = "f64"
    }

    /// Bits, `[sets x shots x bits]`, packed eight to a byte with the first lowest.
    func outcomes(_ name: String, of bloc: SamplerBloc) throws(IBMError) -> RegisterOutcomes {
        guard dtype == "bool", shape.count == 3, shape[0] == bloc.values.count, shape[1] == bloc.shots,
            (1...65536).contains(shape[2])
        else {
            throw .unreadableResult(
                "register '\(name)' is \(dtype) \(shape) for \(bloc.values.count) x \(bloc.shots) shots")
        }
        let bits = shape[2]
        let count = shape[0] * shape[1]
        guard let packed = Data(base64Encoded: data),
            let bytes = Zlib.decompress(packed, count: (count * bits + 7) / 8)
        else { throw .unreadableResult("the data of register '\(name)' are damaged") }
        let width = RegisterOutcomes.wordCount(bits: bits)
        var words = [UInt64](repeating: 0, count: count * width)
        bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            for outcome in 0..<count {
                for bit in 0..<bits {
                    let place = outcome * bits + bit
                    let byte: UInt8 = bytes[place / 8]
                    let value = UInt64(byte >> UInt8(place % 8)) & 1
                    words[outcome * width + bit / 64] |= value << UInt64(bit % 64)
                }
            }
        }
        return RegisterOutcomes(bitCount: bits, sets: shape[0], shots: shape[1], words: words)
    }
}
