import IBMQuantum
import SimulatedIBMQuantum
import Testing

/// Every gate of two qubits brings its own noise, once, in either order of its qubits.
struct SimulatedDeviceTests {
    private static let error = 0.02
    /// What the lattice gives the pair of its first two qubits.
    private static let pairError = 0.9 * error

    /// On |00> a depolarising channel of strength p leaves 1 - p of Z, and relaxation leaves it as it is.
    ///
    /// An average error e of two qubits is p = 4 e / 3, less what relaxation makes of it.
    @Test(arguments: [
        (LatticeDevice.Gates.controlledZ, "cz $0, $1;", pairError),
        (.controlledZ, "cz $1, $0;", pairError),
        (.fractional, "cz $1, $0;", pairError),
        (.fractional, "rzz(0.3) $0, $1;", 2 * pairError),
        (.fractional, "rzz(0.3) $1, $0;", 2 * pairError),
        (.echoedCrossResonance, "x $1; ecr $1, $0;", pairError),
    ])
    func gatesBringTheirNoise(gates: LatticeDevice.Gates, gate: String, error: Double) async throws {
        let device = SimulatedDevice(
            calibration: try LatticeDevice(1, 2, error: Self.error, gates: gates).calibration)
        func value(_ gate: String) async throws -> Double {
            let circuit = """
                OPENQASM 3.0;
                include "stdgates.inc";
                bit[1] c;
                gate ecr a, b { s a; sx b; cx a, b; x a; }
                gate rzz(p) a, b { cx a, b; rz(p) b; cx a, b; }
                \(gate.replacing("; ", with: ";\n"))
                c[0] = measure $1;
                """
            let outcomes = try await device.distributions(SamplerBloc(circuit: circuit, shots: 1))[0][0]
            // A 1 is read as 0 with 2.6 times the error of the lattice, a 0 as 1 with 1.5 times.
            let (toZero, toOne) = (2.6 * Self.error, 1.5 * Self.error)
            return (outcomes[0] - outcomes[1] - toZero + toOne) / (1 - toZero - toOne)
        }
        // An X before an echoed cross resonance undoes that of the gate, and brings noise of its own.
        let plain = try await value(gate.hasPrefix("x") ? "x $1;" : "rz(0.1) $1;")
        let loss = 1 - abs(try await value(gate) / plain)
        #expect(loss < 4 / 3 * error && loss > 0.8 * 4 / 3 * error, "\(loss)")
    }
}
