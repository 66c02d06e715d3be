/// Pulses on waiting qubits that undo slow errors.
public struct DynamicalDecoupling: Sendable, Equatable, Encodable {
    /// The pulses of one sequence.
    public enum Sequence: String, Sendable, CaseIterable, Encodable {
        case xx = "XX", xpxm = "XpXm", xy4 = "XY4"
    }
    /// Where the time goes that pulses leave.
    public enum SlackDistribution: String, Sendable, CaseIterable, Encodable { case middle, edges }
    /// When gates start that could start at several times.
    public enum Scheduling: String, Sendable, CaseIterable, Encodable { case alap, asap }

    /// Whether pulses are put in.
    public var enable: Bool
    /// The pulses.
    public var sequenceType: Sequence?
    /// Where the rest of the time goes.
    public var extraSlackDistribution: SlackDistribution?
    /// When gates start.
    public var schedulingMethod: Scheduling?
    /// Whether qubits that were just reset are left alone.
    public var skipResetQubits: Bool?

    /// What is nil is left to the service.
    public init(
        enable: Bool = true, sequenceType: Sequence? = nil,
        extraSlackDistribution: SlackDistribution? = nil, schedulingMethod: Scheduling? = nil,
        skipResetQubits: Bool? = nil
    ) {
        self.enable = enable
        self.sequenceType = sequenceType
        self.extraSlackDistribution = extraSlackDistribution
        self.schedulingMethod = schedulingMethod
        self.skipResetQubits = skipResetQubits
    }
}

/// Random Pauli gates around gates or measurements, which make errors plain noise.
public struct Twirling: Sendable, Equatable, Encodable {
    /// A number, or the service's choice.
    public enum Count: Sendable, Equatable, Encodable {
        case auto
        case count(Int)

        /// A number or the word `auto`.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .auto: try container.encode("auto")
            case .count(let count): try container.encode(count)
            }
        }
    }

    /// Which qubits a layer's random gates act on.
    public enum Strategy: String, Sendable, CaseIterable, Encodable {
        case active
        case activeAccum = "active-accum"
        case activeCircuit = "active-circuit"
        case all
    }

    /// Whether two-qubit gates are twirled.
    public var enableGates: Bool?
    /// Whether measurements are twirled.
    public var enableMeasure: Bool?
    /// Random circuits for one.
    public var numRandomizations: Count?
    /// Shots of each random circuit.
    public var shotsPerRandomization: Count?
    /// The qubits.
    public var strategy: Strategy?

    /// What is nil is left to the service.
    public init(
        enableGates: Bool? = nil, enableMeasure: Bool? = nil, numRandomizations: Count? = nil,
        shotsPerRandomization: Count? = nil, strategy: Strategy? = nil
    ) {
        self.enableGates = enableGates
        self.enableMeasure = enableMeasure
        self.numRandomizations = numRandomizations
        self.shotsPerRandomization = shotsPerRandomization
        self.strategy = strategy
    }
}

/// What happens before each shot.
public struct ExecutionOptions: Sendable, Equatable, Encodable {
    /// Whether qubits are reset before each shot.
    public var initQubits: Bool?
    /// Seconds between shots; the device's configuration gives the range in microseconds.
    public var repDelay: Double?

    /// What is nil is left to the service.
    public init(initQubits: Bool? = nil, repDelay: Double? = nil) {
        self.initQubits = initQubits
        self.repDelay = repDelay
    }
}

/// Options of the service's `sampler`.
public struct SamplerOptions: Sendable, Equatable, Encodable {
    /// Pulses on waiting qubits.
    public var dynamicalDecoupling: DynamicalDecoupling?
    /// Random gates.
    public var twirling: Twirling?
    /// What happens before each shot.
    public var execution: ExecutionOptions?

    /// What is nil is left to the service.
    public init(
        dynamicalDecoupling: DynamicalDecoupling? = nil, twirling: Twirling? = nil,
        execution: ExecutionOptions? = nil
    ) {
        self.dynamicalDecoupling = dynamicalDecoupling
        self.twirling = twirling
        self.execution = execution
    }
}
