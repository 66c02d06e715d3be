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
    /// Three fixed qubits per task between small linear layers: the quantum fuzzy neural network.
    case qfnn
    /// One linear layer with ridge penalty per task behind a fixed Ising reservoir.
    case reservoir
    /// The default preset's quantum outputs added to dense linear ones.
    case residual
    /// A circuit per task whose blocks are in turn shared by all tasks and the task's own.
    case shareAndSpecify = "share-and-specify"
    /// One dense linear layer per task behind one trained circuit.
    case sharedCircuit = "shared-circuit"
    /// A circuit of its own for every task, on amplitude-encoded features.
    case transfer
}
