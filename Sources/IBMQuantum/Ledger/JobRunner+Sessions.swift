extension JobRunner {
    /// Longest life of a session whose process could not close it, in seconds.
    private static let longestSession = 28800

    /// Does `body` in a session, which is closed on every way out; jobs that are in it still run.
    func withSession<Value>(
        _ mode: SessionMode, device: String, key: String,
        _ body: (String) async throws(IBMError) -> Value
    ) async throws(IBMError) -> Value {
        let session = try await service.openSession(mode, device: device, seconds: Self.longestSession)
        let value: Value
        do {
            try ledger.addSession(session, key: key, instance: service.instance.description)
            value = try await body(session)
        } catch {
            await close(session)
            throw error
        }
        await close(session)
        return value
    }

    /// Closes what processes have left open that were killed.
    func closeAbandonedSessions(of key: String) async throws(IBMError) {
        for session in try ledger.abandonedSessions(of: key, instance: service.instance.description) {
            await close(session)
        }
    }

    /// Closes a session, also when this task is cancelled; one that cannot be closed now stays in the ledger.
    private func close(_ session: String) async {
        await Task {
            do throws(IBMError) {
                try await service.closeSession(session)
                try ledger.removeSession(session)
            } catch {
                remark("Session \(session) could not be closed (\(error)).")
            }
        }.value
    }
}
