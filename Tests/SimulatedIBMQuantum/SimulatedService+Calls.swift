import Foundation
import IBMQuantum

extension SimulatedService {
    /// A request that the service knows.
    enum Call {
        case token, postJob, listJobs, usage
        case job(String), result(String), cancel(String)
        case openSession
        case closeSession(String)
        case document(String)

        init?(_ request: Request) {
            let parts = request.path.split(separator: "/").map(String.init)
            switch (request.method, parts) {
            case ("POST", ["identity", "token"]): self = .token
            case ("POST", ["api", "v1", "jobs"]): self = .postJob
            case ("GET", ["api", "v1", "jobs"]): self = .listJobs
            case ("GET", ["api", "v1", "instances", "usage"]): self = .usage
            case ("POST", ["api", "v1", "sessions"]): self = .openSession
            case _ where parts.starts(with: ["api", "v1"]) && parts.count > 2:
                switch (request.method, parts[2], parts.dropFirst(3).map(\.self)) {
                case ("GET", "jobs", let rest) where rest.count == 1: self = .job(rest[0])
                case ("GET", "jobs", let rest) where rest.count == 2 && rest[1] == "results":
                    self = .result(rest[0])
                case ("POST", "jobs", let rest) where rest.count == 2 && rest[1] == "cancel":
                    self = .cancel(rest[0])
                case ("PATCH", "sessions", let rest) where rest.count == 1: self = .closeSession(rest[0])
                case ("GET", "backends", let rest): self = .document(rest.joined(separator: "/"))
                case _: return nil
                }
            case _: return nil
            }
        }

        var kind: Fault.Kind {
            switch self {
            case .token: .token
            case .postJob: .postJob
            case .listJobs: .listJobs
            case .usage: .usage
            case .job: .job
            case .result: .result
            case .cancel: .cancel
            case .openSession: .openSession
            case .closeSession: .closeSession
            case .document: .document
            }
        }
    }

    mutating func answer(_ call: Call, _ request: Request) -> Reply {
        if case .token = call { return .answer(token(request)) }
        if let refusal = refusal(request) { return .answer(refusal) }
        switch call {
        case .token: preconditionFailure("answered above")
        case .postJob: return .answer(postJob(request))
        case .listJobs: return .answer(list(request))
        case .job(let id): return .answer(job(id))
        case .result(let id): return result(id)
        case .cancel(let id): return .answer(cancel(id))
        case .usage:
            return .answer(
                Self.json([
                    "usage_consumed_seconds": 600, "usage_limit_seconds": 600,
                    "usage_limit_reached": isQuotaUsed,
                    "usage_period": [
                        "start_time": "2026-11-01T00:00:00Z", "end_time": "2026-11-29T00:00:00Z",
                    ],
                ]))
        case .openSession: return .answer(openSession(request))
        case .closeSession(let id):
            guard let index = sessions.firstIndex(where: { $0.id == id }) else {
                return .answer(Self.error(404, 1404, "No such session."))
            }
            sessions[index].isOpen = false
            return .answer(HTTPAnswer(status: 204))
        case .document(""):
            return .answer(
                Self.json([
                    "devices": [
                        [
                            "name": "ibm_simulated", "qubits": 156,
                            "status": ["name": "online", "reason": "available"],
                            "queue_length": 12, "clops": ["type": "hardware", "value": 250000],
                            "performance_metrics": ["two_q_error_median": ["value": 0.002]],
                        ], ["name": "ibm_bare", "qubits": NSNull()],
                    ]
                ]))
        case .document(let path) where documents[path] != nil:
            return .answer(HTTPAnswer(status: 200, body: documents[path] ?? Data()))
        case .document(let path): return .answer(Self.json(["document": path]))
        }
    }

    private mutating func token(_ request: Request) -> HTTPAnswer {
        let form = String(decoding: request.body, as: UTF8.self).split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
        }
        let fields = Dictionary(form.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { $1 }
        guard fields["grant_type"] == "urn:ibm:params:oauth:grant-type:apikey", fields["apikey"] == Self.key,
            request.headers["service-crn"] == nil
        else {
            // A careless server repeats what it was given.
            return Self.json(
                [
                    "errorCode": "BXNIM0415E",
                    "errorMessage": "Provided API key '\(fields["apikey"] ?? "")' could not be found.",
                ], status: 400)
        }
        let token = "eyJ.token.\(tokens.count).tag=="
        tokens.append(token)
        validTokens[token] = now().addingTimeInterval(Double(tokenLife))
        return Self.json([
            "access_token": token, "refresh_token": "not_supported", "token_type": "Bearer",
            "expires_in": tokenLife,
            "expiration": Int(now().timeIntervalSince1970) + tokenLife, "scope": "ibm openid",
        ])
    }

    /// What is wrong with the headers.
    private func refusal(_ request: Request) -> HTTPAnswer? {
        let token = (request.headers["authorization"] ?? "").replacing("Bearer ", with: "")
        guard let end = validTokens[token], now() < end else {
            return Self.error(
                401, 1201, "Invalid credentials.", "Verify your credentials '\(token)' and try again.")
        }
        guard request.headers["service-crn"] == Self.instance,
            request.headers["ibm-api-version"] == "2026-04-15"
        else {
            return Self.error(400, 1202, "Missing headers.")
        }
        return nil
    }

