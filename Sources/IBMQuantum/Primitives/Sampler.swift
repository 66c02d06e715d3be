/// What runs sampler blocs: the service, or a simulated device in tests.
public protocol Sampler: Sendable {
    /// Runs every bloc and gives the outcomes of each by the name of the register.
    /// - Parameters:
    ///   - blocs: What to run.
    ///   - key: Names the work. A process that asks for the same blocs under the same key goes on where an earlier one
    ///     stopped, and gets the outcomes that are there already.
    /// - Throws: `IBMError`.
    func sample(
        _ blocs: [SamplerBloc], key: String
    ) async throws(IBMError) -> [[String: RegisterOutcomes]]
}
