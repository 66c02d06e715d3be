import Foundation

/// A device of the service, for people who choose one.
public struct ServiceDevice: Sendable, Equatable, Decodable {
    /// Its name, such as `ibm_kingston`.
    public let name: String
    /// Its number of qubits.
    public let qubits: Int?
    /// `online`, `paused` or `offline`.
    public let status: String?
    /// Jobs that wait for it.
    public let queueLength: Int?
    /// The median error of its two-qubit gates.
    public let twoQubitError: Double?

    private struct Status: Decodable {
        let name: String?
    }

    private struct Metrics: Decodable {
        struct Value: Decodable { let value: Double? }
        let two_q_error_median: Value?
    }

    private enum CodingKeys: String, CodingKey {
        case name, qubits, status
        case queueLength = "queue_length"
        case metrics = "performance_metrics"
    }

    /// Reads a device of the service's list, any field of which but the name may be missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        qubits = try? container.decodeIfPresent(Int.self, forKey: .qubits)
        status = (try? container.decodeIfPresent(Status.self, forKey: .status))?.name
        queueLength = try? container.decodeIfPresent(Int.self, forKey: .queueLength)
        let metrics = try? container.decodeIfPresent(Metrics.self, forKey: .metrics)
        twoQubitError = metrics?.two_q_error_median?.value
    }
}

/// What an instance has used of the seconds that it may use.
public struct ServiceUsage: Sendable, Equatable, Decodable {
    /// Seconds of devices used in the period.
    public let consumedSeconds: Double?
    /// Seconds that may be used in the period; nil without a limit.
    public let limitSeconds: Double?
    /// Whether the limit is reached.
    public let isLimitReached: Bool?
    /// When the period ends, as the service writes it.
    public let periodEnd: String?

    private struct Period: Decodable {
        let end_time: String?
    }

    private enum CodingKeys: String, CodingKey {
        case consumedSeconds = "usage_consumed_seconds"
        case limitSeconds = "usage_limit_seconds"
        case isLimitReached = "usage_limit_reached"
        case period = "usage_period"
    }

    /// Reads the service's answer.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        consumedSeconds = try container.decodeIfPresent(Double.self, forKey: .consumedSeconds)
        limitSeconds = try container.decodeIfPresent(Double.self, forKey: .limitSeconds)
        isLimitReached = try container.decodeIfPresent(Bool.self, forKey: .isLimitReached)
        periodEnd = try container.decodeIfPresent(Period.self, forKey: .period)?.end_time
    }
}

extension ServiceClient {
    /// The instance's devices.
    /// - Throws: `IBMError`.
    public func devices() async throws(IBMError) -> [ServiceDevice] {
        struct Reply: Decodable { let devices: [ServiceDevice] }
        return try await read("backends") { try JSONDecoder().decode(Reply.self, from: $0.body).devices }
    }

    /// A device's configuration document.
    /// - Throws: `IBMError`.
    public func configuration(of device: String) async throws(IBMError) -> Data {
        try await document("backends/\(device)/configuration")
    }

    /// A device's newest calibration document.
    /// - Throws: `IBMError`.
    public func properties(of device: String) async throws(IBMError) -> Data {
        try await document("backends/\(device)/properties")
    }

    /// What the instance has used.
    /// - Throws: `IBMError`.
    public func usage() async throws(IBMError) -> ServiceUsage {
        try await read("instances/usage") { try JSONDecoder().decode(ServiceUsage.self, from: $0.body) }
    }

    private func document(_ path: String) async throws(IBMError) -> Data {
        try await read(path) { answer in
            guard JSONText.isComplete(answer.body) else { throw JSONText.CutOff() }
            return answer.body
        }
    }
}
