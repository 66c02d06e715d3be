import Circuits
import Foundation
import Noise
import OpenQASM
import Testing
import Transpilation

/// What `check_transpilation.py` compares with Qiskit.
struct PresetExport {
    private static let environment = ProcessInfo.processInfo.environment

    /// A PUB's rows, and the device's qubits of the circuit's at the end.
    private struct Rows: Encodable {
        var final: [Int]
        var features: [[Double]]
        var angles: [[Double]]
    }

    @Test(.enabled(if: environment["QMTL_TRANSPILED"] != nil && environment["QMTL_DEVICES"] != nil))
    func writePresets() throws {
        let folder = URL(filePath: Self.environment["QMTL_TRANSPILED"] ?? "")
        let documents = URL(filePath: Self.environment["QMTL_DEVICES"] ?? "")
        let names = ["ibm_kingston", "ibm_sherbrooke", "ibm_kingston.fractional"]
        let devices = try names.map { name in
            let parts = name.split(separator: ".", maxSplits: 1)
            let kind = parts.count > 1 ? ".\(parts[1])" : ""
            let calibration = try DeviceCalibration(
                configuration: documents.appending(path: "\(parts[0]).configuration\(kind).json"),
                properties: documents.appending(path: "\(parts[0]).properties.json"))
            return (name, DeviceTarget(calibration))
        }
        var circuits: [(String, Circuit)] = []
        for preset in Preset.all {
            for tasks in [4, 16, 48] {
                let outputs = (0..<tasks).map { [1, 3, 5][$0 % 3] }
                let whole = try preset.circuit(
                    outputs: tasks == 48 ? Array(repeating: 1, count: 48) : outputs)
                circuits.append(
                    ("\(preset.name)-\(tasks)", whole.wholeCircuit ?? whole.circuit(ofTask: tasks / 2)))
            }
        }
        for tasks in [64, 80, 100] {
            let whole = try Preset.paper.circuit(outputs: Array(repeating: 1, count: tasks))
            circuits.append(("paper-\(tasks)", whole.circuit(ofTask: 0)))
        }
        for pattern in [Entangler.Pattern.ring, .full] {
            for kind in Entangler.Kind.allCases {
                let stage = EncodingStage(data: .y, trainable: [.z], entangler: Entangler(pattern, kind))
                let encoding = Encoding(
                    qubitCount: 6, featureCount: 12, stages: [stage, stage])
                circuits.append(("\(pattern.rawValue)-\(kind.rawValue)-6", encoding.circuit))
            }
        }
        // Controlled rotations and rotations about ZZ.
        for template in BlockTemplate.simCircuits {
            var preset = Preset.deep
            preset.block = template.block
            let sizes = Preset.Sizes(qubits: 4, features: 4, register: 4, layers: 1)
            circuits.append(
                (template.name, try preset.circuit(outputs: [1], sizes: sizes).circuit(ofTask: 0)))
        }
        for (qubits, features) in [(4, 4), (6, 12)] {
            var preset = Preset.deep
            preset.stages = EncodingTemplate.iqp.stages
            let sizes = Preset.Sizes(qubits: qubits, features: features)
            circuits.append(
                ("iqp-\(features)", try preset.circuit(outputs: [1], sizes: sizes).circuit(ofTask: 0)))
        }
        for (name, circuit) in circuits {
            let parameters = (0..<circuit.parameterCount).map { 0.1 + 0.37 * Double($0 % 11) }
            let single = try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [])
            let program = OpenQASMProgram(single.fixing(parameters: parameters).encoding)
            try program.text.write(
                to: folder.appending(path: "\(name).qasm"), atomically: true, encoding: .utf8)
            for (deviceName, device) in devices {
                let start = ContinuousClock.now
                let native = try Transpiler(to: device).transpile(circuit)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                #expect(native.keepsToDevice)
                if circuit.qubitCount <= 10 {
                    let features = (0..<circuit.featureCount).map { 0.2 + 0.1 * Double($0) }
                    #expect(
                        native.distance(to: circuit, features: features, parameters: parameters) < rounding)
                }
                var rows = Rows(final: native.finalLayout, features: [], angles: [])
                for row in 0..<6 {
                    // Of every size and sign, and whole quarter turns.
                    let features = (0..<circuit.featureCount).map { index in
                        row == 0
                            ? Double(index % 9 - 4) * .pi / 2 : Double(row) * 2 * sin(Double(index * 7 + row))
                    }
                    rows.features.append(features)
                    rows.angles.append(native.angles(features: features, parameters: parameters))
                }
                try JSONEncoder().encode(rows).write(
                    to: folder.appending(path: "\(name)@\(deviceName).json"))
                try native.openQASM.write(
                    to: folder.appending(path: "\(name)@\(deviceName).qasm"), atomically: true,
                    encoding: .utf8)
                print(
                    "\(name) \(deviceName) \(circuit.qubitCount) qubits \(native.entanglerCount) in \(seconds) s"
                )
            }
        }
    }
}
