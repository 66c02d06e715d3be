import Circuits
import OpenQASM
import Testing
import Transpilation

struct TranspilerTests {
    private static let devices = [
        TestDevice.line(6), TestDevice.line(6, .echoedCrossResonance), TestDevice.line(6, hasRotationX: true),
        TestDevice.hexagon(.controlledZ), TestDevice.hexagon(.echoedCrossResonance),
        TestDevice.line(6, hasRotationX: true, hasRotationZZ: true), TestDevice.line(6, hasRotationZZ: true),
    ]

    /// One transpilation serves all features and trainable angles, and uses nothing the device does not have.
    @Test(arguments: 0..<30)
    func randomCircuitsAreExact(index: Int) throws {
        var random = RandomCircuits(index)
        let circuit = random.circuit(qubits: 1 + index % 6, gates: 10 + 2 * index)
        for device in Self.devices {
            let native = try Transpiler(to: device).transpile(circuit)
            #expect(native.keepsToDevice)
            for _ in 0..<3 {
                let (features, parameters) = (random.values(3), random.values(3))
                let distance = native.distance(to: circuit, features: features, parameters: parameters)
                #expect(distance < rounding, "\(device.entangler) \(device.qubitCount)")
            }
        }
    }

    /// At these angles turns vanish or are whole quarters, where Euler angles are ambiguous.
    @Test(arguments: [0, 1, 2, -2, 4, 6])
    func specialAnglesAreExact(quarters: Int) throws {
        let angle = Double(quarters) * .pi / 2
        var random = RandomCircuits(100)
        let circuit = random.circuit(qubits: 4, gates: 40)
        for device in Self.devices {
            let native = try Transpiler(to: device).transpile(circuit)
            let angles = Array(repeating: angle, count: 3)
            #expect(native.distance(to: circuit, features: angles, parameters: angles) < rounding)
        }
    }

    /// Presets meet neighbours on a line only, so no swap is needed.
    @Test(arguments: Preset.all)
    func presetsNeedNoSwaps(preset: Preset) throws {
        let circuit = try preset.circuit(outputs: [1, 1, 1]).circuit(ofTask: 0)
        let controlled = circuit.gates.count { $0.qubits.count == 2 }
        for device in [TestDevice.hexagon(.controlledZ), TestDevice.hexagon(.echoedCrossResonance)] {
            let native = try Transpiler(to: device).transpile(circuit)
            #expect(native.entanglerCount == controlled)
            #expect(native.initialLayout == native.finalLayout)
            #expect(native.keepsToDevice)
        }
    }

    @Test func sameSeedSameCircuit() throws {
        var random = RandomCircuits(7)
        let circuit = random.circuit(qubits: 6, gates: 60)
        let device = TestDevice.hexagon(.controlledZ)
        let first = try Transpiler(to: device, seed: 3).transpile(circuit)
        let second = try Transpiler(to: device, seed: 3).transpile(circuit)
        #expect(first.instructions == second.instructions && first.finalLayout == second.finalLayout)
    }

    @Test func brokenQubitsAreAvoided() throws {
        let pairs = (0..<9).map { ($0, $0 + 1) }
        let device = TestDevice.device(10, pairs: pairs, .controlledZ, broken: [4])
        var circuit = Circuit(qubitCount: 5)
        for qubit in 0..<4 { circuit.appendUnchecked(.controlledX(control: qubit, target: qubit + 1)) }
        let native = try Transpiler(to: device).transpile(circuit)
        #expect(Set(native.initialLayout) == [5, 6, 7, 8, 9])
        let wide = Circuit(qubitCount: 6)
        let error = TranspilationError.tooManyQubits(needed: 7, available: 5, device: "test")
        // Nothing meets there, so any places will do.
        #expect(throws: Never.self) { try Transpiler(to: device).transpile(wide) }
        var seven = Circuit(qubitCount: 7)
        for qubit in 0..<6 { seven.appendUnchecked(.controlledZ(qubit, qubit + 1)) }
        #expect(throws: error) { try Transpiler(to: device).transpile(seven) }
        #expect(error.description.contains("needs 7 qubits"))
    }

    @Test func betterQubitsAreChosen() throws {
        var couplings: [DeviceTarget.Coupling: Double] = [:]
        for qubit in 0..<5 { couplings[.init(qubit, qubit + 1)] = qubit == 3 ? 0.001 : 0.01 }
        let device = DeviceTarget(
            name: "test", qubitCount: 6, entangler: .controlledZ, hasRotationX: false,
            turnErrors: Array(repeating: 0.0002, count: 6), readoutErrors: Array(repeating: 0.01, count: 6),
            couplingErrors: couplings)
        var circuit = Circuit(qubitCount: 2)
        circuit.appendUnchecked(.controlledZ(0, 1))
        #expect(Set(try Transpiler(to: device).transpile(circuit).initialLayout) == [3, 4])
    }

    /// Read as OpenQASM, a native circuit has the device's gates on the device's qubits.
    @Test(arguments: [DeviceTarget.Entangler.controlledZ, .echoedCrossResonance])
    func textsAreRead(entangler: DeviceTarget.Entangler) throws {
        var random = RandomCircuits(8)
        let native = try Transpiler(to: TestDevice.line(4, entangler))
            .transpile(random.circuit(qubits: 4, gates: 20))
        let program = try OpenQASMProgram(native.openQASM)
        #expect(program.inputs.count == native.angleCount)
        #expect(native.openQASM.contains("\(entangler.rawValue) $"))
    }
}
