import Noise

extension DeviceTarget {
    /// The device that calibration files describe.
    ///
    /// A qubit without a readout error and a gate without an error are taken for broken.
    ///
    /// `usesFractionalGates`: whether rotations about X and ZZ by any angle are used where the device has them.
    public init(_ calibration: DeviceCalibration, usesFractionalGates: Bool = true) {
        let gates = calibration.gates
        func turnError(_ qubit: Int) -> Double { gates["sx"]?[[qubit]]?.error ?? 1 }
        func errors(of gate: String) -> [Coupling: Double] {
            (gates[gate] ?? [:]).reduce(into: [:]) { errors, entry in
                guard entry.key.count == 2 else { return }
                errors[Coupling(entry.key[0], entry.key[1])] = entry.value.error ?? 1
            }
        }
        func isFractional(_ gate: String) -> Bool {
            usesFractionalGates && calibration.basisGates.contains(gate)
        }
        guard let entangler = Entangler(rawValue: calibration.entangler) else {
            preconditionFailure("a calibration has one of the entanglers")
        }
        self.init(
            name: calibration.name, qubitCount: calibration.qubitCount, entangler: entangler,
            hasRotationX: isFractional("rx"),
            turnErrors: (0..<calibration.qubitCount).map(turnError),
            readoutErrors: calibration.qubits.map { qubit in
                qubit.readout.map { ($0.zeroToOne + $0.oneToZero) / 2 } ?? 1
            }, couplingErrors: errors(of: calibration.entangler),
            rotationZZErrors: isFractional("rzz") ? errors(of: "rzz") : [:])
    }
}
