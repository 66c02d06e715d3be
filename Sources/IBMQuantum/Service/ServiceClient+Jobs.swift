import Foundation

/// What sending a job came to.
enum Submission: Equatable {
    /// The service has made a job.
    case accepted(id: String)
    /// The service has made none, and says why.
    case refused(status: Int, ServiceProblem)
    /// The service has made none, since there are too many for now.
    case postponed(Duration?, ServiceProblem)
    /// Whether there is a job is not known.
    case uncertain(reason: String)
}

extension ServiceClient {
    private static let pendingLimitCode = 3458

    /// Sends a job, once.
    /// - Throws: `IBMError` before anything was sent; `.interrupted` at any time.
    func submit(_ request: JobRequest) async throws(IBMError) -> Submission {
        let attempt = try await attempt("POST", "jobs", body: request.body, timeout: .seconds(900))
        let answer: HTTPAnswer
        switch attempt {
        case .lost(let reason): return .uncertain(reason: reason)
        case .answered(let given): answer = given
        }
        if (200..<300).contains(answer.status) {
            guard let receipt = try? JSONDecoder().decode(Receipt.self, from: answer.body) else {
                return .uncertain(reason: "the answer is cut off or no such document")
            }
            return .accepted(id: receipt.id)
        }
        let problem = await problem(of: answer)
        if problem.code == Self.pendingLimitCode { return .postponed(.seconds(60), problem) }
        return switch answer.status {
        case 429: .postponed(answer.retryAfter(now: clock.now()), problem)
        case 400..<500: .refused(status: answer.status, problem)
        case _: .uncertain(reason: "status \(answer.status): \(problem)")
        }
    }

    /// The jobs with a tag, the oldest first.
    /// - Throws: `IBMError`.
    func jobs(tag: String) async throws(IBMError) -> [ServiceJob] {
        let list = try await read(
            "jobs", query: [("tags", tag), ("limit", "200"), ("exclude_params", "true")],
            decode: { try JSONDecoder().decode(JobList.self, from: $0.body) })
        // A server that does not know the filter would give all jobs.
        return list.jobs.filter { $0.tags.contains(tag) }.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
    }

    /// One job; nil where the service has none of that name (any more).
    /// - Throws: `IBMError`.
    func job(_ id: String) async throws(IBMError) -> ServiceJob? {
        try await read("jobs/\(id)", query: [("exclude_params", "true")], statuses: [200, 404]) { answer in
            answer.status == 404 ? nil : try JSONDecoder().decode(ServiceJob.self, from: answer.body)
        }
    }

    /// The result of a completed job, a complete JSON document; nil where the service has deleted it.
    /// - Throws: `IBMError`.
    func result(_ id: String) async throws(IBMError) -> Data? {
        try await read("jobs/\(id)/results", statuses: [200, 204, 404]) { answer in
            guard answer.status == 200 else { return nil }
            guard JSONText.isComplete(answer.body) else { throw JSONText.CutOff() }
            return answer.body
        }
    }

    /// Asks for a job's end; a job that has ended already stays as it is.
    /// - Throws: `IBMError`.
    public func cancel(_ id: String) async throws(IBMError) {
        try await read("jobs/\(id)/cancel", method: "POST", statuses: [200, 204, 404, 409]) { _ in }
    }

    private struct Receipt: Decodable {
        let id: String
    }

    private struct JobList: Decodable {
        let jobs: [ServiceJob]
    }
}
