import LinearAlgebra

/// How expectation values are estimated: from a number of shots, and with which corrections.
public struct Measurement: Sendable, Equatable {
    /// The number of times every measurement setting is run, at every strength of noise; nil for exact values.
    public var shots: Int?
    /// The seed of the outcomes.
    public var seed: UInt64
    /// Whether estimates are freed of the known readout errors.
    public var correctsReadout: Bool
    /// How values are continued to no noise; nil for values as they are.
    public var extrapolation: Extrapolation?

    /// Exact values without corrections, unless something else is asked for.
    public init(
        shots: Int? = nil, seed: UInt64 = 1, correctsReadout: Bool = false,
        extrapolation: Extrapolation? = nil
    ) {
        precondition(shots.map { $0 > 0 } ?? true, "a positive number of shots")
        self.shots = shots
        self.seed = seed
        self.correctsReadout = correctsReadout
        self.extrapolation = extrapolation
    }
}

/// Estimated expectation values.
public struct MeasuredExpectations: Sendable {
    /// The estimates, `[samples x readouts]`.
    public var values: [[Double]]
    /// The standard deviation of each estimate, found from its own shots; 0 for exact values.
    public var standardErrors: [[Double]]

    /// Estimates with their standard deviations, `[samples x readouts]` each.
    public init(values: [[Double]], standardErrors: [[Double]]) {
        self.values = values
        self.standardErrors = standardErrors
    }

    /// The estimates in `-1...1`, which mitigation may leave, `[samples x columns]`.
    package func matrix(columns: Int) -> Matrix {
        Matrix(
            rows: values.count, columns: columns,
            elements: values.joined().map { Float(min(1, max(-1, $0))) })
    }
}

/// What a measurement takes of a device, for one sample.
public struct MeasurementCost: Sendable, Equatable, Codable {
    /// Circuits that are run: one per measurement setting and strength of noise; tasks that share qubits need their own.
    public let circuits: Int
    /// Shots of all circuits; nil for exact values.
    public let shots: Int?
    /// Gates of all strengths of noise together, over those of the circuit itself.
    public let gateFactor: Int

    /// A cost.
    public init(circuits: Int, shots: Int?, gateFactor: Int) {
        self.circuits = circuits
        self.shots = shots
        self.gateFactor = gateFactor
    }

    private enum CodingKeys: String, CodingKey {
        case circuits, shots
        case gateFactor = "gate_factor"
    }
}
