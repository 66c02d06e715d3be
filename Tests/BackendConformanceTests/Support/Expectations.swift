import Execution
import LinearAlgebra
import Testing

/// Records an issue where two results of a workload differ.
func expectEqual(
    _ actual: CircuitGradients, _ expected: CircuitGradients, within tolerance: Double, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectEqual(
        actual.expectations, expected.expectations, within: tolerance, "expectations of \(comment)",
        sourceLocation: sourceLocation)
    expectEqual(
        actual.features, expected.features, within: tolerance, "gradient of the features of \(comment)",
        sourceLocation: sourceLocation)
    #expect(
        distance(actual.parameters, expected.parameters) <= tolerance,
        "gradient of the trainable angles of \(comment)", sourceLocation: sourceLocation)
}

/// Records an issue where two matrices differ.
func expectEqual(
    _ actual: Matrix, _ expected: Matrix, within tolerance: Double, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        actual.rows == expected.rows && actual.columns == expected.columns, comment,
        sourceLocation: sourceLocation)
    #expect(
        distance(actual.elements, expected.elements) <= tolerance, comment, sourceLocation: sourceLocation)
}
