/// A circuit, the observables that are estimated on it, and the inputs it is run at.
public struct EstimatorBloc: Sendable, Equatable {
    /// A real sum of Pauli strings; the rightmost letter acts on the circuit's qubit 0.
    public typealias Observable = [String: Double]

    /// OpenQASM 3 on hardware qubits `$n`, without final measurements.
    public var circuit: String
    /// What is estimated, each for every input; as many letters as the circuit, as the service reads it, has qubits.
    public var observables: [Observable]
    /// The inputs of each run, `[sets x inputs]`, inputs in the order of their sorted names; one empty row without inputs.
    public var values: [[Double]]
    /// The standard error that is aimed at; nil is the options'.
    public var precision: Double?

    /// A circuit with its observables and inputs.
    public init(
        circuit: String, observables: [Observable], values: [[Double]] = [[]], precision: Double? = nil
    ) {
        precondition(!observables.isEmpty && observables.allSatisfy { !$0.isEmpty })
        precondition(!values.isEmpty && values.allSatisfy { $0.count == values[0].count })
        precondition(values[0].isEmpty ? values.count == 1 : values.joined().allSatisfy(\.isFinite))
        precondition(precision.map { $0 > 0 } ?? true)
        self.circuit = circuit
        self.observables = observables
        self.values = values
        self.precision = precision
    }
}

/// Estimated expectation values of one bloc.
public struct Estimates: Sendable, Equatable {
    /// Expectation values, `[observables x sets]`.
    public var values: [[Double]]
    /// Their standard errors, `[observables x sets]`.
    public var standardErrors: [[Double]]

    /// Estimates at each multiple of the noise, where they were extrapolated to none; nil where they were not.
    public var noiseFactors: Points?
    /// What each curve gives at each point, curves one after the other; nil where nothing was extrapolated.
    public var extrapolated: Points?

    /// Several estimates of every observable at every input.
    public struct Points: Sendable, Equatable {
        /// Expectation values, `[observables x sets x points]`.
        public var values: [[[Double]]]
        /// Their standard errors, `[observables x sets x points]`.
        public var standardErrors: [[[Double]]]

        /// Estimates with their errors.
        public init(values: [[[Double]]], standardErrors: [[[Double]]]) {
            self.values = values
            self.standardErrors = standardErrors
        }
    }

    /// Estimates with their errors, not extrapolated.
    public init(values: [[Double]], standardErrors: [[Double]]) {
        self.values = values
        self.standardErrors = standardErrors
    }
}
