import Circuits
import Training

/// How many parameters a head has by its formula, which the built model must agree with.
///
/// Nothing here looks at a circuit or a model: a count that only repeats what was built would prove nothing.
/// Source: the capacity-matched comparison of arXiv:2604.13560, where `d` grows with the number of tasks.
public struct ParameterFormula: Sendable, Equatable {
    /// The formula in words; `C_t` are the outputs and `q_t` the register of task `t`,
    /// `C`, `q` and `c` the largest of `C_t`, `q_t` and `3 q_t`.
    public let text: String
    /// The number it gives: trainable parameters of the heads, dead angles included.
    public let count: Int

    /// The formula of `head` for tasks of `outputs[t]` outputs on `d = featureCount` features.
    ///
    /// Sizes and readout are those of `configuration`; its least register widens the slices of classical heads, too.
    public init(
        _ head: HeadChoice, outputs: [Int], featureCount: Int,
        configuration: HeadConfiguration = HeadConfiguration()
    ) {
        let (d, taskCount) = (featureCount, outputs.count)
        let (all, most) = (outputs.reduce(0, +), outputs.max() ?? 0)
        let widths = outputs.map {
            3 * max(Observables.registerSize(outputCount: $0), configuration.register ?? 1)
        }
        let rank = configuration.rank ?? HeadConfiguration.standardRank
        switch head.kind {
        case .quantum:
            self.init(
                head.preset ?? .paper, outputs: outputs, featureCount: d, configuration: configuration)
        case .linear:
            self.init("sum_t C_t (d + 1)", count: all * (d + 1))
        case .sliced:
            self.init(
                "sum_t C_t (3 q_t + 1)", count: zip(outputs, widths).reduce(0) { $0 + $1.0 * ($1.1 + 1) })
        case .bottleneck:
            let k = configuration.width ?? HeadConfiguration.standardWidth
            self.init("k (d + 1) + sum_t C_t (k + 1)", count: k * (d + 1) + all * (k + 1))
        case .cp:
            self.init(
                "r (2 T + C + c) + sum_t C_t", count: rank * (2 * taskCount + most + widths.max()!) + all)
        case .hypernetwork:
            let e = configuration.embedding ?? HeadConfiguration.standardEmbedding
            self.init("T e + C (e + 1) (d + 1)", count: taskCount * e + most * (e + 1) * (d + 1))
        case .lora:
            let rank = configuration.rank ?? HeadConfiguration.standardTaskRank
            self.init("C d + sum_t r (d + C_t)", count: most * d + rank * (taskCount * d + all))
        case .lowRank:
            self.init("r (d + sum_t C_t) + sum_t C_t", count: rank * (d + all) + all)
        case .mlp:
            let perUnit = zip(outputs, widths).reduce(0) { $0 + $1.1 + 1 + $1.0 }
            let units =
                configuration.width ?? Self.least { all + $0 * perUnit >= 2 * (widths.reduce(0, +) + all) }
            self.init("sum_t (h (3 q_t + 1) + C_t (h + 1))", count: units * perUnit + all)
        case .randomFeatures:
            let waves =
                configuration.width ?? Self.least { all * (2 * $0 + 1) >= 2 * (widths.reduce(0, +) + all) }
            self.init("sum_t C_t (2 m + 1)", count: all * (2 * waves + 1))
        case .vera:
            let rank = configuration.rank ?? HeadConfiguration.standardFrozenRank
            self.init("sum_t (r + 2 C_t)", count: taskCount * rank + 2 * all)
        case .qfnn: self = .qfnn(outputs)
        case .reservoir: self = .reservoir(outputs, configuration)
        case .residual: self = .residual(outputs, featureCount: d, configuration)
        case .shareAndSpecify: self = .shareAndSpecify(outputs, configuration)
        case .sharedCircuit: self = .sharedCircuit(outputs, configuration)
        case .transfer: self = .transfer(outputs, featureCount: d, configuration)
        }
    }

    /// The least size for which a head has at least the parameters of the paper's quantum head, `6 q_t + 2 C_t` a task.
    private static func least(where isEnough: (Int) -> Bool) -> Int {
        (1...).first(where: isEnough)!
    }

    init(_ text: String, count: Int) {
        self.text = text
        self.count = count
    }
}
