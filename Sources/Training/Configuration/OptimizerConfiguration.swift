import Optimization

/// How a run's parameters follow their gradients.
public struct OptimizerConfiguration: Codable, Sendable, Equatable {
    /// The rules of optimisation.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case adam
        case sgd
    }

    /// The rule.
    public var kind = Kind.adam
    /// The base learning rate.
    public var learningRate = 0.01
    /// Adam: the share of the gradient's average that survives a step.
    public var beta1 = 0.9
    /// Adam: the share of the squared gradient's average that survives a step.
    public var beta2 = 0.999
    /// Adam: keeps the step finite where gradients vanish.
    public var epsilon = 1e-8
    /// SGD: the share of the velocity that survives a step.
    public var momentum = 0.9
    /// Decoupled weight decay of the trunk's matrix; heads are left alone, since a decayed angle means something else
    /// than a decayed weight; the `reservoir` has a ridge penalty of its own.
    public var weightDecay = 0.0
    /// The largest norm of a step's gradient; nil leaves gradients as they are.
    public var clipNorm: Double?
    /// How the learning rate changes.
    public var schedule = ScheduleConfiguration()

    /// Adam with a cosine schedule.
    public init() {}

    /// The rule as the optimiser knows it.
    public var rule: Optimizer {
        switch kind {
        case .adam: .adam(Adam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon)))
        case .sgd: .gradientDescent(GradientDescent(momentum: Float(momentum)))
        }
    }

    private enum CodingKeys: String, CodingKey {
        case kind, beta1, beta2, epsilon, momentum, schedule
        case learningRate = "learning_rate"
        case weightDecay = "weight_decay"
        case clipNorm = "clip_norm"
    }

    /// Reads a section; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        kind = try keys.value(.kind, default: kind)
        learningRate = try keys.value(.learningRate, default: learningRate)
        beta1 = try keys.value(.beta1, default: beta1)
        beta2 = try keys.value(.beta2, default: beta2)
        epsilon = try keys.value(.epsilon, default: epsilon)
        momentum = try keys.value(.momentum, default: momentum)
        weightDecay = try keys.value(.weightDecay, default: weightDecay)
        clipNorm = try keys.value(.clipNorm, default: clipNorm)
        schedule = try keys.value(.schedule, default: schedule)
    }
}

/// How a run's learning rate changes.
public struct ScheduleConfiguration: Codable, Sendable, Equatable {
    /// The shapes of a schedule.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case constant
        case cosine
        case step
    }

    /// The shape.
    public var kind = Kind.cosine
    /// Cosine: the share of all steps over which the rate first rises.
    public var warmUp = 0.05
    /// Step: the share of all steps after which the rate falls, again and again.
    public var share = 0.3
    /// Step: what the rate is multiplied by when it falls.
    public var factor = 0.1

    /// A cosine after a short warm-up.
    public init() {}

    /// The schedule as the optimiser knows it.
    public var schedule: LearningRateSchedule {
        switch kind {
        case .constant: .constant
        case .cosine: .cosine(warmUp: warmUp)
        case .step: .step(share: share, factor: factor)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case kind, share, factor
        case warmUp = "warm_up"
    }

    /// Reads a section; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        kind = try keys.value(.kind, default: kind)
        warmUp = try keys.value(.warmUp, default: warmUp)
        share = try keys.value(.share, default: share)
        factor = try keys.value(.factor, default: factor)
    }
}
