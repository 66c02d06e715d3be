/// How expectation values become the outputs of a quantum head.
public enum ReadoutKind: String, Codable, CaseIterable, Sendable {
    /// One trainable scale and bias per observable, counted as parameters of the head. The default: without a scale the
    /// confidence of a prediction is capped.
    case scaled
    /// The raw expectation value is the logit, as in arXiv:2604.13560; a binary task's confidence is at most 0.731.
    case logit
    /// Probabilities by Born's rule: `(1 + <Z>) / 2`, or the first C basis states of the register, renormalised.
    case born
}
