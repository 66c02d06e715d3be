import Circuits
import Testing
import Transpilation

/// Rotations about ZZ instead of two controlled Z, at angles that devices take.
struct FractionalGateTests {
    private static let quarters = [0, 1, 2, 3, 4, -1, -2, -3, -4, 7].map { Double($0) * .pi / 2 }

    private func transpile(_ gates: [Gate], qubits: Int = 2) throws -> (
        circuit: Circuit, native: NativeCircuit
    ) {
        var circuit = Circuit(qubitCount: qubits, parameterCount: 2, featureCount: 2)
        for gate in gates { try circuit.append(gate) }
        let device = TestDevice.line(max(qubits, 3), hasRotationX: true, hasRotationZZ: true)
        return (circuit, try Transpiler(to: device).transpile(circuit))
    }

    private func rotations(_ native: NativeCircuit) -> Int {
        native.instructions.count { if case .rotationZZ = $0 { true } else { false } }
    }

    /// States are made by turns first, so that a phase that a gate leaves is seen.
    private static let start: [Gate] = [
        .rotation(.y, 0, .constant(0.7)), .rotation(.x, 1, .constant(1.1)), .hadamard(0),
    ]
    private static let angle = Angle.feature(0) * .parameter(0)
    private static let whole: [(String, [Gate])] = [
        ("rzz", Gate.rotationZZ(0, 1, angle)),
        ("rxx", [.hadamard(0), .hadamard(1)] + Gate.rotationZZ(0, 1, angle) + [.hadamard(0), .hadamard(1)]),
        ("crx", Gate.controlledRotation(.x, control: 0, target: 1, angle)),
        ("cry", Gate.controlledRotation(.y, control: 1, target: 0, angle)),
        ("crz", Gate.controlledRotation(.z, control: 0, target: 1, angle)),
        ("cp", Gate.controlledRotation(.z, control: 0, target: 1, angle) + [.rotation(.z, 0, 0.5 * angle)]),
        (
            "general",
            [
                .controlledX(control: 0, target: 1), .rotation(.y, 1, .parameter(0)),
                .rotation(.z, 1, .feature(0)), .rotation(.x, 1, .parameter(1)), .rotation(.z, 0, .feature(1)),
                .controlledX(control: 0, target: 1),
            ]
        ),
    ]

    /// One circuit for all angles, quarter turns of either sign and several turns included.
    @Test(arguments: whole.indices)
    func oneRotationReplacesTwoControlledZ(index: Int) throws {
        let (circuit, native) = try transpile(Self.start + Self.whole[index].1 + Self.start)
        #expect(native.entanglerCount == 1 && rotations(native) == 1, "\(Self.whole[index].0)")
        for angle in Self.quarters + [0.3, -0.3, 1.7, -1.7, 2.9, 3.5, 1e-12, 50] {
            for (feature, parameter) in [(angle, 1), (1, angle), (-0.4, -angle)] {
                let distance = native.distance(
                    to: circuit, features: [feature, 0.9], parameters: [parameter, -2.2])
                #expect(distance < rounding, "\(Self.whole[index].0) at \(feature), \(parameter)")
            }
        }
    }

    @Test(arguments: quarters + [0.3, -0.3, 1.7, -1.7, 2.9, 3.5])
    func constantsAreFoldedOnce(angle: Double) throws {
        let gates = Self.start + Gate.rotationZZ(0, 1, .constant(angle)) + Self.start
        let (circuit, native) = try transpile(gates)
        #expect(native.angleCount == 0)
        #expect(native.distance(to: circuit, features: [0, 0], parameters: [0, 0]) < rounding)
        // Half a turn is Z on both qubits.
        #expect(native.entanglerCount == (abs(angle.remainder(dividingBy: .pi)) < rounding ? 0 : 1))
    }

    /// Gates that commute with the pair's stand between; those that do not keep it apart.
    @Test func whatCommutesMayStandBetween() throws {
        let parity = Gate.controlledX(control: 0, target: 1)
        let turn = Gate.rotation(.z, 1, .feature(0))
        let commuting: [Gate] = [.rotation(.z, 0, .parameter(0)), .controlledZ(0, 2), .pauli(.z, 0)]
        let (circuit, native) = try transpile(Self.start + [parity, turn] + commuting + [parity], qubits: 3)
        #expect(rotations(native) == 1 && native.entanglerCount == 2)
        #expect(native.distance(to: circuit, features: [2.5, 0], parameters: [0.6, 0]) < rounding)
        let apart = try transpile(
            Self.start + [parity, turn, .rotation(.x, 0, .parameter(0)), parity]
        ).native
        #expect(apart.entanglerCount == 2 && rotations(apart) == 0)
    }

    /// Three rotations in a row on a line, as an IQP encoding has them: three gates instead of six.
    @Test func commutingRotationsEachTakeOneGate() throws {
        var gates = (0..<4).map { Gate.hadamard($0) }
        for _ in 0..<2 {
            for qubit in 0..<4 { gates.append(.rotation(.z, qubit, .feature(qubit % 2))) }
            for qubit in 0..<3 {
                gates += Gate.rotationZZ(qubit, qubit + 1, .feature(qubit % 2) * .feature(0))
            }
            gates += (0..<4).map { Gate.hadamard($0) }
        }
        let (circuit, native) = try transpile(gates, qubits: 4)
        #expect(native.entanglerCount == 6 && rotations(native) == 6)
        for value in Self.quarters + [0.4, -2.7] {
            let distance = native.distance(to: circuit, features: [value, 1.3], parameters: [0, 0])
            #expect(distance < rounding)
        }
    }

    @Test func devicesWithoutItKeepControlledZ() throws {
        var circuit = Circuit(qubitCount: 2, featureCount: 1)
        for gate in Gate.rotationZZ(0, 1, .feature(0)) { try circuit.append(gate) }
        for device in [TestDevice.line(2), TestDevice.line(2, .echoedCrossResonance, hasRotationX: true)] {
            let native = try Transpiler(to: device).transpile(circuit)
            #expect(native.entanglerCount == 2 && rotations(native) == 0)
            #expect(!native.openQASM.contains("rzz"))
        }
    }
}
