import Noise

extension DeviceTarget {
    /// The device that calibration files describe.
    ///
    /// A qubit without a readout error and a gate without an error are taken for broken.
    ///
    /// `usesFractionalGates`: whether RX of any angle is used where the device has it.
    public init(_ calibration: DeviceCalibration, usesFractionalGates: Bool = true) {
        let gates = calibration.gates
        func turnError(_ qubit: Int) -> Double { gates["sx"]?[[qubit]]?.error ?? 1 }
        var couplings: [Coupling: Double] = [:]
        for (pair, gate) in gates[calibration.entangler] ?? [:] where pair.count == 2 {
            couplings[Coupling(pair[0], pair[1])] = gate.error ?? 1
        }
        guard let entangler = Entangler(rawValue: calibration.entangler) else {
            preconditionFailure("a calibration has one of the entanglers")
        }
        self.init(
            name: calibration.name, qubitCount: calibration.qubitCount, entangler: entangler,
            hasRotationX: usesFractionalGates && calibration.basisGates.contains("rx"),
            turnErrors: (0..<calibration.qubitCount).map(turnError),
            readoutErrors: calibration.qubits.map { qubit in
                qubit.readout.map { ($0.zeroToOne + $0.oneToZero) / 2 } ?? 1
            }, couplingErrors: couplings)
    }
}
