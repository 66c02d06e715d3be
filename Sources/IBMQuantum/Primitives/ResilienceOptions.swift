/// How much of the errors the service's `estimator` takes out.
public enum ResilienceLevel: Int, Sendable, CaseIterable, Encodable {
    /// Nothing.
    case none = 0
    /// Readout errors (TREX).
    case readout = 1
    /// Readout errors, and gate errors by zero-noise extrapolation with twirled gates: several times the device's time.
    case extrapolation = 2
}

/// Zero-noise extrapolation.
public struct NoiseExtrapolation: Sendable, Equatable, Encodable {
    /// A curve that is followed to zero noise.
    public enum Extrapolator: String, Sendable, CaseIterable, Encodable {
        case exponential, linear, fallback
        case doubleExponential = "double_exponential"
        case polynomial1 = "polynomial_degree_1"
        case polynomial2 = "polynomial_degree_2"
        case polynomial3 = "polynomial_degree_3"
        case polynomial4 = "polynomial_degree_4"
        case polynomial5 = "polynomial_degree_5"
        case polynomial6 = "polynomial_degree_6"
        case polynomial7 = "polynomial_degree_7"
    }

    /// How noise is made larger.
    public enum Amplifier: String, Sendable, CaseIterable, Encodable {
        case gateFolding = "gate_folding"
        case gateFoldingFront = "gate_folding_front"
        case gateFoldingBack = "gate_folding_back"
        case pea
    }

    /// The multiples of the noise that the service measures where none are given.
    static let standardNoiseFactors: [Double] = [1, 3, 5]

    /// Multiples of the noise, each of which is measured.
    public var noiseFactors: [Double]?
    /// Curves in the order in which they are tried.
    public var extrapolator: [Extrapolator]?
    /// How noise is made larger.
    public var amplifier: Amplifier?

    /// What is nil is left to the service.
    public init(
        noiseFactors: [Double]? = nil, extrapolator: [Extrapolator]? = nil, amplifier: Amplifier? = nil
    ) {
        self.noiseFactors = noiseFactors
        self.extrapolator = extrapolator
        self.amplifier = amplifier
    }
}

/// The parts of a resilience level, one by one.
public struct Resilience: Sendable, Equatable, Encodable {
    /// Whether readout errors are taken out.
    public var measureMitigation: Bool?
    /// Whether noise is extrapolated to zero.
    public var zneMitigation: Bool?
    /// How it is extrapolated.
    public var zne: NoiseExtrapolation?
    /// Whether errors are cancelled by random circuits; very costly, and not together with extrapolation.
    public var pecMitigation: Bool?

    /// What is nil is left to the level.
    public init(
        measureMitigation: Bool? = nil, zneMitigation: Bool? = nil, zne: NoiseExtrapolation? = nil,
        pecMitigation: Bool? = nil
    ) {
        self.measureMitigation = measureMitigation
        self.zneMitigation = zneMitigation
        self.zne = zne
        self.pecMitigation = pecMitigation
    }
}

/// Options of the service's `estimator`.
public struct EstimatorOptions: Sendable, Equatable, Encodable {
    /// The standard error that is aimed at where a bloc names none.
    public var defaultPrecision: Double?
    /// Pulses on waiting qubits.
    public var dynamicalDecoupling: DynamicalDecoupling?
    /// Random gates.
    public var twirling: Twirling?
    /// What happens before each shot.
    public var execution: ExecutionOptions?
    /// What is taken out of the errors.
    public var resilience: Resilience?

    /// What is nil is left to the service.
    public init(
        defaultPrecision: Double? = nil, dynamicalDecoupling: DynamicalDecoupling? = nil,
        twirling: Twirling? = nil, execution: ExecutionOptions? = nil, resilience: Resilience? = nil
    ) {
        self.defaultPrecision = defaultPrecision
        self.dynamicalDecoupling = dynamicalDecoupling
        self.twirling = twirling
        self.execution = execution
        self.resilience = resilience
    }
}
