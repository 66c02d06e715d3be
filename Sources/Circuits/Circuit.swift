/// A sequence of gates on qubits that start in |0...0>.
public struct Circuit: Hashable, Sendable {
    /// The number of qubits.
    public let qubitCount: Int
    /// The number of trainable angles; gates refer to them as `.parameter(0)` and so on.
    public let parameterCount: Int
    /// The number of feature angles of a sample; gates refer to them as `.feature(0)` and so on.
    public let featureCount: Int
    /// The gates, first to last.
    public private(set) var gates: [Gate] = []

    /// An empty circuit.
    public init(qubitCount: Int, parameterCount: Int = 0, featureCount: Int = 0) {
        self.qubitCount = qubitCount
        self.parameterCount = parameterCount
        self.featureCount = featureCount
    }

    /// Appends a gate.
    /// - Throws: `CircuitError` when the gate refers to a qubit or an angle that the circuit does not have.
    public mutating func append(_ gate: Gate) throws(CircuitError) {
        let qubits = gate.qubits
        for qubit in qubits where !(0..<qubitCount).contains(qubit) {
            throw .qubitOutOfRange(index: qubit, qubitCount: qubitCount)
        }
        if qubits.count == 2, qubits[0] == qubits[1] { throw .repeatedQubit(index: qubits[0]) }
        for index in gate.angle?.parameters ?? [] where !(0..<parameterCount).contains(index) {
            throw .parameterOutOfRange(index: index, count: parameterCount)
        }
        for index in gate.angle?.features ?? [] where !(0..<featureCount).contains(index) {
            throw .featureOutOfRange(index: index, count: featureCount)
        }
        appendUnchecked(gate)
    }

    /// Appends a gate known to fit.
    package mutating func appendUnchecked(_ gate: Gate) { gates.append(gate) }
}

/// Why a circuit cannot be built.
public enum CircuitError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A gate or observable names a qubit that the circuit does not have.
    case qubitOutOfRange(index: Int, qubitCount: Int)
    /// A two-qubit gate or a register names one qubit twice.
    case repeatedQubit(index: Int)
    /// A gate refers to a trainable angle that does not exist.
    case parameterOutOfRange(index: Int, count: Int)
    /// A gate refers to a feature that does not exist.
    case featureOutOfRange(index: Int, count: Int)
    /// A size is not a positive number.
    case invalidSize(name: String, value: Int)
    /// The encoding has no place for all features.
    case tooManyFeatures(count: Int, capacity: Int, encoding: String)
    /// Amplitudes on more qubits than their circuit may have.
    case amplitudesTooWide(qubits: Int, limit: Int)
    /// A circuit has too few qubits for the readouts of a task.
    case tooFewQubits(count: Int, needed: Int, task: Int)
    /// A task's register is wider than the circuit or too narrow for its readouts.
    case invalidRegister(qubits: Int, lowerBound: Int, upperBound: Int, task: Int)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .qubitOutOfRange(let index, let count):
            "qubit \(index) does not exist in a circuit of \(count) qubits: use 0 to \(count - 1)"
        case .repeatedQubit(let index):
            "qubit \(index) is named twice where two different qubits are needed"
        case .parameterOutOfRange(let index, let count):
            "trainable angle \(index) does not exist in a circuit with \(count) of them"
        case .featureOutOfRange(let index, let count):
            "feature \(index) does not exist in a circuit with \(count) features"
        case .invalidSize(let name, let value):
            "\(name) is \(value), but must be at least 1"
        case .tooManyFeatures(let count, let capacity, let encoding):
            "'\(encoding)' encodes at most \(capacity) features here, not \(count): use more qubits or fewer features"
        case .amplitudesTooWide(let qubits, let limit):
            "amplitudes are encoded on at most \(limit) qubits, not \(qubits): use a preset whose tasks share qubits"
        case .tooFewQubits(let count, let needed, let task):
            "task \(task) has readouts on \(needed) qubits, but its circuit has \(count): use more qubits"
        case .invalidRegister(let qubits, let lower, let upper, let task):
            "task \(task) has a register of \(qubits) qubits, but it must have \(lower) to \(upper)"
        }
    }
}
