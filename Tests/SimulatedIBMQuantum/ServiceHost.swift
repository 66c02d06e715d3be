import Foundation
import IBMQuantum

/// A simulated service that computes what its jobs measure, reached in memory.
public actor ServiceHost: HTTPTransport {
    /// The outcomes of one bloc by register.
    public typealias Measurement = @Sendable (SamplerBloc) async throws -> [String: RegisterOutcomes]

    /// The service as it is now.
    public private(set) var service: SimulatedService
    private let measure: Measurement

    /// A host of a service whose jobs measure what `measure` says.
    public init(_ service: SimulatedService = SimulatedService(), measure: @escaping Measurement) {
        self.service = service
        self.measure = measure
    }

    /// Changes the service.
    public func change(_ body: @Sendable (inout SimulatedService) -> Void) { body(&service) }

    /// The answer to a request; nil closes the connection.
    func answer(_ request: SimulatedService.Request) async -> HTTPAnswer? {
        switch service.reply(to: request) {
        case .answer(let answer): return answer
        case .cut: return nil
        case .needsResult(let id):
            guard let index = service.jobs.firstIndex(where: { $0.id == id }) else { return nil }
            do {
                service.jobs[index].result = try await result(of: service.jobs[index])
            } catch {
                return SimulatedService.error(500, 9999, "The simulation failed: \(error).")
            }
            return HTTPAnswer(status: 200, body: service.jobs[index].result ?? Data())
        }
    }

    package func send(_ call: HTTPCall) async throws(TransportError) -> HTTPAnswer {
        if Task.isCancelled { throw .cancelled }
        let parts = URLComponents(url: call.url, resolvingAgainstBaseURL: false)
        let request = SimulatedService.Request(
            method: call.method, path: call.url.path,
            query: (parts?.queryItems ?? []).map { ($0.name, $0.value ?? "") },
            headers: Dictionary(call.headers.map { ($0.key.lowercased(), $0.value) }) { $1 },
            body: call.body ?? Data())
        guard let answer = await answer(request) else { throw .lost(reason: "the connection was lost") }
        return answer
    }

    private func result(of job: SimulatedService.Job) async throws -> Data {
        let body = try JSONSerialization.jsonObject(with: job.body) as? [String: Any]
        let parameters = body?["params"] as? [String: Any]
        let blocs = parameters?["pubs"] as? [[Any]] ?? []
        var results: [[String: Any]] = []
        for entry in blocs {
            if job.program == "estimator" {
                results.append(["data": ["evs": 0.25, "stds": 0.01], "metadata": [:]])
            } else {
                let bloc = SamplerBloc(
                    circuit: entry[0] as? String ?? "", values: entry[1] as? [[Double]] ?? [[]],
                    shots: entry[2] as? Int ?? 0)
                let data = try await measure(bloc).mapValues { register -> [String: Any] in
                    ["samples": samples(register), "num_bits": register.bitCount]
                }
                results.append(["data": data, "metadata": ["circuit_metadata": [:]]])
            }
        }
        return try JSONSerialization.data(withJSONObject: ["results": results, "metadata": ["version": 2]])
    }

    /// Hex texts, as lists of their own for several sets, or in one list.
    private func samples(_ register: RegisterOutcomes) -> [Any] {
        let sets = (0..<register.sets).map { set in
            (0..<register.shots).map { shot in
                let digits = register.outcome(set: set, shot: shot).reversed().map { word in
                    let text = String(word, radix: 16)
                    return String(repeating: "0", count: 16 - text.count) + text
                }
                let trimmed = digits.joined().drop { $0 == "0" }
                return "0x" + (trimmed.isEmpty ? "0" : trimmed)
            }
        }
        return service.flattensSets || sets.count == 1 ? Array(sets.joined()) : sets
    }
}
