import Circuits
import Execution
import Foundation
import Noise

/// A noisy circuit with expectation values from Qiskit Aer's density-matrix method; see `Vectors/make_noise_vectors.py`.
public struct NoiseVector: Decodable, Sendable, CustomStringConvertible {
    /// The case's name.
    public let name: String
    private let qubits: Int
    private let gates: [GateEntry]
    private let noise: NoiseDescription
    private let observables: [String]
    /// Aer's values, one for each observable.
    public let expectations: [Double]

    /// Name, qubits and angle of a gate.
    private struct GateEntry: Decodable, Sendable {
        let name: GateKind
        let qubits: [Int]
        let angle: Double?

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            name = try list.decode(GateKind.self)
            qubits = try list.decode([Int].self)
            angle = try list.decodeIfPresent(Double.self)
        }

        var gate: Gate {
            let turn = Angle.constant(angle ?? 0)
            return switch name {
            case .hadamard: .hadamard(qubits[0])
            case .pauliX: .pauli(.x, qubits[0])
            case .pauliY: .pauli(.y, qubits[0])
            case .pauliZ: .pauli(.z, qubits[0])
            case .rotationX: .rotation(.x, qubits[0], turn)
            case .rotationY: .rotation(.y, qubits[0], turn)
            case .rotationZ: .rotation(.z, qubits[0], turn)
            case .controlledZ: .controlledZ(qubits[0], qubits[1])
            case .controlledX: .controlledX(control: qubits[0], target: qubits[1])
            }
        }
    }

    private static let folder = Bundle.module.resourceURL!.appending(path: "Vectors")

    private static func load(_ file: String) -> [NoiseVector] {
        do {
            return try JSONDecoder().decode(
                [NoiseVector].self, from: Data(contentsOf: folder.appending(path: file)))
        } catch {
            preconditionFailure("\(file): \(error)")
        }
    }

    /// Every channel on random circuits, and both device models.
    public static let all = load("noise-channels.json") + load("noise-devices.json")

    /// The circuit under its noise, with the observables as readouts of one task.
    public func plan() throws -> ExecutionPlan {
        var circuit = Circuit(qubitCount: qubits)
        for entry in gates { try circuit.append(entry.gate) }
        let task = try TaskCircuit(
            register: Array(0..<qubits), block: Circuit(qubitCount: qubits),
            observables: observables.map { PauliString($0)! })
        var description = noise
        description.makeAbsolute(from: Self.folder)
        return ExecutionPlan(
            try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task]),
            noise: try description.model(qubitCount: qubits))
    }

    /// The name.
    public var description: String { name }
}
