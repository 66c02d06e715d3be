import Foundation

/// One job's worth of work.
package struct JobPart: Sendable {
    /// The program's input, a JSON object.
    package let parameters: Data
    /// Runs of circuits that it asks for.
    package let executions: Int

    /// A part.
    package init(parameters: Data, executions: Int) {
        self.parameters = parameters
        self.executions = executions
    }
}

/// Brings jobs to the service and their results into the ledger, whatever happens on the way.
///
/// Every job is written down with a tag of its own before it is sent. Where it is not known whether the service has got
/// it, the tag is looked for before it is sent again. Its name is written down before it is waited for, and its result
/// before it is used. So a process that is killed at any point leaves what the next one goes on with.
public struct JobRunner: Sendable {
    /// The service.
    public let service: ServiceClient
    /// Where jobs are written down.
    public let ledger: Ledger
    /// Told of what happens, one line each, for people.
    let remark: @Sendable (String) -> Void

    /// A runner of a service's jobs.
    ///
    /// `remark`: told of what happens, one line each, for people.
    public init(
        service: ServiceClient, ledger: Ledger, remark: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.service = service
        self.ledger = ledger
        self.remark = remark
    }

    /// The results of all parts of a piece of work: from the ledger, of jobs that were sent before, or of new jobs.
    /// - Throws: `IBMError`. The same call then goes on with what is left.
    package func results(
        of parts: [JobPart], program: String, device: String, maximumSeconds: Int, mode: SessionMode,
        key: String
    ) async throws(IBMError) -> [Data] {
        var entries: [LedgerEntry] = []
        for (index, part) in parts.enumerated() {
            let draft = JobDraft(
                key: key, part: index, parts: parts.count, instance: service.instance.description,
                device: device,
                program: program, executions: part.executions, maximumSeconds: maximumSeconds,
                parameters: part.parameters)
            entries.append(try ledger.entry(for: draft, tag: Self.newTag(), now: service.clock.now()))
        }
        let known = entries.count { $0.state == .completed }
        if known > 0 { remark("\(known) of \(entries.count) results are in the ledger already.") }
        do {
            try await closeAbandonedSessions(of: key)
            let unsent = entries.count { $0.state == .prepared || $0.state == .refused }
            // A single job has nothing to share a batch with.
            if unsent > 0, mode == .dedicated || mode == .batch && unsent > 1 {
                entries = try await withSession(mode, device: device, key: key) { session throws(IBMError) in
                    try await bring(entries, session: session)
                }
            } else {
                entries = try await bring(entries, session: nil)
            }
        } catch .interrupted {
            var jobs: [String] = []
            for entry in entries {
                let current = try ledger.reloaded(entry)
                if current.state == .submitted, let job = current.job { jobs.append(job) }
            }
            throw .interrupted(jobs: jobs)
        }
        var results: [Data] = []
        for entry in entries {
            guard let result = try ledger.result(of: entry.id) else {
                throw .ledger(path: ledger.url.path, problem: "the result of job \(entry.id) is missing")
            }
            results.append(result)
        }
        return results
    }

    /// Sends what was not sent, and waits for all.
    private func bring(
        _ entries: [LedgerEntry], session: String?
    ) async throws(IBMError) -> [LedgerEntry] {
        var sent: [LedgerEntry] = []
        for entry in entries { sent.append(try await dispatch(entry, session: session)) }
        return try await collect(sent)
    }

    private static func newTag() -> String { "qmtl-" + UUID().uuidString.lowercased() }
}
