import Foundation

/// Where the service and its token exchange are.
public struct ServiceAddresses: Sendable, Equatable {
    /// The base of the token exchange, without a path.
    public var identity: URL
    /// The base of all other calls, with the path up to the version; nil follows from an instance's region.
    public var api: URL?
    /// The host that regional addresses are built on.
    public var host: String
    /// Whether the addresses are those inside IBM's private network.
    public var isPrivate: Bool

    /// The public addresses, or the private ones.
    public init(isPrivate: Bool = false, host: String = "cloud.ibm.com") {
        identity = URL(string: isPrivate ? "https://private.iam.cloud.ibm.com" : "https://iam.cloud.ibm.com")!
        self.host = host
        self.isPrivate = isPrivate
    }

    /// The base of an instance's calls.
    public func base(of instance: InstanceCRN) -> URL {
        if let api { return api }
        let parts = [
            isPrivate ? "private" : nil, isPrivate || instance.region != "us-east" ? instance.region : nil,
            "quantum", host,
        ]
        return URL(string: "https://\(parts.compactMap(\.self).joined(separator: "."))/api/v1")!
    }
}

extension ServiceAddresses {
    /// The addresses with what the environment says: `IAM_URL`, as for Qiskit, and `QMTL_IBM_URL` for all other calls.
    /// - Throws: `IBMError.invalidAccount` for what is no address to send a key to.
    func overridden(by environment: [String: String]) throws(IBMError) -> ServiceAddresses {
        var addresses = self
        if let text = environment["IAM_URL"], !text.isEmpty {
            addresses.identity = try Self.address(text, place: "IAM_URL")
        }
        if let text = environment["QMTL_IBM_URL"], !text.isEmpty {
            addresses.api = try Self.address(text, place: "QMTL_IBM_URL")
        }
        return addresses
    }

    /// The address in `text`: keys travel encrypted, unless they do not leave this machine.
    static func address(_ text: String, place: String) throws(IBMError) -> URL {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: trimmed), let host = url.host(), !host.isEmpty else {
            throw .invalidAccount(
                place: place, problem: "'\(text)' is no address: give one such as https://HOST")
        }
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        guard url.scheme == "https" || url.scheme == "http" && isLocal else {
            throw .invalidAccount(
                place: place, problem: "'\(text)' would carry the key unencrypted: give an https address")
        }
        return url
    }
}
