import Circuits
import Datasets
import Execution
import LinearAlgebra
import Randomness

/// The trunk with the heads of all tasks: from backbone features to every task's outputs.
public struct Model: Sendable {
    /// What is known of the training data.
    public let data: DataSummary
    /// The shared trunk.
    public let trunk: Trunk
    /// The heads of all tasks.
    public let heads: any TaskHeads
    /// Where each task's outputs are, and what they mean.
    public let outputs: [TaskOutput]
    /// How the circuit of quantum heads is computed; nil for classical ones.
    package let plan: ExecutionPlan?
    /// Angles that no readout depends on; they are neither trained nor counted among the parameters.
    public let deadParameterCount: Int

    init(
        data: DataSummary, heads: any TaskHeads, givesProbabilities: Bool, plan: ExecutionPlan?
    ) {
        self.data = data
        self.heads = heads
        trunk = Trunk(inputCount: data.featureCount, width: heads.featureCount)
        outputs = TaskOutput.layout(
            data.tasks, givesProbabilities: givesProbabilities, labelRanges: data.labelRanges)
        self.plan = plan
        deadParameterCount = plan?.deadParameters.count ?? 0
    }

    /// The circuit of quantum heads; nil for classical ones.
    public var circuit: MultiTaskCircuit? { plan?.circuit }

    /// Trainable parameters of heads and trunk, and dead angles apart.
    public var parameterCounts: RunResult.Parameters {
        RunResult.Parameters(
            head: heads.parameterCount, interface: trunk.parameterCount, dead: deadParameterCount)
    }

    /// Initial parameters; models with trunks of one shape start from the same trunk.
    public func initialParameters(seed: UInt64) -> ModelParameters {
        var trunkStream = Philox(seed: seed, purpose: .initialization, index: 0)
        var headStream = Philox(seed: seed, purpose: .initialization, index: 1)
        return ModelParameters(
            trunk: trunk.initialParameters(using: &trunkStream),
            heads: heads.initialParameters(using: &headStream))
    }

    /// Outputs `[samples x O]` for standardised `features` `[samples x D]`.
    public func outputs(features: Matrix, parameters: ModelParameters) async throws -> Matrix {
        try await heads.outputs(
            features: trunk.representation(of: features, parameters: parameters.trunk),
            parameters: parameters.heads)
    }

    /// The losses of a minibatch with standardised `features` `[samples x D]`, and the gradient of their total.
    public func gradients(
        features: Matrix, loss: BatchLoss, parameters: ModelParameters
    ) async throws -> ModelGradients {
        let representation = trunk.representation(of: features, parameters: parameters.trunk)
        let losses = RowCollector(rows: features.rows, columns: outputs.count)
        let result = try await heads.gradients(
            features: representation, parameters: parameters.heads,
            cotangent: Cotangent { outputs, samples in
                let part = loss.evaluate(outputs, samples: samples)
                losses.store(part.losses, at: samples)
                return part.cotangent
            })
        let trunkGradient = trunk.gradient(
            features: features, representation: representation, cotangent: result.features)
        return ModelGradients(
            losses: losses.matrix,
            gradient: ModelParameters(trunk: trunkGradient, heads: result.parameters))
    }
}

/// The parameters of a model, or their gradient.
public struct ModelParameters: Equatable, Sendable {
    /// The trunk's: `W` `[d x D]` row after row, then `w0`.
    public var trunk: [Float]
    /// The heads', in an order of their own.
    public var heads: [Float]

    /// Known parameters.
    public init(trunk: [Float], heads: [Float]) {
        self.trunk = trunk
        self.heads = heads
    }
}

/// What a minibatch gives.
public struct ModelGradients: Sendable {
    /// The loss of each label, `[samples x T]`; 0 where there is none.
    public var losses: Matrix
    /// The gradient of the total loss.
    public var gradient: ModelParameters
}
