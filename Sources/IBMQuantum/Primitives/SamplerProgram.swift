import Foundation

/// A program of the service that runs sampler blocs: how it wants them, and how it gives what it measured.
///
/// The service is moving from `sampler` to `executor`; what submits and waits knows neither.
public protocol SamplerProgram: Sendable {
    /// The service's name for the program.
    var name: String { get }

    /// The program's input for blocs of equal shots, a JSON object. The same blocs always give the same bytes.
    func parameters(_ blocs: [SamplerBloc]) -> Data

    /// The outcomes of each bloc by register.
    /// - Throws: `IBMError.unreadableAnswer` for a result that is none of these blocs.
    func outcomes(
        _ result: Data, of blocs: [SamplerBloc]
    ) throws(IBMError) -> [[String: RegisterOutcomes]]
}

extension IBMError {
    /// A result that is not what was asked for.
    static func unreadableResult(_ problem: String) -> IBMError {
        .unreadableAnswer(call: "GET jobs/{id}/results", problem: problem)
    }
}
