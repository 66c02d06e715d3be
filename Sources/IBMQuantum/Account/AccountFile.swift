import Foundation

/// The accounts that Qiskit saves on this machine.
enum AccountFile {
    /// One saved account; names as in the file.
    struct Entry: Decodable {
        var token: String?
        var instance: String?
        var url: String?
        var channel: String?
        var privateEndpoint: Bool?
        var isDefault: Bool?

        private enum CodingKeys: String, CodingKey {
            case token, instance, url, channel
            case privateEndpoint = "private_endpoint"
            case isDefault = "is_default_account"
        }
    }

    /// Where Qiskit keeps them.
    static var standardURL: URL {
        FileManager.default.homeDirectoryForCurrentUser.appending(path: ".qiskit/qiskit-ibm.json")
    }

    /// The accounts by name, without those of the platform that was closed in 2025; nil where there is no file.
    static func entries(of file: URL) throws(IBMError) -> [String: Entry]? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let entries = try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: file))
            return entries.filter { $0.value.channel != "ibm_quantum" }
        } catch is DecodingError {
            // The decoder's own words could quote a key.
            throw .invalidAccount(
                place: file.path,
                problem:
                    "is not a file of IBM Quantum accounts: save the account anew with Qiskit, or set QISKIT_IBM_TOKEN"
            )
        } catch {
            throw .invalidAccount(place: file.path, problem: "cannot be read: check its permissions")
        }
    }

    /// The account named; else the one marked as default, one with a default name, any.
    static func choose(
        _ name: String?, among entries: [String: Entry], path: String
    ) throws(IBMError) -> (key: String, value: Entry) {
        let sorted = entries.sorted { $0.key < $1.key }
        if let name {
            guard let value = entries[name] else {
                throw .unknownAccount(name: name, known: sorted.map(\.key), path: path)
            }
            return (name, value)
        }
        let names = ["default-ibm-quantum-platform", "default-ibm-cloud", "default"]
        let chosen =
            sorted.first { $0.value.isDefault == true }
            ?? names.lazy.compactMap { name in sorted.first { $0.key == name } }.first ?? sorted.first
        guard let chosen else { throw .noAccount(path: path) }
        return chosen
    }
}

extension AccountFile.Entry {
    init(token: String, instance: String?, url: String?, channel: String?) {
        self.init(
            token: token, instance: instance, url: url, channel: channel, privateEndpoint: nil, isDefault: nil
        )
    }

    /// The account that this stands for.
    func account(
        name: String, place: String, _ environment: [String: String]
    ) throws(IBMError) -> IBMAccount {
        guard channel != "ibm_quantum" else {
            throw .invalidAccount(
                place: place,
                problem: "channel ibm_quantum has been closed: give an API key of IBM Cloud and no channel")
        }
        guard let token, !token.isEmpty else {
            throw .invalidAccount(place: place, problem: "has no token: save the account anew with Qiskit")
        }
        guard let instance, let crn = InstanceCRN(instance) else {
            throw .noInstance(place: place, found: instance)
        }
        var host = "cloud.ibm.com"
        if let url, !url.isEmpty {
            let address = try ServiceAddresses.address(url, place: "\(place), url")
            host = address.host() ?? host
        }
        let addresses = ServiceAddresses(isPrivate: privateEndpoint ?? false, host: host)
        return IBMAccount(
            name: name, key: Secret(token), instance: crn,
            addresses: try addresses.overridden(by: environment))
    }
}
