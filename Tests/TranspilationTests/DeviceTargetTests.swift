import Foundation
import Noise
import Testing
import Transpilation

struct DeviceTargetTests {
    /// A line of four qubits whose gate runs downwards only; qubit 3 cannot be read, and gate 1-0 is broken on request.
    private func target(broken: Bool, basisGates: String) throws -> DeviceTarget {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func parameter(_ name: String, _ value: Double) -> String {
            "{\"name\": \"\(name)\", \"unit\": \"\", \"value\": \(value)}"
        }
        func gate(_ name: String, _ qubits: [Int], _ error: Double) -> String {
            "{\"gate\": \"\(name)\", \"qubits\": \(qubits), \"parameters\": [\(parameter("gate_error", error))]}"
        }
        let qubits = (0..<4).map { qubit in
            qubit == 3
                ? "[]"
                : "[\(parameter("prob_meas0_prep1", 0.03)), \(parameter("prob_meas1_prep0", 0.01))]"
        }
        let gates =
            (0..<4).map { gate("sx", [$0], 0.001) }
            + (0..<3).map { gate("ecr", [$0 + 1, $0], broken && $0 == 0 ? 1 : 0.01) }
        let configuration = folder.appending(path: "c.json")
        let properties = folder.appending(path: "p.json")
        try "{\"backend_name\": \"four\", \"n_qubits\": 4, \"basis_gates\": \(basisGates)}"
            .write(to: configuration, atomically: true, encoding: .utf8)
        try "{\"qubits\": [\(qubits.joined(separator: ", "))], \"gates\": [\(gates.joined(separator: ", "))]}"
            .write(to: properties, atomically: true, encoding: .utf8)
        return DeviceTarget(try DeviceCalibration(configuration: configuration, properties: properties))
    }

    @Test func calibrationSaysWhatWorks() throws {
        let whole = try target(broken: false, basisGates: "[\"ecr\", \"rz\", \"sx\", \"x\"]")
        #expect(whole.name == "four" && whole.qubitCount == 4)
        #expect(whole.entangler == .echoedCrossResonance && !whole.hasRotationX)
        #expect(whole.couplingErrors == [.init(1, 0): 0.01, .init(2, 1): 0.01])
        #expect(whole.qubitErrors.keys.sorted() == [0, 1, 2])
        #expect(abs((whole.qubitErrors[0] ?? 0) - (0.001 + 0.02)) < 1e-12)
        let broken = try target(broken: true, basisGates: "[\"ecr\", \"rx\", \"rz\", \"sx\", \"x\"]")
        #expect(broken.couplingErrors == [.init(2, 1): 0.01])
        #expect(broken.hasRotationX)
    }
}
