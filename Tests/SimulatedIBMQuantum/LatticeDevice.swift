import Foundation
import Noise

/// The documents of a small device.
public struct LatticeDevice: Sendable {
    /// The device's name.
    public static let name = "ibm_lattice"

    /// The `configuration` document.
    public let configuration: Data
    /// The `properties` document.
    public let properties: Data

    /// What both say.
    public var calibration: DeviceCalibration {
        get throws {
            try DeviceCalibration(configuration: configuration, properties: properties, device: Self.name)
        }
    }

    /// A lattice of `rows` times `columns` qubits with controlled Z between neighbours.
    /// - Parameter error: That of a two-qubit gate; a turn has a tenth of it, a readout twice as much.
    public init(_ rows: Int, _ columns: Int, error: Double = 0.01) {
        func parameter(_ name: String, _ unit: String, _ value: Double) -> String {
            #"{"name": "\#(name)", "unit": "\#(unit)", "value": \#(value)}"#
        }
        func gate(_ name: String, _ qubits: [Int], _ error: Double, _ length: Double) -> String {
            #"{"gate": "\#(name)", "qubits": \#(qubits), "parameters": ["#
                + parameter("gate_error", "", error) + "," + parameter("gate_length", "ns", length) + "]}"
        }
        let count = rows * columns
        let qubits = (0..<count).map { qubit in
            let values = [
                parameter("T1", "us", 250), parameter("T2", "us", 200 + Double(qubit)),
                parameter("prob_meas0_prep1", "", error * (2.5 + 0.1 * Double(qubit % 5))),
                parameter("prob_meas1_prep0", "", error * 1.5), parameter("readout_length", "ns", 2000),
            ]
            return "[" + values.joined(separator: ",") + "]"
        }
        var gates: [String] = []
        for qubit in 0..<count {
            gates += ["sx", "x"].map { gate($0, [qubit], error / 10, 40) }
            gates.append(gate("rz", [qubit], 0, 0))
            var neighbours: [Int] = []
            if qubit % columns + 1 < columns { neighbours.append(qubit + 1) }
            if qubit + columns < count { neighbours.append(qubit + columns) }
            for other in neighbours {
                let own = error * (0.8 + 0.1 * Double((qubit + other) % 5))
                gates += [[qubit, other], [other, qubit]].map { gate("cz", $0, own, 70) }
            }
        }
        configuration = Data(
            (#"{"backend_name": "\#(Self.name)", "n_qubits": \#(count), "#
                + #""basis_gates": ["cz", "rz", "sx", "x"], "default_rep_delay": 200}"#).utf8)
        properties = Data(
            #"{"qubits": [\#(qubits.joined(separator: ","))], "gates": [\#(gates.joined(separator: ","))]}"#
                .utf8)
    }
}
