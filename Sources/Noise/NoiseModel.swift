import Circuits

/// Which channels follow which gates, and how readouts go wrong.
public struct NoiseModel: Hashable, Sendable {
    /// A channel on some of a gate's qubits.
    public struct Attachment: Hashable, Sendable {
        /// The channel.
        public let channel: Channel
        /// The gate's qubits it acts on, by position.
        public let positions: [Int]
    }

    /// Channels that follow gates of one kind.
    struct Rule: Hashable, Sendable {
        /// The gates of the kind that are meant.
        enum Place: Hashable, Sendable {
            case everywhere
            /// Gates whose qubits are all among these.
            case among(Set<Int>)
            /// The gate on these qubits, in this order.
            case exactly([Int])
        }

        let gate: GateKind
        let place: Place
        let attachments: [Attachment]

        func matches(_ qubits: [Int]) -> Bool {
            switch place {
            case .everywhere: true
            case .among(let set): set.isSuperset(of: qubits)
            case .exactly(let list): list == qubits
            }
        }
    }

    private var rules: [GateKind: [Rule]] = [:]
    private var readoutOfAll: ReadoutError?
    private var readouts: [Int: ReadoutError] = [:]
    /// The pairs of qubits that can meet in a gate, and the device's name; nil where all can.
    private var coupling: Coupling?

    /// The pairs of a device that can meet in a gate.
    struct Coupling: Hashable, Sendable {
        let device: String
        let pairs: Set<Set<Int>>
        let qubitCount: Int
    }

    /// No noise.
    public init() {}

    /// Lets `channel` follow every gate of a kind, on all qubits or on gates whose qubits are all among `qubits`.
    ///
    /// A one-qubit channel behind a two-qubit gate acts on each of the gate's qubits. Channels act in the order in which
    /// they were added.
    /// - Throws: `NoiseError.tooWideChannel` for a two-qubit channel behind a one-qubit gate.
    public mutating func add(_ channel: Channel, after gate: GateKind, on qubits: [Int]? = nil)
        throws(NoiseError)
    {
        guard channel.qubitCount <= gate.qubitCount else { throw .tooWideChannel(gate: gate.rawValue) }
        let positions =
            channel.qubitCount == gate.qubitCount
            ? [Array(0..<gate.qubitCount)] : (0..<gate.qubitCount).map { [$0] }
        add(
            Rule(
                gate: gate, place: qubits.map { .among(Set($0)) } ?? .everywhere,
                attachments: positions.map { Attachment(channel: channel, positions: $0) }))
    }

    mutating func add(_ rule: Rule) { rules[rule.gate, default: []].append(rule) }

    /// Sets the readout error of `qubits`, or of all that have none of their own.
    public mutating func set(_ readout: ReadoutError, on qubits: [Int]? = nil) {
        guard let qubits else {
            readoutOfAll = readout
            return
        }
        for qubit in qubits { readouts[qubit] = readout }
    }

    mutating func restrict(to coupling: Coupling) { self.coupling = coupling }

    /// The channels that follow `gate`, in order, with the circuit's qubits they act on.
    public func channels(after gate: Gate) -> [(channel: Channel, qubits: [Int])] {
        let qubits = gate.qubits
        return rules[GateKind(gate), default: []]
            .filter { $0.matches(qubits) }
            .flatMap(\.attachments)
            .map { ($0.channel, $0.positions.map { qubits[$0] }) }
    }

    /// The readout error of a qubit; nil where readouts are right.
    public func readoutError(of qubit: Int) -> ReadoutError? { readouts[qubit] ?? readoutOfAll }

    /// Whether any readout can be wrong.
    public var hasReadoutErrors: Bool { readoutOfAll != nil || !readouts.isEmpty }

    /// Holds a circuit to what the device can run.
    /// - Throws: `NoiseError.tooManyQubits` or `.uncoupledQubits`.
    public func check(_ circuit: MultiTaskCircuit) throws(NoiseError) {
        guard let coupling else { return }
        guard circuit.encoding.qubitCount <= coupling.qubitCount else {
            throw .tooManyQubits(
                device: coupling.device, count: circuit.encoding.qubitCount, available: coupling.qubitCount)
        }
        try check(circuit.encoding.gates, coupling)
        for task in circuit.tasks {
            try check(task.block.gates.map { $0.relabelled { task.register[$0] } }, coupling)
        }
    }

    private func check(_ gates: [Gate], _ coupling: Coupling) throws(NoiseError) {
        for gate in gates where gate.qubits.count == 2 && !coupling.pairs.contains(Set(gate.qubits)) {
            throw .uncoupledQubits(device: coupling.device, first: gate.qubits[0], second: gate.qubits[1])
        }
    }
}
