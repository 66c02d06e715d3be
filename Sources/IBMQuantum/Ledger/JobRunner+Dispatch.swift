import Datasets
import Foundation

extension JobRunner {
    /// Jobs a minute that the service takes of a user.
    private static let jobsPerMinute = 5
    /// How long a job may stay out of the service's lists after it was sent.
    ///
    /// How long it does is not documented. Waiting costs time, sending again too early device time.
    static let settling: TimeInterval = 120
    /// How often a job is sent that surely has not arrived.
    private static let trials = 5

    /// Sends a job, unless it was sent; afterwards the service has it exactly once.
    /// - Throws: `IBMError.refused`, `.uncertainSubmission`, and what calls throw.
    func dispatch(_ entry: LedgerEntry, session: String?) async throws(IBMError) -> LedgerEntry {
        var tooMany = BackOff.tooMany
        var trials = 0
        while true {
            let outcome = try await sendAlone(entry, session: session)
            switch outcome {
            case .done(let entry): return entry
            case .wait(let pause, let reason):
                let pause = pause ?? tooMany.advance()
                remark("Waiting \(Int((pause / .seconds(1)).rounded(.up))) s before sending: \(reason).")
                try await service.clock.wait(pause)
            case .unknown(let reason):
                trials += 1
                guard trials < Self.trials else { throw .uncertainSubmission(tag: entry.tag, reason: reason) }
                remark(
                    "The connection failed while sending (\(reason)); looking whether the job has arrived.")
            }
        }
    }

    /// Looks for a job that may have arrived; nil where it surely has not.
    ///
    /// Should the service have made several of one, the first stays and the others are cancelled.
    func find(_ entry: LedgerEntry) async throws(IBMError) -> LedgerEntry? {
        var pause = BackOff(from: .seconds(1), factor: 2, most: .seconds(8))
        while true {
            let jobs = try await service.jobs(tag: entry.tag)
            if let first = jobs.first {
                try await cancelCopies(of: first.id, among: jobs)
                return try ledger.update(entry) {
                    $0.state = .submitted
                    $0.job = first.id
                }
            }
            let age = entry.sent.map { service.clock.now().timeIntervalSince($0) } ?? .infinity
            guard age < Self.settling else { return nil }
            try await service.clock.wait(pause.advance())
        }
    }

    /// Cancels jobs with the tag of another one, the lost answers of which came too late.
    func cancelCopies(of id: String, among jobs: [ServiceJob]) async throws(IBMError) {
        for job in jobs where job.id != id && !job.status.isFinal {
            remark("The service has made a second job of one, \(job.id); cancelling it.")
            try await service.cancel(job.id)
        }
    }

    private enum Outcome {
        case done(LedgerEntry)
        case wait(Duration?, reason: String)
        case unknown(reason: String)
    }

    /// One try to send, while no other process with this ledger sends.
    private func sendAlone(_ entry: LedgerEntry, session: String?) async throws(IBMError) -> Outcome {
        let lock = try await sendingLock()
        defer { withExtendedLifetime(lock) {} }
        var entry = try ledger.reloaded(entry)
        let wasSent = entry.state == .sending
        switch entry.state {
        case .submitted, .completed: return .done(entry)
        case .cancelled, .failed, .lost:
            throw entry.failure
        case .sending:
            if let found = try await find(entry) {
                remark("Job \(found.job ?? "") has arrived after all.")
                return .done(found)
            }
        case .prepared, .refused: break
        }
        if let pause = try pauseForRate() { return .wait(pause, reason: "the service takes 5 jobs a minute") }
        let request = JobRequest(
            program: entry.program, device: entry.device, parameters: try ledger.parameters(of: entry.id),
            tags: ["qmtl", entry.tag], maximumSeconds: entry.maximumSeconds, session: session)
        entry = try ledger.markSending(entry, now: service.clock.now())
        switch try await service.submit(request) {
        case .accepted(let id):
            entry = try ledger.update(entry) {
                $0.state = .submitted
                $0.job = id
            }
            remark("Job \(id) is on \(entry.device) (part \(entry.part + 1) of \(entry.parts)).")
            // The lost one may have arrived late.
            return .done(wasSent ? try await find(entry) ?? entry : entry)
        case .refused(let status, let problem):
            let problem = await withUsage(problem, status: status)
            _ = try ledger.update(entry) {
                $0.state = .refused
                $0.problem = "\(problem)"
            }
            throw .refused(call: "the job", status: status, problem: problem)
        case .postponed(let pause, let problem):
            // An earlier try may still arrive.
            _ = try ledger.update(entry) { $0.state = wasSent ? .sending : .prepared }
            return .wait(pause, reason: "\(problem)")
        case .uncertain(let reason):
            return .unknown(reason: reason)
        }
    }

    /// How long to wait until the service takes another job; nil if it does.
    private func pauseForRate() throws(IBMError) -> Duration? {
        let now = service.clock.now()
        let minute: TimeInterval = 60
        let times = try ledger.dispatches(since: now.addingTimeInterval(-minute))
        guard times.count >= Self.jobsPerMinute else { return nil }
        return .seconds(
            max(1, times[Self.jobsPerMinute - 1].addingTimeInterval(minute).timeIntervalSince(now)))
    }

    /// The lock of whoever sends, which ends with its process.
    func sendingLock() async throws(IBMError) -> FileLock {
        let url = ledger.url.appendingPathExtension("sending")
        while true {
            do throws(DatasetError) {
                if let lock = try FileLock.acquire(url) { return lock }
            } catch {
                throw .ledger(path: url.path, problem: "the lock cannot be taken")
            }
            try await service.clock.wait(.milliseconds(200))
        }
    }

    /// A refusal for want of device time, with what has been used of it.
    private func withUsage(_ problem: ServiceProblem, status: Int) async -> ServiceProblem {
        guard status == 409, let usage = try? await service.usage(), let limit = usage.limitSeconds else {
            return problem
        }
        var problem = problem
        let used = "\(Int(usage.consumedSeconds ?? 0)) of \(Int(limit)) seconds of device time are used"
        let end = usage.periodEnd.map { " and the period ends at \($0)" } ?? ""
        problem.solution = [problem.solution, used + end].compactMap(\.self).joined(separator: " ")
        return problem
    }
}
