import Foundation

/// What a device's calibration files say of its qubits and gates: IBM's `configuration` and `properties` documents.
public struct DeviceCalibration: Sendable {
    /// What a qubit loses and how it is read.
    package struct Qubit: Sendable {
        /// Nanoseconds; nil where the device could not measure it.
        let t1: Double?
        let t2: Double?
        package let readout: ReadoutError?
    }

    /// A calibrated gate.
    package struct Gate: Hashable, Sendable {
        /// One minus the average fidelity.
        package let error: Double?
        /// Nanoseconds.
        let length: Double
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

    /// The number of qubits.
    public var qubitCount: Int { qubits.count }

    /// Reads both documents.
    /// - Throws: `NoiseError.invalidCalibration`.
    public init(configuration: URL, properties: URL) throws(NoiseError) {
        let setup: ConfigurationDocument = try Self.decode(configuration)
        let values: PropertiesDocument = try Self.decode(properties)
        name = setup.backend_name
        basisGates = setup.basis_gates
        guard let entangler = ["cz", "ecr"].first(where: setup.basis_gates.contains) else {
            throw .invalidCalibration(
                path: configuration.relativePath,
                problem: "the device has neither cz nor ecr as a basis gate.")
        }
        self.entangler = entangler
        guard values.qubits.count == setup.n_qubits else {
            throw .invalidCalibration(
                path: properties.relativePath,
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
                Qubit(t1: parameters.nanoseconds("T1"), t2: parameters.nanoseconds("T2"), readout: readout))
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

    private static func decode<Document: Decodable>(_ url: URL) throws(NoiseError) -> Document {
        do {
            return try JSONDecoder().decode(Document.self, from: Data(contentsOf: url))
        } catch let error as DecodingError {
            throw .invalidCalibration(
                path: url.relativePath, problem: "is not such a document (\(Self.problem(error))).")
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
