import Foundation
import GRDB

/// What a device says of itself, as the service gives it.
public struct DeviceDocuments: Sendable, Equatable {
    /// The device's name.
    public var device: String
    /// Its configuration document.
    public var configuration: Data
    /// Its calibration document.
    public var properties: Data

    /// Documents of a device.
    public init(device: String, configuration: Data, properties: Data) {
        self.device = device
        self.configuration = configuration
        self.properties = properties
    }
}

extension Ledger {
    /// The documents that a piece of work was begun with; nil for new work.
    ///
    /// Devices are calibrated anew by the hour, and with them circuits change. Work that goes on must make the same
    /// circuits, or it would not know its jobs again.
    ///
    /// `device`: the device asked for; nil takes the one that the work was last begun on.
    /// - Throws: `IBMError.ledger`.
    public func documents(
        of key: String, instance: InstanceCRN, device: String?
    ) throws(IBMError) -> DeviceDocuments? {
        let row = try read {
            try Row.fetchOne(
                $0,
                sql: """
                    SELECT device, configuration, configuration_size, properties, properties_size FROM document
                    WHERE key = ? AND instance = ? AND device = ifnull(?, device) ORDER BY rowid DESC LIMIT 1
                    """, arguments: [key, instance.description, device])
        }
        guard let row else { return nil }
        guard let configuration = Zlib.decompress(row[1], count: row[2]),
            let properties = Zlib.decompress(row[3], count: row[4])
        else {
            throw .ledger(path: url.path, problem: "the documents of device \(row[0] as String) are damaged")
        }
        return DeviceDocuments(device: row[0], configuration: configuration, properties: properties)
    }

    /// Writes down the documents that a piece of work begins with; the first ones of a device stay.
    /// - Throws: `IBMError.ledger`.
    public func add(
        _ documents: DeviceDocuments, of key: String, instance: InstanceCRN
    ) throws(IBMError) {
        try write {
            try $0.execute(
                sql: """
                    INSERT OR IGNORE INTO document (key, instance, device, configuration, configuration_size,
                    properties, properties_size) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    key, instance.description, documents.device, Zlib.compress(documents.configuration),
                    documents.configuration.count, Zlib.compress(documents.properties),
                    documents.properties.count,
                ])
        }
    }
}
