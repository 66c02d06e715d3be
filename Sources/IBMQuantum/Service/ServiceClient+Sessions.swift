import Foundation

/// How jobs of one piece of work are joined on the device.
public enum SessionMode: String, Sendable, CaseIterable {
    /// Each job queues for itself.
    case job
    /// Jobs queue together.
    case batch
    /// The device is held, and charged, until the last job is done; not in the Open Plan.
    case dedicated
}

extension ServiceClient {
    /// Opens a batch or a session and gives its name.
    ///
    /// A batch costs nothing while it is open. The call is not repeated when its answer is lost, since the service could
    /// then hold two; the one without a user ends by itself after `seconds`.
    /// - Throws: `IBMError`.
    func openSession(_ mode: SessionMode, device: String, seconds: Int) async throws(IBMError) -> String {
        let call = "POST sessions"
        let request = SessionRequest(mode: mode.rawValue, backend: device, max_ttl: seconds)
        guard let body = try? JSONEncoder.sorted.encode(request) else { preconditionFailure("texts encode") }
        switch try await attempt("POST", "sessions", body: body) {
        case .lost(let reason): throw .unreachable(call: call, reason: reason)
        case .answered(let answer):
            guard (200..<300).contains(answer.status) else {
                throw .refused(call: call, status: answer.status, problem: await problem(of: answer))
            }
            guard let receipt = try? JSONDecoder().decode(SessionReceipt.self, from: answer.body) else {
                throw .unreadableAnswer(call: call, problem: "it holds no id")
            }
            return receipt.id
        }
    }

    /// Closes a session or batch to new jobs; those that it has still run.
    /// - Throws: `IBMError`.
    func closeSession(_ id: String) async throws(IBMError) {
        try await read(
            "sessions/\(id)", method: "PATCH", body: Data(#"{"accepting_jobs":false}"#.utf8),
            statuses: [200, 204, 404, 409]
        ) { _ in }
    }

    /// Names as in the request.
    private struct SessionRequest: Encodable {
        let mode: String
        let backend: String
        let max_ttl: Int
    }

    private struct SessionReceipt: Decodable {
        let id: String
    }
}
