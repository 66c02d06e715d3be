import Foundation
import Noise

/// The documents of a small device.
public struct LatticeDevice: Sendable {
    /// The two-qubit gates of a device.
    public enum Gates: Sendable, CaseIterable {
        /// Controlled Z in either order.
        case controlledZ
        /// Echoed cross resonance, towards the lower number between neighbours in a row, else towards the higher.
        case echoedCrossResonance
        /// Controlled Z, and rotations about X and ZZ by any angle.
        case fractional
    }

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

    /// A lattice of `rows` times `columns` qubits whose neighbours are coupled.
    ///
    /// `error`: that of a two-qubit gate; a turn has a tenth of it, a readout twice as much.
    public init(_ rows: Int, _ columns: Int, error: Double = 0.01, gates kind: Gates = .controlledZ) {
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
            let turns = kind == .fractional ? ["rx", "sx", "x"] : ["sx", "x"]
            gates += turns.map { gate($0, [qubit], error / 10, 40) }
            gates.append(gate("rz", [qubit], 0, 0))
            var neighbours: [Int] = []
            if qubit % columns + 1 < columns { neighbours.append(qubit + 1) }
            if qubit + columns < count { neighbours.append(qubit + columns) }
            for other in neighbours {
                let own = error * (0.8 + 0.1 * Double((qubit + other) % 5))
                let orders = [[qubit, other], [other, qubit]]
                switch kind {
                case .controlledZ: gates += orders.map { gate("cz", $0, own, 70) }
                case .echoedCrossResonance:
                    gates.append(gate("ecr", orders[other == qubit + 1 ? 1 : 0], own, 500))
                case .fractional:
                    gates += orders.map { gate("cz", $0, own, 70) }
                    // Unlike that of the other gate, so that a mix-up is seen.
                    gates += orders.map { gate("rzz", $0, 2 * own, 70) }
                }
            }
        }
        let basis =
            switch kind {
            case .controlledZ: ["cz", "rz", "sx", "x"]
            case .echoedCrossResonance: ["ecr", "rz", "sx", "x"]
            case .fractional: ["cz", "rx", "rz", "rzz", "sx", "x"]
            }
        configuration = Data(
            (#"{"backend_name": "\#(Self.name)", "n_qubits": \#(count), "max_shots": 100000, "#
                + #""basis_gates": \#(basis), "default_rep_delay": 200}"#).utf8)
        properties = Data(
            #"{"qubits": [\#(qubits.joined(separator: ","))], "gates": [\#(gates.joined(separator: ","))]}"#
                .utf8)
    }
}
