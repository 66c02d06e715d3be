import Foundation

/// Who asks the service, and for which instance.
public struct IBMAccount: Sendable, Equatable {
    /// Where it was found, for people: the name of an account in a file, or of an environment variable.
    public var name: String
    /// The API key of IBM Cloud.
    public var key: Secret
    /// The instance that jobs are charged to.
    public var instance: InstanceCRN
    /// Where the service is.
    public var addresses: ServiceAddresses

    /// An account.
    public init(
        name: String, key: Secret, instance: InstanceCRN, addresses: ServiceAddresses = ServiceAddresses()
    ) {
        self.name = name
        self.key = key
        self.instance = instance
        self.addresses = addresses
    }

    /// The account that Qiskit would choose: the one named, else the environment's, else the file's default.
    ///
    /// The environment gives an account with `QISKIT_IBM_TOKEN`; `QISKIT_IBM_INSTANCE` and `QISKIT_IBM_URL` then belong
    /// to it. An instance must be given by its CRN.
    /// - Parameters:
    ///   - name: An account of the file; nil chooses.
    ///   - environment: Variables by name.
    ///   - file: The account file; nil is `~/.qiskit/qiskit-ibm.json`.
    /// - Throws: `IBMError` where there is none, or none that can be used.
    public static func choose(
        named name: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment, file: URL? = nil
    ) throws(IBMError) -> IBMAccount {
        let file = file ?? AccountFile.standardURL
        if name == nil, let token = environment["QISKIT_IBM_TOKEN"], !token.isEmpty {
            let entry = AccountFile.Entry(
                token: token, instance: environment["QISKIT_IBM_INSTANCE"],
                url: environment["QISKIT_IBM_URL"],
                channel: environment["QISKIT_IBM_CHANNEL"])
            return try entry.account(name: "QISKIT_IBM_TOKEN", place: "the environment", environment)
        }
        guard let entries = try AccountFile.entries(of: file) else { throw .noAccount(path: file.path) }
        let chosen = try AccountFile.choose(name, among: entries, path: file.path)
        return try chosen.value.account(
            name: chosen.key, place: "\(file.path), account '\(chosen.key)'", environment)
    }
}
