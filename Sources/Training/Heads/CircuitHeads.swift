import Execution
import LinearAlgebra

/// Heads that evaluate a multi-task circuit, and can say at which angles.
public protocol CircuitHeads: TaskHeads {
    /// The circuit's feature angles for a representation `[samples x d]`, and its trainable angles, all in radians.
    func circuitInputs(features: Matrix, parameters: [Float]) -> ParameterBatch
}
