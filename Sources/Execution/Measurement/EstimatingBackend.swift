/// A backend whose values are estimates from shots.
public protocol EstimatingBackend: Backend {
    /// Estimated expectation values with their standard errors.
    /// - Throws: `BackendError`.
    func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> MeasuredExpectations

    /// The root mean square of the standard errors of all estimates so far, none of which counts as more than 1.
    var standardError: Double { get async }

    /// What measuring one sample takes of a device.
    /// - Throws: `BackendError` where the plan cannot be measured.
    func cost(of plan: ExecutionPlan) async throws(BackendError) -> MeasurementCost
}
