import Foundation

/// A device whose calibration gives the noise.
public struct DeviceNoise: Codable, Hashable, Sendable {
    /// The path of the device's `configuration` document.
    public var configuration: String
    /// The path of its `properties` document.
    public var properties: String
    /// The device's qubit behind each qubit of the circuit; nil for a line chosen for small errors.
    public var qubits: [Int]?

    /// A device by its two documents.
    public init(configuration: String, properties: String, qubits: [Int]? = nil) {
        self.configuration = configuration
        self.properties = properties
        self.qubits = qubits
    }

    func model(qubitCount: Int) throws(NoiseError) -> NoiseModel {
        let calibration = try DeviceCalibration(
            configuration: URL(filePath: configuration), properties: URL(filePath: properties))
        let layout: [Int]
        if let qubits { layout = qubits } else { layout = try calibration.line(length: qubitCount) }
        for qubit in layout where !(0..<calibration.qubitCount).contains(qubit) {
            throw .outOfRange(
                name: "device.qubits", value: Double(qubit),
                range: "qubits of \(calibration.name), 0 to \(calibration.qubitCount - 1)")
        }
        guard Set(layout).count == layout.count else {
            throw .outOfRange(
                name: "device.qubits", value: Double(layout.count), range: "a list of different qubits")
        }
        return try calibration.noiseModel(layout: layout)
    }
}
