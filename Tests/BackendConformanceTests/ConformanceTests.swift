import Testing

/// Every law on every backend.
struct ConformanceTests {
    @Test(arguments: BackendKind.available, BackendLaw.allCases)
    func obeys(_ kind: BackendKind, _ law: BackendLaw) async throws {
        try await law.check(on: kind)
    }
}
