/// One stage of an encoding: data rotations on every qubit, trainable rotations on every qubit, an entangler.
public struct EncodingStage: Hashable, Sendable {
    /// Whether Hadamard gates on every qubit come first.
    public var opensWithHadamards = false
    /// The axes of the data rotations, first to last; each reads a feature of its own.
    public var dataAxes: [Pauli]
    /// Whether a data rotation is by `w x + b` with a trainable scale `w` and shift `b` of its own, instead of `x`.
    public var isRescaled = false
    /// The pairs of qubits that are rotated about ZZ by the product of their first features.
    public var products = Entangler.Pattern.none
    /// The axes of the trainable rotations, first to last.
    public var trainableAxes: [Pauli]
    /// The stage's two-qubit gates.
    public var entangler: Entangler

    /// A stage with one data rotation on every qubit.
    public init(data dataAxis: Pauli, trainable trainableAxes: [Pauli], entangler: Entangler) {
        self.init(data: [dataAxis], trainable: trainableAxes, entangler: entangler)
    }

    /// A stage with several data rotations on every qubit.
    public init(data dataAxes: [Pauli], trainable trainableAxes: [Pauli] = [], entangler: Entangler = .none) {
        self.dataAxes = dataAxes
        self.trainableAxes = trainableAxes
        self.entangler = entangler
    }
}
