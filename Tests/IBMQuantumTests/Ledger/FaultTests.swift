import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

/// No job is lost and none sent twice, whatever fails.
@Suite struct FaultTests {
    @Test func nothingFails() async throws {
        let bench = try Workbench()
        try await bench.expectCompletion()
        let log = await bench.host.service.log
        #expect(log.count { $0 == "POST /identity/token" } == 1)
        #expect(log.count { $0 == "GET /api/v1/jobs" } == 0)
        #expect(await bench.host.service.sessions.map(\.mode) == ["batch"])
        // Asked again, the ledger answers.
        try await bench.expectCompletion()
        #expect(await bench.host.service.log.count == log.count)
        // Under another name it is other work.
        try await bench.expectCompletion(key: "more", jobs: 2 * Workbench.parts)
    }

    @Test(arguments: [
        // The token is refused in mid-run.
        [Fault(.postJob, .revoked)], [Fault(.postJob, .revoked, after: 1)], [Fault(.job, .revoked)],
        [Fault(.result, .revoked, after: 1)], [Fault(.openSession, .revoked)],
        // Too many requests.
        [Fault(.postJob, .status(429, body: "", headers: ["Retry-After": "7"]))],
        [Fault(.postJob, .status(429, body: "slow down"))],
        [Fault(.job, .status(429, body: "", headers: ["Retry-After": "Fri, 25 Sep 2026 10:00:00 GMT"]))],
        [Fault(.result, .status(429, body: ""))], [Fault(.token, .status(429, body: ""))],
        [
            Fault(
                .postJob,
                .status(400, body: #"{"errors":[{"code":"3458","message":"Too many pending jobs."}]}"#))
        ],
        // Gateways fail, before or after the job was made.
        [Fault(.postJob, .status(502, body: Fault.page))],
        [Fault(.postJob, .statusAfter(504, body: Fault.page))],
        [Fault(.postJob, .status(500, body: ""))], [Fault(.job, .status(503, body: Fault.page))],
        [Fault(.result, .status(520, body: Fault.page))], [Fault(.token, .status(500, body: Fault.page))],
        // Connections end, before or after the call had its effect.
        [Fault(.postJob, .cutBefore)], [Fault(.postJob, .cutAfter)], [Fault(.postJob, .cutAfter, after: 2)],
        [Fault(.job, .cutBefore)], [Fault(.job, .cutAfter)], [Fault(.result, .cutBefore)],
        [Fault(.result, .cutAfter)], [Fault(.token, .cutBefore)], [Fault(.token, .cutAfter)],
        // Answers are cut off.
        [Fault(.postJob, .truncated)], [Fault(.job, .truncated)], [Fault(.token, .truncated)],
        // A job or a result shows late.
        Array(repeating: Fault(.job, .status(404, body: "")), count: 4),
        Array(repeating: Fault(.result, .deleted), count: 4),
        [Fault(.postJob, .hidden)],
        // One after the other. A try that was lost is not forgotten over "too many requests".
        [Fault(.postJob, .cutBefore), Fault(.postJob, .status(429, body: ""))],
        [
            Fault(.postJob, .cutAfter), Fault(.listJobs, .cutBefore),
            Fault(.listJobs, .status(502, body: Fault.page)),
        ],
        [Fault(.postJob, .cutAfter), Fault(.listJobs, .revoked), Fault(.listJobs, .truncated)],
        [
            Fault(.postJob, .cutBefore), Fault(.postJob, .cutAfter),
            Fault(.postJob, .statusAfter(502, body: "")),
        ],
        [Fault(.closeSession, .cutBefore)],
        Array(repeating: Fault(.job, .status(502, body: Fault.page)), count: 40),
    ])
    func passes(_ faults: [Fault]) async throws {
        var service = SimulatedService()
        service.faults = faults
        let bench = try Workbench(service)
        try await bench.expectCompletion()
        #expect(await bench.host.service.faults.isEmpty)
    }

    @Test func waitsAsLongAsAsked() async throws {
        var service = SimulatedService()
        service.faults = [Fault(.postJob, .status(429, body: "", headers: ["Retry-After": "1234"]))]
        let bench = try Workbench(service)
        let start = bench.clock.now
        try await bench.expectCompletion()
        #expect(bench.clock.now.timeIntervalSince(start) >= 1234)
        #expect(bench.told.contains { $0.contains("1234 s") })
    }

    @Test func slowQueue() async throws {
        var service = SimulatedService()
        service.queueLooks = 500
        let bench = try Workbench(service)
        let start = bench.clock.now
        try await bench.expectCompletion()
        // Looks are 30 seconds apart after a while, and a token lives an hour: a new one every 48 minutes.
        let hours = bench.clock.now.timeIntervalSince(start) / 3600
        #expect((8..<9).contains(hours), "\(hours)")
        #expect((9...11).contains(await bench.host.service.tokens.count))
    }

    @Test func fiveJobsAMinute() async throws {
        let bench = try Workbench()
        let start = bench.clock.now
        let blocs = [SamplerBloc(circuit: "a", values: (0..<13).map { [Double($0 % 4)] }, shots: 2)]
        var sampler = try bench.sampler()
        sampler.limits.executions = 2
        let outcomes = try await sampler.sample(blocs, key: "many")
        #expect(outcomes == blocs.map(Workbench.measure))
        let log = await bench.host.service.log
        #expect(log.count { $0 == "POST /api/v1/jobs" } == 13)
        #expect(bench.clock.now.timeIntervalSince(start) >= 120)
    }

    @Test func failedJobSaysWhy() async throws {
        var service = SimulatedService()
        service.faults = [
            Fault(
                .postJob,
                .failed(
                    Fault.Failure(
                        reason: "The instruction h on qubits (0,) is not supported.", code: 1517,
                        solution: "Transpile.")),
                after: 1)
        ]
        let bench = try Workbench(service)
        let error = try await bench.failure()
        guard case .failedJob("d1job", "failed", let problem) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(problem.code == 1517)
        #expect("\(error)".contains("instruction h on qubits (0,)") && "\(error)".contains("Transpile"))
        let entry = try Ledger(bench.ledgerURL).entry("d1job")
        #expect(entry.state == .failed && entry.problem?.contains("instruction h") == true)
        // Asked again, only the failed part is sent anew.
        try await bench.expectCompletion(jobs: Workbench.parts + 1)
    }

    @Test func timeLimitIsAFailure() async throws {
        var service = SimulatedService()
        service.faults = [
            Fault(
                .postJob,
                .failed(
                    Fault.Failure(
                        status: "Cancelled - Ran too long", reason: "Ran too long", code: 1305,
                        solution: "Ask for more.")))
        ]
        let bench = try Workbench(service)
        let error = try await bench.failure()
        #expect("\(error)".contains("cancelled") && "\(error)".contains("1305"))
    }

    @Test func deletedResults() async throws {
        var service = SimulatedService()
        service.faults = Array(repeating: Fault(.result, .deleted), count: 5)
        let bench = try Workbench(service)
        #expect(try await bench.failure() == .lostResult(id: "d0job"))
        try await bench.expectCompletion(jobs: Workbench.parts + 1)
    }

    @Test func deletedJob() async throws {
        var service = SimulatedService()
        service.faults = Array(repeating: Fault(.job, .status(404, body: "")), count: 100)
        let bench = try Workbench(service)
        #expect(try await bench.failure() == .lostResult(id: "d0job"))
        let entry = try Ledger(bench.ledgerURL).entry("d0job")
        #expect(entry.finished.map { $0.timeIntervalSince(entry.created) >= 30 } == true)
    }

    @Test func usedQuotaSaysWhenItComesBack() async throws {
        var service = SimulatedService()
        service.isQuotaUsed = true
        let bench = try Workbench(service)
        let error = try await bench.failure()
        #expect("\(error)".contains("600 of 600 seconds") && "\(error)".contains("2026-11-29"), "\(error)")
        #expect(await bench.host.service.jobCount == 0)
        await bench.host.change { $0.isQuotaUsed = false }
        try await bench.expectCompletion()
    }

    @Test(arguments: [
        (Fault(.postJob, .status(400, body: "")), "no explanation"),
        (Fault(.postJob, .status(403, body: Fault.page)), "502 Bad Gateway"),
        (
            Fault(
                .openSession, .status(400, body: #"{"errors":[{"code":1352,"message":"Not in this plan."}]}"#)
            ), "1352"
        ),
        (Fault(.openSession, .cutAfter), "does not get through"),
        (Fault(.job, .status(400, body: "<html>")), "a page without a title"),
    ])
    func refusals(_ fault: Fault, _ part: String) async throws {
        var service = SimulatedService()
        service.faults = [fault]
        let bench = try Workbench(service)
        #expect("\(try await bench.failure())".contains(part))
        await bench.host.change { service in
            // A session whose opening was not answered ends by itself.
            service.faults = []
        }
        let outcomes = try await bench.sampler().sample(Workbench.blocs, key: "work")
        #expect(outcomes == Workbench.expected)
        #expect(await bench.host.service.jobCount == Workbench.parts)
    }

    /// The service's answer repeats the key, which must not go on from here.
    @Test func wrongKey() async throws {
        let bench = try Workbench()
        var account = Workbench.account
        account.key = Secret("a-wrong-key")
        let client = ServiceClient(account, transport: bench.host, clock: bench.clock.clock)
        let error = await #expect(throws: IBMError.self) { _ = try await client.usage() }
        let text = "\(try #require(error))"
        #expect(
            text.contains("BXNIM0415E") && text.contains("(secret)") && !text.contains("a-wrong-key"),
            "\(text)")
    }

    @Test func redirectedOrUnknown() async throws {
        var service = SimulatedService()
        service.faults = [Fault(.usage, .status(302, body: "", headers: ["Location": "http://127.0.0.1:1/"]))]
        let bench = try Workbench(service)
        let client = ServiceClient(Workbench.account, transport: bench.host, clock: bench.clock.clock)
        await #expect(throws: IBMError.self) { _ = try await client.usage() }
    }

    /// Sending fails five times in a row, and the service is not to be asked either.
    @Test(arguments: [Fault.Effect.cutBefore, .cutAfter])
    func longOutage(_ effect: Fault.Effect) async throws {
        var service = SimulatedService()
        service.faults =
            [Fault(.postJob, effect)] + Array(repeating: Fault(.listJobs, .cutBefore), count: 6)
        let bench = try Workbench(service)
        let error = try await bench.failure()
        #expect("\(error)".contains("does not get through"), "\(error)")
        let entry = try #require(try Ledger(bench.ledgerURL).entries().last)
        #expect(entry.state == .sending && entry.job == nil)
        try await bench.expectCompletion()
    }

    @Test func sendingGoesOnFailing() async throws {
        var service = SimulatedService()
        service.faults = Array(repeating: Fault(.postJob, .cutBefore), count: 5)
        let bench = try Workbench(service)
        guard case .uncertainSubmission = try await bench.failure() else {
            Issue.record("another error")
            return
        }
        try await bench.expectCompletion()
    }

    /// A gateway has sent the job twice.
    @Test func serviceDoublesAJob() async throws {
        var service = SimulatedService()
        service.faults = [Fault(.postJob, .cutAfter)]
        let bench = try Workbench(service)
        // The lists do not show it for two minutes: it is sent again, and then both are there.
        await bench.host.change {
            $0.faults += Array(repeating: Fault(.listJobs, .status(200, body: #"{"jobs":[]}"#)), count: 20)
        }
        let outcomes = try await bench.sampler().sample(Workbench.blocs, key: "work")
        #expect(outcomes == Workbench.expected)
        let statuses = await bench.host.service.jobs.map(\.status)
        #expect(statuses.count > Workbench.parts)
        #expect(statuses.count { $0 == "Cancelled" } == statuses.count - Workbench.parts)
    }

    /// A minute and a half is waited for; a copy that shows up later is cancelled when the work is done.
    @Test(arguments: [(90.0, 0), (400, 1)])
    func lostJobsShowUpLate(seconds: Double, copies: Int) async throws {
        var service = SimulatedService()
        service.faults = [Fault(.postJob, .late(seconds))]
        service.queueLooks = 20
        let bench = try Workbench(service)
        let outcomes = try await bench.sampler().sample(Workbench.blocs, key: "work")
        #expect(outcomes == Workbench.expected)
        let statuses = await bench.host.service.jobs.map(\.status)
        #expect(statuses.count == Workbench.parts + copies)
        #expect(statuses.count { $0 == "Cancelled" } == copies)
    }
}
