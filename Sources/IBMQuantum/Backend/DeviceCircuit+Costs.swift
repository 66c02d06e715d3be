import Noise
import Transpilation

/// What a circuit takes of a device and how well it goes, by the calibration.
extension DeviceCircuit {
    /// Microseconds between shots where the device does not tell: what IBM's devices have.
    private static let repetitionDelay = 250.0

    /// The circuit's share of a report, for `rows` rows.
    func costs(rows: Int, shots: Int, on calibration: DeviceCalibration) -> HardwareReport.Circuit {
        var used = Set(registers.flatMap(\.qubits))
        var gates: [String: Int] = [:]
        var (depths, ends): ([Int: Int], [Int: Double]) = ([:], [:])
        for instruction in native.instructions {
            gates[name(of: instruction), default: 0] += 1
            used.formUnion(instruction.qubits)
            if case .rotationZ = instruction { continue }
            let depth = instruction.qubits.reduce(0) { max($0, depths[$1, default: 0]) } + 1
            let length = calibration.gates[name(of: instruction)]?[instruction.qubits]?.length ?? 0
            let end = instruction.qubits.reduce(0) { max($0, ends[$1, default: 0]) } + length
            for qubit in instruction.qubits { (depths[qubit], ends[qubit]) = (depth, end) }
        }
        let readout = registers.flatMap(\.qubits)
            .reduce(0) { max($0, calibration.qubits[$1].readoutLength ?? 0) }
        let duration = ((ends.values.max() ?? 0) + readout) / 1000
        return HardwareReport.Circuit(
            tasks: registers.map(\.measured.task),
            settings: registers.map { register in
                register.measured.setting.product((1 << register.qubits.count) - 1).description
            },
            qubits: used.count, depth: depths.values.max() ?? 0, gates: gates,
            plainTwoQubitGates: plainEntanglerCount, angles: native.angleCount, rows: rows, shots: shots,
            shotDuration: duration + (calibration.repetitionDelay ?? Self.repetitionDelay))
    }

    /// What can go wrong with a register's outcome: two-qubit gates in its past, and the chance that nothing does.
    func quality(
        of register: Register, on calibration: DeviceCalibration
    ) -> (twoQubitGates: Int, fidelity: Double) {
        var (gates, fidelity) = (0, 1.0)
        var past = Set(register.qubits)
        for qubit in register.qubits {
            fidelity *= calibration.qubits[qubit].readout.map { 1 - ($0.zeroToOne + $0.oneToZero) / 2 } ?? 1
        }
        for instruction in native.instructions.reversed()
        where !past.isDisjoint(with: instruction.qubits) {
            past.formUnion(instruction.qubits)
            fidelity *= 1 - (calibration.gates[name(of: instruction)]?[instruction.qubits]?.error ?? 0)
            if instruction.qubits.count == 2 { gates += 1 }
        }
        return (gates, fidelity)
    }

    private func name(of instruction: NativeCircuit.Instruction) -> String {
        switch instruction {
        case .rotationZ: "rz"
        case .rotationX: "rx"
        case .squareRootX: "sx"
        case .flip: "x"
        case .entangler: native.target.entangler.rawValue
        case .rotationZZ: "rzz"
        }
    }
}
