import Foundation

extension JobRunner {
    /// How long the service may be out of reach while jobs are waited for.
    private static let patience: TimeInterval = 3600
    /// Looks for a result, over half a minute, before the last one.
    private static let resultTrials = 4

    /// Waits until every job has its result in the ledger.
    /// - Throws: `IBMError.failedJob`, `.lostResult`; `.unreachable` after an hour without any answer.
    func collect(_ entries: [LedgerEntry]) async throws(IBMError) -> [LedgerEntry] {
        var entries = entries
        var pause = BackOff.polling
        var outage: Date?
        var shown: [Int64: JobStatus] = [:]
        while true {
            var hasMoved = false
            for index in entries.indices where entries[index].state == .submitted {
                do {
                    let (entry, status) = try await look(at: entries[index])
                    hasMoved = hasMoved || shown[entry.id] != status
                    if shown[entry.id] != status, let job = entry.job { remark("Job \(job) is \(status).") }
                    shown[entry.id] = status
                    entries[index] = entry
                    outage = nil
                } catch {
                    guard error.isPassing else { throw error }
                    let now = service.clock.now()
                    if outage == nil { remark("\(error); the job is safe, trying on.") }
                    let start = outage ?? now
                    outage = start
                    guard now.timeIntervalSince(start) < Self.patience else { throw error }
                }
            }
            guard entries.contains(where: { $0.state == .submitted }) else { return entries }
            if hasMoved { pause = BackOff.polling }
            try await service.clock.wait(pause.advance())
        }
    }

    /// Looks once at a job that is on the service, and saves its result if there is one.
    /// - Throws: `IBMError.failedJob`, `.lostResult`, and what calls throw.
    func look(at entry: LedgerEntry) async throws(IBMError) -> (LedgerEntry, JobStatus) {
        // Another process may have brought it home.
        let entry = try ledger.reloaded(entry)
        if entry.state == .completed { return (entry, .completed) }
        guard entry.state == .submitted, let id = entry.job else { throw entry.failure }
        guard let job = try await service.job(id) else {
            let age = entry.sent.map { service.clock.now().timeIntervalSince($0) } ?? .infinity
            if age < Self.settling { return (entry, .other("not listed yet")) }
            throw try lose(entry, id)
        }
        switch job.status {
        case .queued, .running, .other: return (entry, job.status)
        case .completed:
            guard let result = try await result(of: id) else { throw try lose(entry, id) }
            let completed = try ledger.complete(entry, result: result, now: service.clock.now())
            // The result is safe, whether or not copies are found.
            if entry.isResent, let jobs = try? await service.jobs(tag: entry.tag) {
                try? await cancelCopies(of: id, among: jobs)
            }
            return (completed, job.status)
        case .failed, .cancelled:
            _ = try ledger.update(entry) {
                $0.state = job.status == .failed ? .failed : .cancelled
                $0.problem = "\(job.problem)"
                $0.finished = service.clock.now()
            }
            throw .failedJob(id: id, status: job.status.description, problem: job.problem)
        }
    }

    /// The result of a completed job, which may come a little later than the word that it is there.
    private func result(of id: String) async throws(IBMError) -> Data? {
        var pause = BackOff(from: .seconds(2), factor: 2, most: .seconds(16))
        for _ in 0..<Self.resultTrials {
            if let result = try await service.result(id) { return result }
            try await service.clock.wait(pause.advance())
        }
        return try await service.result(id)
    }

    private func lose(_ entry: LedgerEntry, _ id: String) throws(IBMError) -> IBMError {
        _ = try ledger.update(entry) {
            // Another process may have saved it.
            guard $0.state == .submitted else { return }
            $0.state = .lost
            $0.finished = service.clock.now()
            $0.problem = "the service has deleted the result"
        }
        return .lostResult(id: id)
    }
}

extension LedgerEntry {
    /// Why it has no result, as another process has seen it.
    var failure: IBMError {
        .failedJob(
            id: job ?? tag, status: state.rawValue,
            problem: ServiceProblem(message: problem ?? "another process has seen its end"))
    }
}

extension IBMError {
    /// The same call may succeed later.
    fileprivate var isPassing: Bool {
        switch self {
        case .unreachable, .unreadableAnswer: true
        case .refused(_, let status, _): status == 429
        case .noAccount, .unknownAccount, .invalidAccount, .noInstance, .refusedKey, .uncertainSubmission,
            .failedJob,
            .lostResult, .tooLarge, .ledger, .unknownJob, .interrupted:
            false
        }
    }
}
