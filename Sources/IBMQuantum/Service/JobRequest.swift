import Foundation

/// The body of a job's submission.
public struct JobRequest: Sendable, Equatable {
    /// Seconds of the device that the service lets a job take.
    public static let mostSeconds = 10_800

    /// The service's program: `sampler`, `estimator` or `executor`.
    public var program: String
    /// The device's name.
    public var device: String
    /// The program's input, a JSON object.
    public var parameters: Data
    /// What the job is found by.
    public var tags: [String]
    /// The most seconds of the device that the job may take, up to three hours.
    public var maximumSeconds: Int
    /// The session or batch that the job belongs to.
    public var session: String?

    /// A request.
    public init(
        program: String, device: String, parameters: Data, tags: [String], maximumSeconds: Int,
        session: String? = nil
    ) {
        precondition((1...Self.mostSeconds).contains(maximumSeconds) && tags.count <= 8)
        self.program = program
        self.device = device
        self.parameters = parameters
        self.tags = tags
        self.maximumSeconds = maximumSeconds
        self.session = session
    }

    /// The JSON that is sent.
    ///
    /// The parameters, which can be large, are put in as they are.
    public var body: Data {
        let frame = Frame(
            backend: device, cost: maximumSeconds, program_id: program, session_id: session, tags: tags)
        guard var body = try? JSONEncoder.sorted.encode(frame) else { preconditionFailure("texts encode") }
        body.removeLast()
        body += Data(#","params":"#.utf8) + parameters + Data("}".utf8)
        return body
    }

    /// All but the parameters; names as in the request.
    private struct Frame: Encodable {
        let backend: String
        let cost: Int
        let program_id: String
        let session_id: String?
        let tags: [String]
    }
}

extension JSONEncoder {
    /// The same value always gives the same bytes.
    static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
