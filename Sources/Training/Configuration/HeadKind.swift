/// The kinds of heads.
public enum HeadKind: String, Codable, CaseIterable, Sendable {
    /// Expectation values of a multi-task circuit.
    case quantum
    /// One dense linear layer per task over all features.
    case linear
    /// One dense linear layer per task over the task's own `3 q_t` features: the null hypothesis.
    case sliced
    /// A hidden layer that all tasks share, and a linear layer per task.
    case bottleneck
    /// Linear layers whose weights are a sum of products over task, class and feature.
    case cp
    /// Linear layers whose weights are made from each task's embedding.
    case hypernetwork
    /// One linear layer for all tasks, changed by a matrix of low rank for each.
    case lora
    /// A dense linear layer of low rank.
    case lowRank = "low-rank"
    /// A small net per task over the task's own features.
    case mlp
    /// Frozen cosines and sines of the task's own features, and a linear layer per task.
    case randomFeatures = "random-features"
    /// Frozen random factors, scaled by vectors of each task's own.
    case vera
}
