import Circuits
import Execution
import LinearAlgebra
import Noise
import ReferenceSimulation
import Testing

/// Estimates from measurement settings, shots and mitigation.
struct MeasurementTests {
    /// One task: RY(0.9) on qubit 0, CX, RX(0.4) on qubit 1, read as Z0, Z1 and X0X1.
    private static func plan(_ noise: NoiseModel? = nil) throws -> ExecutionPlan {
        var circuit = Circuit(qubitCount: 2)
        try circuit.append(.rotation(.y, 0, .constant(0.9)))
        try circuit.append(.controlledX(control: 0, target: 1))
        try circuit.append(.rotation(.x, 1, .constant(0.4)))
        let task = try TaskCircuit(
            register: [0, 1], block: Circuit(qubitCount: 2),
            observables: [.z(0), .z(1), .all(.x, on: [0, 1])])
        return ExecutionPlan(
            try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task]), noise: noise)
    }

    private func noise(_ name: String) throws -> NoiseModel {
        try NoiseDescription(named: name).model(qubitCount: 2)
    }

    private func batch(_ samples: Int) -> ParameterBatch {
        ParameterBatch(features: Matrix(rows: samples, columns: 0), parameters: [])
    }

    private func measure(
        _ measurement: Measurement, _ plan: ExecutionPlan, samples: Int = 1
    ) async throws -> MeasuredExpectations {
        try await MeasuringBackend(ReferenceBackend(), measurement).measure(plan, inputs: batch(samples))
    }

    private func exact(_ plan: ExecutionPlan) async throws -> [Double] {
        try await ReferenceBackend().expectations(plan, inputs: batch(1)).elements.map(Double.init)
    }

    // Z0 and Z1 are read together, X0X1 needs a circuit of its own.
    @Test func commutingObservablesShareASetting() async throws {
        let backend = MeasuringBackend(ReferenceBackend(), Measurement(shots: 100))
        let cost = await backend.cost(of: try Self.plan())
        #expect(cost == MeasurementCost(circuits: 2, shots: 200, gateFactor: 1))
        let folded = MeasuringBackend(ReferenceBackend(), Measurement(extrapolation: .linear))
        let foldedCost = await folded.cost(of: try Self.plan())
        #expect(foldedCost == MeasurementCost(circuits: 6, shots: nil, gateFactor: 9))
    }

    @Test func withoutShotsValuesAreExact() async throws {
        let plan = try Self.plan(noise("readout:0.1"))
        let measured = try await measure(Measurement(), plan)
        let expected = try await exact(plan)
        #expect(zip(measured.values[0], expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(measured.standardErrors[0] == [0, 0, 0])
    }

    /// The number of ones in 8 shots is binomial: 10,000 repeats against its nine probabilities.
    @Test func outcomesPassAChiSquareTest() async throws {
        let plan = try Self.plan()
        let repeats = 10_000
        let values = try await measure(Measurement(shots: 8), plan, samples: repeats).values
        let one = (1 - (try await exact(plan))[0]) / 2
        var counts = [Int](repeating: 0, count: 9)
        for row in values { counts[Int(((1 - row[0]) / 2 * 8).rounded())] += 1 }
        let choices: [Double] = [1, 8, 28, 56, 70, 56, 28, 8, 1]
        var statistic = 0.0
        for ones in 0...8 {
            var expected = Double(repeats) * choices[ones]
            for shot in 0..<8 { expected *= shot < ones ? one : 1 - one }
            statistic += (Double(counts[ones]) - expected) * (Double(counts[ones]) - expected) / expected
        }
        #expect(statistic < 26.12)  // the 0.999 quantile of chi-square with 8 degrees of freedom
    }

    @Test func standardErrorsAreThoseOfRepeats() async throws {
        let plan = try Self.plan(noise("readout:0.1"))
        let measured = try await measure(
            Measurement(shots: 200, correctsReadout: true, extrapolation: .richardson), plan, samples: 2000)
        for readout in 0..<3 {
            let values = measured.values.map { $0[readout] }
            let mean = values.reduce(0, +) / 2000
            let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1999).squareRoot()
            let reported = measured.standardErrors.reduce(0) { $0 + $1[readout] } / 2000
            // The deviation of 2,000 values is itself uncertain by 1.6 %.
            #expect(abs(reported / deviation - 1) < 0.06)
        }
    }

    @Test func outcomesDependOnSeedAndAnglesOnly() async throws {
        let plan = try Self.plan()
        let whole = try await measure(Measurement(shots: 50, seed: 3), plan, samples: 5).values
        let split = MeasuringBackend(ReferenceBackend(), Measurement(shots: 50, seed: 3))
        let first = try await split.measure(plan, inputs: batch(2)).values
        let rest = try await split.measure(plan, inputs: batch(3)).values
        #expect(whole == first + rest)
        #expect(try await measure(Measurement(shots: 50, seed: 4), plan, samples: 5).values != whole)
        #expect(Set(whole.map { $0[2] }).count > 1)
    }

    @Test func readoutCorrectionGivesTheValuesBehindTheReadout() async throws {
        let expected = try await exact(Self.plan())
        let wrong = try Self.plan(noise("readout:0.1"))
        let raw = try await exact(wrong)
        let corrected = try await measure(Measurement(correctsReadout: true), wrong).values[0]
        #expect(zip(corrected, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(zip(raw, expected).contains { abs($0 - $1) > 0.05 })
    }

    /// Depolarising noise makes values decay almost exponentially with its strength.
    @Test(arguments: Extrapolation.allCases) func extrapolationComesCloserToNoNoise(kind: Extrapolation)
        async throws
    {
        let expected = try await exact(Self.plan())
        let noisy = try Self.plan(noise("depolarizing:0.02"))
        let raw = try await exact(noisy)
        let mitigated = try await measure(Measurement(extrapolation: kind), noisy).values[0]
        for readout in 0..<3 {
            let limit = kind == .linear ? 0.2 : 0.02
            #expect(
                abs(mitigated[readout] - expected[readout]) < limit * abs(raw[readout] - expected[readout]))
        }
    }

    @Test func extrapolatedValuesHaveNoGradients() async throws {
        let plan = try Self.plan()
        let backend = MeasuringBackend(ReferenceBackend(), Measurement(shots: 10, extrapolation: .linear))
        let one = Cotangent(Matrix(rows: 1, columns: 3, repeating: 1))
        await #expect(throws: BackendError.self) {
            try await backend.gradients(plan, inputs: batch(1), cotangent: one)
        }
    }
}