    private mutating func postJob(_ request: Request) -> HTTPAnswer {
        if isQuotaUsed { return Self.error(409, 4317, "Usage exceeds instance limit.") }
        posts.removeAll { $0 <= now().addingTimeInterval(-60) }
        guard posts.count < 5 else { return Self.error(429, 1429, "Too many requests.") }
        posts.append(now())
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any],
            let program = body["program_id"] as? String, let device = body["backend"] as? String,
            let parameters = body["params"] as? [String: Any], let cost = body["cost"] as? Int,
            (1...10800).contains(cost), let tags = body["tags"] as? [String], tags.count <= 8,
            tags.allSatisfy({ $0.count <= 86 }),
            Set(body.keys).isSubset(of: [
                "program_id", "backend", "params", "tags", "session_id", "cost", "private", "log_level",
                "calibration_id",
            ]),
            program == "executor"
                || Set(parameters.keys).isSubset(of: [
                    "pubs", "options", "shots", "precision", "resilience_level", "support_qiskit", "version",
                ]) && parameters["support_qiskit"] as? Bool == false
        else { return Self.error(400, 1002, "The job is invalid.") }
        let session = body["session_id"] as? String
        if let session, !sessions.contains(where: { $0.id == session && $0.isOpen }) {
            return Self.error(400, 1216, "The session is closed.")
        }
        let id = "d\(jobs.count)job"
        jobs.append(
            Job(id: id, body: request.body, tags: tags, program: program, device: device, session: session))
        return Self.json(["id": id, "backend": device])
    }

    private mutating func list(_ request: Request) -> HTTPAnswer {
        let wanted = request.values("tags")
        let found = jobs.reversed().filter { job in
            wanted.allSatisfy(job.tags.contains) && !job.isHidden
                && job.isListedFrom.map { $0 <= now() } ?? true
        }
        for index in jobs.indices { jobs[index].isHidden = false }
        return Self.json([
            "jobs": found.map(Self.description), "count": found.count, "limit": 200, "offset": 0,
        ])
    }

    private mutating func job(_ id: String) -> HTTPAnswer {
        guard let index = jobs.firstIndex(where: { $0.id == id }) else {
            return Self.error(404, 1291, "Job not found.")
        }
        jobs[index].looks += 1
        if jobs[index].status == "Queued", jobs[index].looks > queueLooks { jobs[index].status = "Running" }
        if jobs[index].status == "Running", jobs[index].looks > 2 * queueLooks {
            jobs[index].status = jobs[index].failure?.status ?? "Completed"
        }
        return Self.json(Self.description(jobs[index]))
    }

    private func result(_ id: String) -> Reply {
        guard let job = jobs.first(where: { $0.id == id }) else {
            return .answer(Self.error(404, 1291, "Job not found."))
        }
        guard job.status == "Completed" else { return .answer(HTTPAnswer(status: 204)) }
        guard let result = job.result else { return .needsResult(job: id) }
        return .answer(HTTPAnswer(status: 200, body: result))
    }

    private mutating func cancel(_ id: String) -> HTTPAnswer {
        guard let index = jobs.firstIndex(where: { $0.id == id }) else {
            return Self.error(404, 1291, "Job not found.")
        }
        guard ["Queued", "Running"].contains(jobs[index].status) else {
            return Self.error(409, 1409, "The job cannot be cancelled.")
        }
        jobs[index].status = "Cancelled"
        return HTTPAnswer(status: 204)
    }

    private mutating func openSession(_ request: Request) -> HTTPAnswer {
        let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any]
        let session = Session(id: "s\(sessions.count)", mode: body?["mode"] as? String ?? "")
        sessions.append(session)
        return Self.json(["id": session.id, "state": "open", "mode": session.mode, "accepting_jobs": true])
    }

    private static func description(_ job: Job) -> [String: Any] {
        var state: [String: Any] = ["status": job.status]
        if job.status == job.failure?.status, let failure = job.failure {
            state["reason"] = failure.reason
            state["reason_code"] = failure.code
            state["reason_solution"] = failure.solution
        }
        return [
            "id": job.id, "backend": job.device, "state": state, "status": job.status,
            "program": ["id": job.program],
            "created": "2026-11-22T14:00:00.\(100 + (Int(job.id.filter(\.isNumber)) ?? 0))Z",
            "tags": job.tags,
            "usage": ["qpu_charge_time_seconds": 2.0, "status": "complete"],
        ]
    }

    static func json(_ object: [String: Any], status: Int = 200) -> HTTPAnswer {
        let body = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        return HTTPAnswer(status: status, headers: ["Content-Type": "application/json"], body: body)
    }

    static func error(_ status: Int, _ code: Int, _ message: String, _ solution: String = "Try again.")
        -> HTTPAnswer
    {
        json(
            [
                "trace": "trace-4711",
                "errors": [
                    ["code": code, "message": message, "solution": solution, "more_info": "https://docs"]
                ],
            ], status: status)
    }
}
