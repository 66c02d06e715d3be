/// What can be wrong with a noise model.
public enum NoiseError: Error, Equatable, Sendable {
    /// A number outside its range.
    case outOfRange(name: String, value: Double, range: String)
    /// The operators of a channel do not add up to the identity.
    case notTracePreserving(deviation: Double)
    /// The operators of a channel are not all matrices on one qubit, or all on two.
    case differentOperators
    /// A word that names no product of Pauli operators.
    case invalidPauli(String)
    /// A coherence time beyond twice the relaxation time.
    case impossibleTimes(t1: Double, t2: Double)
    /// A two-qubit channel behind a one-qubit gate.
    case tooWideChannel(gate: String)
    /// A name that is neither a file nor a built-in model.
    case unknownModel(name: String)
    /// A calibration file that cannot be read.
    case invalidCalibration(path: String, problem: String)
    /// The device has no path of that many coupled, working qubits.
    case noLine(device: String, length: Int)
    /// A circuit wider than the qubits chosen on a device.
    case tooManyQubits(device: String, count: Int, available: Int)
    /// A two-qubit gate between qubits that are not neighbours on the device.
    case uncoupledQubits(device: String, first: Int, second: Int)
}

extension NoiseError: CustomStringConvertible {
    /// What a value must be, for a sentence that names the place itself; nil where the error is of no single value.
    var requirement: String? {
        switch self {
        case .outOfRange(let name, _, let range): "\(range) (\(name))"
        case .notTracePreserving:
            "a channel that preserves the trace: sum K^dagger K must be the identity"
        case .differentOperators: "matrices of 2 rows each, or of 4 rows each"
        case .invalidPauli: "words of I, X, Y, Z such as X or ZZ, all of one length"
        case .impossibleTimes(let t1, _): "at most twice t1, that is \(2 * t1)"
        case .tooWideChannel: "a one-qubit channel behind one-qubit gates"
        case .unknownModel, .invalidCalibration, .noLine, .tooManyQubits, .uncoupledQubits: nil
        }
    }

    /// One sentence: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .outOfRange(let name, let value, let range): "\(name) is \(value), but must be \(range)."
        case .notTracePreserving(let deviation):
            "The channel's operators do not preserve the trace: sum K^dagger K is off the identity by \(deviation)."
        case .differentOperators:
            "A channel's operators must be matrices of 2 rows each (one qubit) or of 4 rows each (two qubits)."
        case .invalidPauli(let word):
            "'\(word)' names no product of Pauli operators: use words of I, X, Y, Z, all of one or of two letters."
        case .impossibleTimes(let t1, let t2):
            "t2 is \(t2), but no qubit has a coherence time beyond twice its relaxation time t1, \(2 * t1)."
        case .tooWideChannel(let gate):
            "A two-qubit channel cannot follow the one-qubit gate '\(gate)': name cz or cx, or use one qubit."
        case .unknownModel(let name):
            "Noise '\(name)' is neither a file nor a built-in model: use one of "
                + "\(NoiseDescription.builtInNames.map { $0 + ":P" }.joined(separator: ", ")), or a YAML file."
        case .invalidCalibration(let path, let problem):
            "\(path): \(problem)"
        case .noLine(let device, let length):
            "\(device) has no line of \(length) coupled, working qubits: use fewer qubits."
        case .tooManyQubits(let device, let count, let available):
            "The circuit has \(count) qubits, but \(available) of \(device) are chosen: name more under device.qubits."
        case .uncoupledQubits(let device, let first, let second):
            "A two-qubit gate joins qubits \(first) and \(second), which are no neighbours where the circuit lies on "
                + "\(device): choose other device.qubits or a preset whose gates join neighbours."
        }
    }
}
