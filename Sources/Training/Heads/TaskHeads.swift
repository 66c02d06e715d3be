import Execution
import LinearAlgebra
import Randomness

/// The heads of all tasks: from the shared representation to every task's outputs.
///
/// Conformers are the quantum head and the classical heads it is compared with; none knows of another.
/// Parameters live outside, in one flat array that the optimiser owns.
public protocol TaskHeads: Sendable {
    /// The number of features `d` of the shared representation read by the heads.
    var featureCount: Int { get }
    /// The number of outputs `O` of all tasks: logits, class by class and task by task.
    var outputCount: Int { get }
    /// The number of trainable parameters, those no output depends on left out.
    var parameterCount: Int { get }
    /// The share of each parameter, times the learning rate, that a step takes away: a ridge penalty of the heads' own.
    var weightDecay: Float { get }

    /// Initial parameters, `parameterCount` of them.
    func initialParameters(using generator: inout Philox) -> [Float]

    /// Outputs `[samples x O]` for a representation `[samples x d]` whose values lie in `-1...1`.
    func outputs(features: Matrix, parameters: [Float]) async throws -> Matrix

    /// Outputs and, for a cotangent of the same shape, the gradients of features and parameters.
    func gradients(
        features: Matrix, parameters: [Float], cotangent: Cotangent
    ) async throws -> HeadGradients

    /// Outputs and the gradients of each task's share of the loss; `tasks` are the columns of each task's outputs.
    ///
    /// The sum over tasks is what `gradients` gives.
    func taskGradients(
        features: Matrix, parameters: [Float], tasks: [Range<Int>], cotangent: Cotangent
    ) async throws -> HeadTaskGradients
}

extension TaskHeads {
    /// None: a decayed angle means something else than a decayed weight.
    public var weightDecay: Float { 0 }
}

/// Outputs of the heads and the gradients of a scalar loss.
public struct HeadGradients: Sendable {
    /// Outputs, `[samples x O]`.
    public var outputs: Matrix
    /// The gradient of the shared representation, `[samples x d]`.
    public var features: Matrix
    /// The gradient of the parameters, summed over samples.
    public var parameters: [Float]

    /// Outputs with their gradients.
    public init(outputs: Matrix, features: Matrix, parameters: [Float]) {
        self.outputs = outputs
        self.features = features
        self.parameters = parameters
    }
}
