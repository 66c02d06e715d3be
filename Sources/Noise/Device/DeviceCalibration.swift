import Foundation

/// What a device's calibration files say of its qubits and gates: IBM's `configuration` and `properties` documents.
public struct DeviceCalibration: Sendable {
    /// What a qubit loses and how it is read.
    package struct Qubit: Sendable {
        /// Nanoseconds; nil where the device could not measure it.
        let t1: Double?
        let t2: Double?
        package let readout: ReadoutError?
        /// Nanoseconds of a measurement; nil where the device does not tell.
        package let readoutLength: Double?
    }

    /// A calibrated gate.
    package struct Gate: Hashable, Sendable {
        /// One minus the average fidelity.
        package let error: Double?
        /// Nanoseconds.
        package let length: Double
    }

    /// The device's name.
    public let name: String
    package let qubits: [Qubit]
    /// By native name and qubits.
    package let gates: [String: [[Int]: Gate]]
    /// The names of the gates that circuits may use.
    package let basisGates: [String]
    /// The device's native two-qubit gate, `cz` or `ecr`.
    package let entangler: String
    /// Microseconds between one run of a circuit and the next; nil where the device does not tell.
    package let repetitionDelay: Double?

    /// The most shots of a circuit in a job; nil where the device does not tell.
    package let maximumShots: Int?

    /// The number of qubits.
    public var qubitCount: Int { qubits.count }

    /// Reads both documents.
    /// - Throws: `NoiseError.invalidCalibration`.
    public init(configuration: URL, properties: URL) throws(NoiseError) {
        try self.init(
            configuration: Self.contents(configuration), properties: Self.contents(properties),
            names: (configuration.relativePath, properties.relativePath))
    }

    /// Reads both documents as a service gives them.
    /// - Throws: `NoiseError.invalidCalibration`.
    public init(configuration: Data, properties: Data, device: String) throws(NoiseError) {
        try self.init(
            configuration: configuration, properties: properties,
            names: ("configuration of \(device)", "properties of \(device)"))
    }

    private init(
        configuration: Data, properties: Data, names: (configuration: String, properties: String)
    ) throws(NoiseError) {
        let setup: ConfigurationDocument = try Self.decode(configuration, names.configuration)
        let values: PropertiesDocument = try Self.decode(properties, names.properties)
        name = setup.backend_name
        repetitionDelay = setup.default_rep_delay
        maximumShots = setup.max_shots
        basisGates = setup.basis_gates
        guard let entangler = ["cz", "ecr"].first(where: setup.basis_gates.contains) else {
            throw .invalidCalibration(
                path: names.configuration,
                problem: "the device has neither cz nor ecr as a basis gate.")
        }
        self.entangler = entangler
        guard values.qubits.count == setup.n_qubits else {
            throw .invalidCalibration(
                path: names.properties,
                problem: "holds \(values.qubits.count) qubits, but the configuration \(setup.n_qubits); "
                    + "give both files of one device.")
        }
        var qubits: [Qubit] = []
        for parameters in values.qubits {
            let toZero = parameters.value("prob_meas0_prep1")
            let toOne = parameters.value("prob_meas1_prep0")
            var readout: ReadoutError?
            if let toZero, let toOne { readout = try ReadoutError(zeroToOne: toOne, oneToZero: toZero) }
            qubits.append(
                Qubit(
                    t1: parameters.nanoseconds("T1"), t2: parameters.nanoseconds("T2"), readout: readout,
                    readoutLength: parameters.nanoseconds("readout_length")))
        }
        self.qubits = qubits
        var gates: [String: [[Int]: Gate]] = [:]
        for gate in values.gates {
            gates[gate.gate, default: [:]][gate.qubits] = Gate(
                error: gate.parameters.value("gate_error"),
                length: gate.parameters.nanoseconds("gate_length") ?? 0)
        }
        self.gates = gates
    }

    private static func decode<Document: Decodable>(
        _ data: Data, _ path: String
    ) throws(NoiseError) -> Document {
        do {
            return try JSONDecoder().decode(Document.self, from: data)
        } catch {
            let problem = (error as? DecodingError).map(Self.problem) ?? "\(error)"
            throw .invalidCalibration(path: path, problem: "is not such a document (\(problem)).")
        }
    }

    private static func contents(_ url: URL) throws(NoiseError) -> Data {
        do {
            return try Data(contentsOf: url)
        } catch {
            throw .invalidCalibration(
                path: url.relativePath, problem: "cannot be read; check the path and its permissions.")
        }
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' has another type"
        case .dataCorrupted: "it is not JSON"
        @unknown default: "\(error)"
        }
    }
}

/// The part of a `configuration` document that matters here; names as in the document.
private struct ConfigurationDocument: Decodable {
    let backend_name: String
    let n_qubits: Int
    let basis_gates: [String]
    let default_rep_delay: Double?
    let max_shots: Int?
}

/// The part of a `properties` document that matters here; names as in the document.
private struct PropertiesDocument: Decodable {
    struct GateEntry: Decodable {
        let gate: String
        let qubits: [Int]
        let parameters: [Parameter]
    }

    let qubits: [[Parameter]]
    let gates: [GateEntry]
}

/// A calibrated number.
private struct Parameter: Decodable {
    let name: String
    let unit: String
    let value: Double
}

extension [Parameter] {
    fileprivate func value(_ name: String) -> Double? { first(where: { $0.name == name })?.value }

    /// A time; the documents give it in s, ms, us or ns.
    fileprivate func nanoseconds(_ name: String) -> Double? {
        guard let parameter = first(where: { $0.name == name }) else { return nil }
        let scales: [String: Double] = ["s": 1e9, "ms": 1e6, "us": 1e3, "µs": 1e3]
        return parameter.value * scales[parameter.unit, default: 1]
    }
}
