import LinearAlgebra

/// What a backend evaluates a plan at.
public struct ParameterBatch: Sendable {
    /// Feature angles in radians, `[samples x features]`.
    public let features: Matrix
    /// Trainable angles in radians: the encoding's, then each task block's.
    public let parameters: [Float]

    /// A batch of samples at one set of trainable angles.
    public init(features: Matrix, parameters: [Float]) {
        self.features = features
        self.parameters = parameters
    }

    /// The number of samples.
    public var sampleCount: Int { features.rows }
}

/// The derivative of a scalar loss by the expectation values, `[samples x readouts]`.
///
/// A loss that depends on the expectation values gives a function, so that a backend can go forward and back in one
/// pass; it is called with the expectation values of ranges of the batch's samples, each sample once, from any thread.
public struct Cotangent: Sendable {
    private let evaluate: @Sendable (Matrix, Range<Int>) -> Matrix

    /// A cotangent that does not depend on the expectation values.
    public init(_ matrix: Matrix) {
        evaluate = { _, samples in
            samples == 0..<matrix.rows ? matrix : matrix.slice(rows: samples)
        }
    }

    /// A cotangent computed from expectation values `[samples.count x readouts]` of the batch's `samples`.
    public init(_ evaluate: @escaping @Sendable (_ expectations: Matrix, _ samples: Range<Int>) -> Matrix) {
        self.evaluate = evaluate
    }

    /// The cotangent of `samples`, whose expectation values are given; same shape as these.
    public func callAsFunction(_ expectations: Matrix, samples: Range<Int>) -> Matrix {
        evaluate(expectations, samples)
    }

    /// The cotangent of `samples`, of which threads of `team` take parts.
    package func callAsFunction(_ expectations: Matrix, samples: Range<Int>, team: ThreadTeam) -> Matrix {
        let valuesWorthAThread = 4096
        let rows = max(1, valuesWorthAThread / max(expectations.columns, 1))
        guard team.size > 1, rows < samples.count else { return evaluate(expectations, samples) }
        var result = Matrix(rows: samples.count, columns: expectations.columns)
        let columns = expectations.columns
        result.elements.withUnsafeMutableBufferPointer { elements in
            nonisolated(unsafe) let elements = elements
            team.forEach((samples.count + rows - 1) / rows) { part, _ in
                let range = part * rows..<min((part + 1) * rows, samples.count)
                let found = evaluate(
                    expectations.slice(rows: range),
                    samples.lowerBound + range.lowerBound..<samples.lowerBound + range.upperBound)
                _ = UnsafeMutableBufferPointer(
                    rebasing: elements[range.lowerBound * columns..<range.upperBound * columns]
                ).update(fromContentsOf: found.elements)
            }
        }
        return result
    }
}

/// Expectation values and the gradients of a scalar loss.
public struct CircuitGradients: Sendable {
    /// Expectation values, `[samples x readouts]`.
    public var expectations: Matrix
    /// The gradient of the feature angles, `[samples x features]`.
    public var features: Matrix
    /// The gradient of the trainable angles, summed over samples, in the order of `ParameterBatch.parameters`.
    public var parameters: [Float]

    /// Expectation values with their gradients.
    public init(expectations: Matrix, features: Matrix, parameters: [Float]) {
        self.expectations = expectations
        self.features = features
        self.parameters = parameters
    }
}
