extension JobRunner {
    /// Brings what the ledger knows of one job up to date, without sending anything.
    ///
    /// A job whose sending was cut off is looked for; where it has not arrived, the ledger has it as not sent.
    /// - Throws: `IBMError`, also when the job has failed.
    public func refresh(_ entry: LedgerEntry) async throws(IBMError) -> LedgerEntry {
        let entry = try await settled(entry)
        guard entry.state == .submitted else { return entry }
        return try await look(at: entry).0
    }

    /// Waits for the result of one job that is on the service.
    /// - Throws: `IBMError`, also when the job has failed.
    public func wait(for entry: LedgerEntry) async throws(IBMError) -> LedgerEntry {
        let entry = try await refresh(entry)
        return entry.state == .submitted ? try await collect([entry])[0] : entry
    }

    /// Cancels a job; one that has ended stays as it is.
    /// - Throws: `IBMError`.
    public func cancel(_ entry: LedgerEntry) async throws(IBMError) -> LedgerEntry {
        let entry = try await settled(entry)
        switch entry.state {
        case .prepared, .refused, .sending:
            return try ledger.update(entry) { $0.state = .cancelled }
        case .completed, .failed, .cancelled, .lost:
            return entry
        case .submitted:
            if let job = entry.job { try await service.cancel(job) }
            do throws(IBMError) {
                return try await look(at: entry).0
            } catch .failedJob {
                return try ledger.reloaded(entry)
            }
        }
    }

    /// The entry once it is known whether it has arrived, which another process may be about to find out.
    private func settled(_ entry: LedgerEntry) async throws(IBMError) -> LedgerEntry {
        guard entry.state == .sending else { return entry }
        let lock = try await sendingLock()
        defer { withExtendedLifetime(lock) {} }
        let entry = try ledger.reloaded(entry)
        guard entry.state == .sending else { return entry }
        if let found = try await find(entry) { return found }
        return try ledger.update(entry) { $0.state = .prepared }
    }
}
