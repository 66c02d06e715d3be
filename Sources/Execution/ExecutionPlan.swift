import Circuits

/// A multi-task circuit made ready for a backend.
public struct ExecutionPlan: Sendable {
    /// The circuit the plan evaluates.
    public let circuit: MultiTaskCircuit

    /// A plan of `circuit`.
    public init(_ circuit: MultiTaskCircuit) {
        self.circuit = circuit
    }
}
