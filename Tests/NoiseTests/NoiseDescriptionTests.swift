import Circuits
import Configuration
import Foundation
import Noise
import Testing

/// The YAML form of a noise model, and what is said of a wrong one.
struct NoiseDescriptionTests {
    private func read(_ yaml: String) throws -> NoiseDescription {
        try ConfigurationFile.decode(yaml: yaml, path: "noise.yaml")
    }

    @Test func rulesApplyByKindAndQubit() throws {
        let model = try read(
            """
            gates:
              - {gates: [rx, ry], channel: depolarizing, probability: 0.01}
              - {gates: [rx], qubits: [1], channel: thermal-relaxation, t1: 100, t2: 80, time: 0.5}
              - {gates: [cz], channel: depolarizing, probability: 0.1}
              - {gates: [cx], channel: bit-flip, probability: 0.1}
            readout:
              - {zero_to_one: 0.01, one_to_zero: 0.02}
              - {zero_to_one: 0.1, one_to_zero: 0.2, qubits: [3]}
            """
        ).model(qubitCount: 4)
        #expect(model.channels(after: .rotation(.x, 0, .constant(1))).map(\.qubits) == [[0]])
        #expect(model.channels(after: .rotation(.x, 1, .constant(1))).map(\.qubits) == [[1], [1]])
        #expect(model.channels(after: .rotation(.z, 1, .constant(1))).isEmpty)
        #expect(model.channels(after: .controlledZ(2, 1)).map(\.qubits) == [[2, 1]])
        #expect(model.channels(after: .controlledX(control: 2, target: 1)).map(\.qubits) == [[2], [1]])
        #expect(model.readoutError(of: 0)?.oneToZero == 0.02)
        #expect(model.readoutError(of: 3)?.oneToZero == 0.2)
    }

    @Test(arguments: NoiseDescription.builtInNames) func builtInModelsSurviveWritingAndReading(name: String)
        throws
    {
        let description = try NoiseDescription(named: "\(name):0.03")
        #expect(try read(ConfigurationFile.encode(description)) == description)
    }

    @Test func everyChannelSurvivesWritingAndReading() throws {
        let description = try read(
            """
            name: all
            gates:
              - {gates: [h], channel: pauli, probabilities: {X: 0.01, Z: 0.02}}
              - {gates: [x], qubits: [0], channel: thermal-relaxation, t1: 100, t2: 80, time: 0.5}
              - {gates: [cz], channel: over-rotation, angle: 0.1}
              - {gates: [y], channel: kraus, operators: [[[[0, 0], [1, 0]], [[1, 0], [0, 0]]]]}
            device: {configuration: a.json, properties: b.json, qubits: [3, 1]}
            """)
        #expect(try read(ConfigurationFile.encode(description)) == description)
    }

    // Key, line and what the value must be, as a person reads it.
    @Test(arguments: [
        ("{gates: [rx], channel: depolarizing, probability: 1.5}", "a probability from 0 to 1"),
        ("{gates: [rx, u7], channel: bit-flip, probability: 0.5}", "one of h, x, y, z, rx"),
        ("{gates: [rx], channel: depolarising, probability: 0.5}", "one of depolarizing"),
        (
            "{gates: [rx], channel: thermal-relaxation, t1: 10, t2: 30, time: 1}",
            "at most twice t1, that is 20"
        ),
        (
            "{gates: [rx], channel: kraus, operators: [[[[0.5, 0], [0, 0]], [[0, 0], [0.5, 0]]]]}",
            "preserves the trace"
        ),
        ("{gates: [rx], channel: kraus, operators: [[[[1, 0]]]]}", "2 rows of 2 or 4 rows of 4"),
        (
            "{gates: [rx], channel: pauli, probabilities: {XX: 0.5}}",
            "one-qubit channel behind one-qubit gates"
        ),
        ("{gates: [rx], channel: pauli, probabilities: {A: 0.5}}", "words of I, X, Y, Z"),
        ("{gates: [rx], channel: bit-flip, probability: 0.5, qubit: 3}", "qubit"),
    ])
    func wrongRulesAreRefusedWhereTheyStand(rule: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read("name: a\ngates:\n  - \(rule)\n") }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains(message) && text.contains("noise.yaml, line 3"), "\(text)")
    }

    @Test func unknownNamesAreRefused() {
        #expect(throws: NoiseError.unknownModel(name: "fog:0.1")) { try NoiseDescription(named: "fog:0.1") }
        #expect(throws: NoiseError.unknownModel(name: "depolarizing")) {
            try NoiseDescription(named: "depolarizing")
        }
        #expect(throws: NoiseError.self) { try NoiseDescription(named: "bit-flip:1.5") }
    }
}
