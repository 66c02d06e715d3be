import Circuits
import Foundation
import Noise
import Testing

/// Calibration files, their noise and where a circuit is laid.
struct DeviceCalibrationTests {
    /// A line of six qubits 0-1-2-3-4-5; the gate 2-3 is broken in `broken`, and qubit 5 cannot be read.
    private func calibration(broken: Bool = false) throws -> DeviceCalibration {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let qubits = (0..<6).map { qubit in
            let readout =
                #", {"name": "prob_meas0_prep1", "unit": "", "value": 0.02}, "#
                + #"{"name": "prob_meas1_prep0", "unit": "", "value": 0.01}"#
            return #"[{"name": "T1", "unit": "us", "value": 100}, {"name": "T2", "unit": "us", "value": 250}"#
                + (qubit == 5 ? "]" : readout + "]")
        }
        func gate(_ name: String, _ qubits: [Int], _ error: Double, _ length: Int) -> String {
            #"{"gate": "\#(name)", "qubits": \#(qubits), "parameters": [{"name": "gate_error", "unit": "", "#
                + #""value": \#(error)}, {"name": "gate_length", "unit": "ns", "value": \#(length)}]}"#
        }
        let gates =
            (0..<6).flatMap { [gate("sx", [$0], 0.001, 50), gate("x", [$0], 0.001, 50)] }
            + (0..<5).map { gate("cz", [$0 + 1, $0], broken && $0 == 2 ? 1 : 0.01, 500) }
        let configuration = folder.appending(path: "c.json")
        let properties = folder.appending(path: "p.json")
        try #"{"backend_name": "six", "n_qubits": 6, "basis_gates": ["cz", "sx", "x", "rz"]}"#
            .write(to: configuration, atomically: true, encoding: .utf8)
        try #"{"qubits": [\#(qubits.joined(separator: ", "))], "gates": [\#(gates.joined(separator: ", "))]}"#
            .write(to: properties, atomically: true, encoding: .utf8)
        return try DeviceCalibration(configuration: configuration, properties: properties)
    }

    /// Depolarising and relaxation together have the calibrated fidelity: the depolarising channel makes up the rest.
    @Test func channelsHaveTheCalibratedFidelity() throws {
        let model = try calibration().noiseModel(layout: [0, 1])
        let single = model.channels(after: .hadamard(0)).map(\.channel.transfer)
        let product = single.dropFirst().reduce(single[0]) { $1 * $0 }
        let fidelity = ((0..<4).reduce(0) { $0 + product[$1, $1] } / 4 * 2 + 1) / 3
        #expect(abs(1 - fidelity - 0.001) < 1e-12)

        let pair = model.channels(after: .controlledZ(0, 1)).map { channel, qubits in
            qubits.count == 2 ? channel.transfer : channel.transfer.onPair(position: qubits[0])
        }
        #expect(pair.count == 3)
        let both = pair.dropFirst().reduce(pair[0]) { $1 * $0 }
        let process = (0..<16).reduce(0) { $0 + both[$1, $1] } / 16
        #expect(abs(1 - (process * 4 + 1) / 5 - 0.01) < 1e-12)
    }

    @Test func rotationsAboutZAreFreeAndOthersTakeTwoNativeGates() throws {
        let model = try calibration().noiseModel(layout: [0, 1])
        #expect(model.channels(after: .rotation(.z, 0, .constant(1))).isEmpty)
        #expect(model.channels(after: .rotation(.x, 0, .constant(1))).count == 4)
        #expect(model.channels(after: .hadamard(0)).count == 2)
        #expect(model.readoutError(of: 1)?.oneToZero == 0.02)
    }

    @Test func linesAvoidWhatIsBroken() throws {
        #expect(Set(try calibration().line(length: 5)) == [0, 1, 2, 3, 4])  // qubit 5 cannot be read
        #expect(throws: NoiseError.noLine(device: "six", length: 6)) { try calibration().line(length: 6) }
        #expect(Set(try calibration(broken: true).line(length: 3)) == [0, 1, 2])
        #expect(throws: NoiseError.noLine(device: "six", length: 4)) {
            try calibration(broken: true).line(length: 4)
        }
    }

    @Test func circuitsMustFitTheDevice() throws {
        let model = try calibration().noiseModel(layout: [0, 1, 2])
        var circuit = Circuit(qubitCount: 3)
        try circuit.append(.controlledZ(0, 2))
        let apart = try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [])
        #expect(throws: NoiseError.uncoupledQubits(device: "six", first: 0, second: 2)) {
            try model.check(apart)
        }
        let wide = try MultiTaskCircuit(encoding: Circuit(qubitCount: 4), stageCount: 1, tasks: [])
        #expect(throws: NoiseError.tooManyQubits(device: "six", count: 4, available: 3)) {
            try model.check(wide)
        }
    }

    @Test func filesThatAreNoCalibrationsAreRefused() throws {
        let missing = URL(filePath: "/nowhere.json")
        let error = #expect(throws: NoiseError.self) {
            try DeviceCalibration(configuration: missing, properties: missing)
        }
        #expect(error.map { "\($0)" }?.contains("cannot be read") == true)
    }
}
