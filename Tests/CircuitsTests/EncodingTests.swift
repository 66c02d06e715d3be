import Circuits
import Testing

struct EncodingTests {
    private func gates(_ template: EncodingTemplate, features: Int) throws -> [Gate] {
        var preset = Preset.deep
        preset.stages = template.stages
        let circuit = try preset.circuit(
            outputs: [1], sizes: .init(qubits: 2, features: features, register: 1))
        #expect(circuit.featureCount == features)
        return circuit.encoding.gates
    }

    @Test func anglesFillStagesQubitByQubit() throws {
        #expect(
            try gates(.angleX, features: 3) == [
                .rotation(.x, 0, .feature(0)), .rotation(.x, 1, .feature(1)), .controlledZ(0, 1),
                .rotation(.x, 0, .feature(2)), .controlledZ(0, 1),
            ])
        #expect(
            try gates(.angleZ, features: 2) == [
                .hadamard(0), .hadamard(1), .rotation(.z, 0, .feature(0)), .rotation(.z, 1, .feature(1)),
                .controlledZ(0, 1),
            ])
    }

    @Test func denseAnglesPutSeveralFeaturesOnAQubit() throws {
        #expect(
            try gates(.denseAngle, features: 5) == [
                .rotation(.y, 0, .feature(0)), .rotation(.y, 1, .feature(1)),
                .rotation(.z, 0, .feature(2)), .rotation(.z, 1, .feature(3)), .controlledZ(0, 1),
                .rotation(.y, 0, .feature(4)), .controlledZ(0, 1),
            ])
        #expect(try gates(.denseAngle3, features: 6).compactMap(\.angle) == (0..<6).map { .feature($0) })
    }

    // Two uploads, each with a scale and a shift for both features and a rotation about Z on both qubits.
    @Test func reuploadingScalesAndShiftsEveryFeature() throws {
        func upload(_ first: Int) -> [Gate] {
            (0..<2).flatMap { qubit -> [Gate] in
                [
                    .rotation(.y, qubit, .parameter(first + 2 * qubit) * .feature(qubit)),
                    .rotation(.y, qubit, .parameter(first + 2 * qubit + 1)),
                ]
            } + [
                .rotation(.z, 0, .parameter(first + 4)), .rotation(.z, 1, .parameter(first + 5)),
                .controlledZ(0, 1),
            ]
        }
        #expect(try gates(.reuploading, features: 2) == upload(0) + upload(6))
    }

    @Test func iqpMultipliesFeaturesOfNeighbours() throws {
        let upload: [Gate] = [
            .hadamard(0), .hadamard(1), .rotation(.z, 0, .feature(0)), .rotation(.z, 1, .feature(1)),
            .controlledX(control: 0, target: 1), .rotation(.z, 1, .feature(0) * .feature(1)),
            .controlledX(control: 0, target: 1),
        ]
        #expect(try gates(.iqp, features: 2) == upload + upload)
    }

    @Test func amplitudesHaveAnAngleForEveryBranch() throws {
        var preset = Preset.deep
        preset.stages = EncodingTemplate.amplitude.stages
        let sizes = Preset.Sizes(qubits: 3, features: 6, register: 1)
        let circuit = try preset.circuit(outputs: [1], sizes: sizes)
        #expect(circuit.featureCount == 7)
        #expect(circuit.encoding.gates.count { $0.qubits.count == 2 } == 2 + 4)
        #expect(try preset.amplitudeEncoding(outputs: [1], sizes: sizes)?.featureCount == 6)
        #expect(try Preset.deep.amplitudeEncoding(outputs: [1], sizes: sizes) == nil)
    }
}
