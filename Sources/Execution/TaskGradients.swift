import LinearAlgebra

/// Expectation values and the gradients of each task's share of a scalar loss.
///
/// A task's share is what its own readouts contribute: the gradient with the cotangents of all other tasks at zero.
public struct TaskGradients: Sendable {
    /// Expectation values, `[samples x readouts]`.
    public var expectations: Matrix
    /// The gradient of the feature angles for each task, a row per sample.
    public var features: SparseGradients
    /// The gradient of the encoding's trainable angles for each task, one row summed over samples.
    public var encoding: SparseGradients
    /// The gradient of all trainable angles, summed over samples and tasks; those of a block belong to one task alone.
    public var parameters: [Float]

    /// Known gradients.
    public init(
        expectations: Matrix, features: SparseGradients, encoding: SparseGradients, parameters: [Float]
    ) {
        self.expectations = expectations
        self.features = features
        self.encoding = encoding
        self.parameters = parameters
    }
}
