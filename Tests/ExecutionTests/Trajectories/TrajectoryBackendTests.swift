import Circuits
import Execution
import LinearAlgebra
import Noise
import ReferenceSimulation
import Testing

/// Quantum trajectories against density matrices, channel by channel.
struct TrajectoryBackendTests {
    /// Two entangled qubits with features and trainable angles, and a trained block on both.
    private static func circuit() throws -> MultiTaskCircuit {
        var encoding = Circuit(qubitCount: 2, parameterCount: 2, featureCount: 2)
        for gate: Gate in [
            .rotation(.x, 0, .feature(0)), .rotation(.y, 1, .parameter(0)),
            .controlledX(control: 0, target: 1),
            .rotation(.z, 1, 0.5 * Angle.feature(1)), .rotation(.x, 1, .parameter(1)), .controlledZ(0, 1),
            .rotation(.y, 0, .feature(1)),
        ] { try encoding.append(gate) }
        var block = Circuit(qubitCount: 2, parameterCount: 2)
        for gate: Gate in [
            .rotation(.y, 0, .parameter(0)), .controlledX(control: 1, target: 0),
            .rotation(.x, 1, .parameter(1)),
        ] { try block.append(gate) }
        let observables = ["Z0", "X0*Y1", "Y1"].map { PauliString($0)! }
        let alone = try TaskCircuit(
            register: [1], block: Circuit(qubitCount: 1), observables: [PauliString("X0")!])
        return try MultiTaskCircuit(
            encoding: encoding, stageCount: 1,
            tasks: [TaskCircuit(register: [1, 0], block: block, observables: observables), alone])
    }

    /// Every channel of a noise file, strong enough to be seen.
    private static let channels: [String: @Sendable (GateKind) throws -> Channel] = [
        "depolarising": { try .depolarizing(probability: 0.2, qubitCount: $0.qubitCount) },
        "bit flip": { _ in try .bitFlip(probability: 0.15) },
        "phase flip": { _ in try .phaseFlip(probability: 0.15) },
        "Pauli": { try .pauli(probabilities: $0.qubitCount == 2 ? ["XY": 0.1, "ZI": 0.2] : ["Y": 0.2]) },
        "amplitude damping": { _ in try .amplitudeDamping(probability: 0.1) },
        "phase damping": { _ in try .phaseDamping(probability: 0.3) },
        "thermal relaxation, T2 < T1": { _ in try .thermalRelaxation(t1: 1, t2: 0.5, time: 0.1) },
        "thermal relaxation, T2 > T1": { _ in try .thermalRelaxation(t1: 1, t2: 1.9, time: 0.1) },
        "over-rotation": { .overRotation(of: $0, angle: 0.2) },
        "Kraus operators": { _ in
            // Damping behind a phase, with cosine 0.995 and sine 0.1, and a small turn about Y.
            let (sine, kept, lost) = (0.05, 0.95.squareRoot(), 0.05.squareRoot())
            let cosine = (1 - sine * sine).squareRoot()
            let rows = [
                [cosine, -sine, sine * kept, cosine * kept], [sine * lost, cosine * lost, 0, 0],
            ]
            return try Channel(
                krausOperators: rows.map { row in
                    Operator(
                        dimension: 2,
                        entries: row.enumerated().map { index, value in
                            index % 2 == 0 ? .init(value, 0) : .init(value * 0.99.squareRoot(), value * 0.1)
                        })
                })
        },
    ]

    private static func plan(_ channel: String) throws -> ExecutionPlan {
        var noise = NoiseModel()
        for kind in GateKind.allCases { try noise.add(channels[channel]!(kind), after: kind) }
        noise.set(try ReadoutError(zeroToOne: 0.02, oneToZero: 0.07))
        return ExecutionPlan(try circuit(), noise: noise)
    }

    private static let inputs = ParameterBatch(
        features: Matrix(rows: 2, columns: 2, elements: [0.4, -1.1, 1.3, 0.7]),
        parameters: [0.9, -0.6, 1.2, 0.5])

    @Test(arguments: channels.keys.sorted())
    func valuesTendToDensityMatrices(channel: String) async throws {
        let plan = try Self.plan(channel)
        let exact = try await ReferenceBackend().expectations(plan, inputs: Self.inputs)
        let backend = TrajectoryBackend(ReferenceBackend(), Trajectories(count: 2000, seed: 7))
        let measured = try await backend.measure(plan, inputs: Self.inputs)
        for sample in 0..<2 {
            for readout in 0..<exact.columns {
                let error = measured.standardErrors[sample][readout]
                let difference = measured.values[sample][readout] - Double(exact[sample, readout])
                #expect(abs(difference) < 4 * error + 1e-6, "sample \(sample), readout \(readout)")
                #expect(error < 0.2, "the estimate says something")
                // Nothing is drawn of a coherent error.
                #expect(channel != "over-rotation" || error == 0)
            }
        }
    }

    @Test(arguments: channels.keys.sorted())
    func gradientsTendToDensityMatrices(channel: String) async throws {
        let plan = try Self.plan(channel)
        let slopes = Matrix(
            rows: 2, columns: 4, elements: [0.5, -1, 0.25, 1, -0.75, 0.5, 1, -0.5])
        let exact = try await ReferenceBackend().gradients(
            plan, inputs: Self.inputs, cotangent: Cotangent(slopes))
        // Independent estimates, whose spread is the standard error of their mean.
        var estimates: [[Double]] = []
        for seed in 0..<16 {
            let backend = TrajectoryBackend(ReferenceBackend(), Trajectories(count: 100, seed: UInt64(seed)))
            let found = try await backend.gradients(
                plan, inputs: Self.inputs, cotangent: Cotangent(slopes))
            estimates.append((found.features.elements + found.parameters).map(Double.init))
        }
        let expected = (exact.features.elements + exact.parameters).map(Double.init)
        for (index, value) in expected.enumerated() {
            let values = estimates.map { $0[index] }
            let mean = values.reduce(0, +) / 16
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15
            let error = (variance / 16).squareRoot()
            // Student's distribution with 15 degrees of freedom: beyond 5 once in 6,000 times.
            #expect(abs(mean - value) < 5 * error + 1e-5, "angle \(index)")
        }
    }

    /// A qubit at |0> whose gate flips it: each trajectory reads 1 or -1, so the spread follows from the mean.
    @Test func standardErrorsAndSamplesAreIndependent() async throws {
        var encoding = Circuit(qubitCount: 1, featureCount: 1)
        try encoding.append(.rotation(.x, 0, .feature(0)))
        let circuit = try MultiTaskCircuit(
            encoding: encoding, stageCount: 1,
            tasks: [TaskCircuit(register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])])
        var noise = NoiseModel()
        try noise.add(.bitFlip(probability: 0.3), after: .rotationX)
        // Angles that differ by less than a value could show.
        let angles = (0..<20).map { Float($0) * 1e-6 }
        let count = 50.0
        let measured = try await TrajectoryBackend(ReferenceBackend(), Trajectories(count: Int(count)))
            .measure(
                ExecutionPlan(circuit, noise: noise),
                inputs: ParameterBatch(
                    features: Matrix(rows: 20, columns: 1, elements: angles), parameters: []))
        for (values, errors) in zip(measured.values, measured.standardErrors) {
            #expect(abs(errors[0] - ((1 - values[0] * values[0]) / (count - 1)).squareRoot()) < 1e-6)
        }
        let values = measured.values.map { $0[0] }
        // Means of 50 flips have a standard deviation of 0.13; twenty of them, from 0.07 to 0.19 nearly always.
        let mean = values.reduce(0, +) / 20
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19).squareRoot()
        #expect(abs(mean - 0.4) < 0.12)
        #expect((0.06...0.2).contains(deviation))
    }
}
