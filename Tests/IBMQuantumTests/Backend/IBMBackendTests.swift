import Circuits
import Execution
import IBMQuantum
import LinearAlgebra
import Noise
import ReferenceSimulation
import SimulatedIBMQuantum
import Testing

/// Estimates on a simulated device: settings, tasks measured together, noise, gradients, budget.
struct IBMBackendTests {
    /// Less than shot noise can be told from, so that exact values are those of the plain circuit.
    private static let almostNoError = 1e-6

    private func inputs(_ plan: ExecutionPlan, samples: Int) -> ParameterBatch {
        let circuit = plan.circuit
        return ParameterBatch(
            features: Matrix(
                rows: samples, columns: circuit.featureCount,
                elements: (0..<samples * circuit.featureCount).map { Float($0 * 37 % 61) / 20 - 1.5 }),
            parameters: (0..<circuit.parameterCount).map { Float($0 * 23 % 41) / 13 - 1.5 })
    }

    /// Estimates lie within their own standard errors of what the plain circuit gives.
    @Test(arguments: [(Preset.paper, 12), (.deep, 12), (.separable, 12), (.hqsl, 3)])
    func estimatesAreThoseOfThePlainCircuit(preset: Preset, features: Int) async throws {
        let plan = ExecutionPlan(
            try preset.circuit(
                outputs: [1, 3, 1], sizes: .init(qubits: 6, features: features, register: 2)))
        let calibration = try LatticeDevice(3, 4, error: Self.almostNoError).calibration
        let backend = IBMBackend(
            calibration, sampler: SimulatedDevice(calibration: calibration), options: .init(shots: 4000))
        let inputs = inputs(plan, samples: 3)
        let found = try await backend.measure(plan, inputs: inputs)
        let expected = try await ReferenceBackend().expectations(plan, inputs: inputs)
        for row in 0..<3 {
            for column in 0..<plan.circuit.readoutCount {
                let error = abs(found.values[row][column] - Double(expected[row, column]))
                #expect(error < 5 * found.standardErrors[row][column] + 0.002)
            }
        }
    }

    @Test func localTasksShareACircuitAndOthersHaveTheirOwn() async throws {
        let calibration = try LatticeDevice(4, 6).calibration
        func circuits(_ circuit: MultiTaskCircuit) async throws -> HardwareReport {
            let backend = IBMBackend(calibration, sampler: nil, options: .init(shots: 100))
            let plan = ExecutionPlan(circuit)
            _ = try await backend.expectations(plan, inputs: inputs(plan, samples: 5))
            return await backend.report
        }
        // Z of every task in one circuit; X0X1 of the three-class task needs another.
        let local = try await circuits(Preset.paper.circuit(outputs: [1, 3, 1]))
        #expect(local.circuits.map(\.tasks) == [[0, 1, 2], [1]])
        #expect(local.circuits.map(\.rows) == [5, 5] && local.executions == 1000)
        #expect(local.circuits[0].settings == ["Z0", "Z0*Z1", "Z0"])
        #expect(local.circuits[1].settings == ["X0*X1"])
        #expect(local.tasks.map(\.circuits) == [1, 2, 1])
        // Tasks with blocks of their own on the same qubits.
        var encoding = Circuit(qubitCount: 1, featureCount: 1)
        try encoding.append(.rotation(.y, 0, .feature(0)))
        var block = Circuit(qubitCount: 1, parameterCount: 1)
        try block.append(.rotation(.x, 0, .parameter(0)))
        let task = try TaskCircuit(register: [0], block: block, observables: [.z(0)])
        let shared = try await circuits(
            MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: [task, task]))
        #expect(shared.circuits.map(\.tasks) == [[0], [1]])
    }

    @Test func tasksThatDoNotFitTheDeviceTogetherAreSpread() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: Array(repeating: 1, count: 12)))
        let calibration = try LatticeDevice(2, 4).calibration
        let backend = IBMBackend(calibration, sampler: nil)
        _ = try await backend.expectations(plan, inputs: inputs(plan, samples: 1))
        let report = await backend.report
        #expect(report.circuits.count > 1 && report.circuits.allSatisfy { $0.qubits <= 8 })
        #expect(report.circuits.flatMap(\.tasks).sorted() == Array(0..<12))
        let tiny = IBMBackend(try LatticeDevice(1, 2).calibration, sampler: nil)
        let error = await #expect(throws: BackendError.self) {
            try await tiny.expectations(plan, inputs: inputs(plan, samples: 1))
        }
        #expect("\(error!)".contains("use fewer tasks or qubits, or another device"))
    }

    /// A ring of qubits does not fit a line; parts of it do.
    @Test func tasksAreSplitWhereTheyWouldNeedSwaps() async throws {
        var ring = Circuit(qubitCount: 10, featureCount: 10)
        for qubit in 0..<10 { try ring.append(.rotation(.y, qubit, .feature(qubit))) }
        for qubit in 0..<10 { try ring.append(.controlledZ(qubit, (qubit + 1) % 10)) }
        var block = Circuit(qubitCount: 1, parameterCount: 1)
        try block.append(.rotation(.x, 0, .parameter(0)))
        let tasks = try (0..<10).map { try TaskCircuit(register: [$0], block: block, observables: [.z(0)]) }
        let circuit = try MultiTaskCircuit(encoding: ring, stageCount: 1, tasks: tasks)
        func report(_ device: LatticeDevice) async throws -> HardwareReport {
            let plan = ExecutionPlan(circuit)
            let backend = IBMBackend(try device.calibration, sampler: nil)
            _ = try await backend.expectations(plan, inputs: inputs(plan, samples: 1))
            return await backend.report
        }
        #expect(try await report(LatticeDevice(2, 5)).circuits.count == 1)
        let split = try await report(LatticeDevice(1, 16))
        #expect(split.circuits.count > 1)
        #expect(split.circuits.allSatisfy { $0.gates["cz"] == $0.plainTwoQubitGates })
        #expect(split.circuits.flatMap(\.tasks).sorted() == Array(0..<10))
    }

    /// The noise of every native gate, by density matrices of the whole native circuit.
    @Test func noiseAndReadoutErrorsAreThoseOfTheCalibration() async throws {
        let plan = ExecutionPlan(
            try Preset.deep.circuit(outputs: [1, 1], sizes: .init(qubits: 4, features: 8, register: 2)))
        let calibration = try LatticeDevice(2, 3, error: 0.02).calibration
        let inputs = inputs(plan, samples: 2)
        let exact = try await ReferenceBackend().expectations(plan, inputs: inputs)
        func measure(corrected: Bool) async throws -> MeasuredExpectations {
            let backend = IBMBackend(
                calibration, sampler: SimulatedDevice(calibration: calibration),
                options: .init(shots: 20_000, correctsReadout: corrected))
            return try await backend.measure(plan, inputs: inputs)
        }
        let raw = try await measure(corrected: false)
        let corrected = try await measure(corrected: true)
        let native = try NativeValues(plan, calibration, inputs)
        for row in 0..<2 {
            for column in 0..<2 {
                let tolerance = 5 * raw.standardErrors[row][column]
                #expect(abs(raw.values[row][column] - native.raw[row][column]) < tolerance)
                #expect(abs(corrected.values[row][column] - native.corrected[row][column]) < 1.2 * tolerance)
                #expect(corrected.standardErrors[row][column] > raw.standardErrors[row][column])
            }
        }
        #expect(
            (0..<2).contains { row in
                abs(raw.values[row][0] - Double(exact[row, 0])) > 10 * raw.standardErrors[row][0]
            })
    }

    @Test func gradientsComeFromShiftedRows() async throws {
        let plan = ExecutionPlan(
            try Preset.deep.circuit(outputs: [1, 1], sizes: .init(qubits: 4, features: 4, register: 2)))
        let calibration = try LatticeDevice(2, 3, error: Self.almostNoError).calibration
        let backend = IBMBackend(
            calibration, sampler: SimulatedDevice(calibration: calibration), options: .init(shots: 4000))
        let inputs = inputs(plan, samples: 2)
        let slopes = Cotangent(Matrix(rows: 2, columns: 2, elements: [1, -0.5, 0.25, 1]))
        let found = try await backend.gradients(plan, inputs: inputs, cotangent: slopes)
        let expected = try await ReferenceBackend().gradients(plan, inputs: inputs, cotangent: slopes)
        // A derivative is half the difference of two means of 4,000 shots; two samples and a chain of few gates add up.
        let tolerance: Float = 5 * 0.03
        #expect(zip(found.parameters, expected.parameters).allSatisfy { abs($0 - $1) < tolerance })
        #expect(
            zip(found.features.elements, expected.features.elements).allSatisfy { abs($0 - $1) < tolerance })
        #expect(expected.parameters.contains { abs($0) > 2 * tolerance })
    }

    @Test func workBeyondTheBudgetIsNotSubmitted() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1, 1]))
        let calibration = try LatticeDevice(3, 4).calibration
        let backend = IBMBackend(
            calibration, sampler: SimulatedDevice(calibration: calibration),
            options: .init(shots: 100, budget: .shots(500)))
        _ = try await backend.expectations(plan, inputs: inputs(plan, samples: 4))
        let error = await #expect(throws: BackendError.self) {
            try await backend.expectations(plan, inputs: inputs(plan, samples: 2))
        }
        #expect("\(error!)".contains("the budget is 500 shots"))
        #expect(await backend.report.executions == 400)
        #expect(HardwareBudget("30s") == .seconds(30) && HardwareBudget("1000") == .shots(1000))
        #expect(HardwareBudget("-1s") == nil && HardwareBudget("0") == nil && HardwareBudget("x") == nil)
    }

    @Test func moreShotsThanTheDeviceTakesAreRefused() async throws {
        let plan = ExecutionPlan(try Preset.paper.circuit(outputs: [1]))
        let calibration = try LatticeDevice(3, 3).calibration
        let backend = IBMBackend(calibration, sampler: nil, options: .init(shots: 100_001))
        let error = await #expect(throws: BackendError.self) {
            try await backend.expectations(plan, inputs: inputs(plan, samples: 1))
        }
        #expect("\(error!)".contains("at most 100000 shots of a circuit, not 100001"))
    }

    /// RX(x) on one qubit: a turn of two square roots of X, 40 ns each, then 2 us of readout and 200 us of pause.
    @Test func reportsTellWhatTheCalibrationSays() async throws {
        var circuit = Circuit(qubitCount: 2, featureCount: 1)
        try circuit.append(.rotation(.x, 0, .feature(0)))
        try circuit.append(.rotation(.y, 1, .feature(0)))
        let task = try TaskCircuit(register: [0], block: Circuit(qubitCount: 1), observables: [.z(0)])
        let plan = ExecutionPlan(try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task]))
        let backend = IBMBackend(
            try LatticeDevice(1, 2).calibration, sampler: nil, options: .init(shots: 1000))
        _ = try await backend.expectations(plan, inputs: inputs(plan, samples: 3))
        let report = await backend.report
        let only = try #require(report.circuits.first)
        // Qubit 1 is not read, so nothing runs there.
        #expect(only.qubits == 1 && only.depth == 2 && only.gates["sx"] == 2 && only.gates["cz"] == nil)
        #expect(abs(only.shotDuration - 202.08) < 1e-9)
        #expect(abs(report.seconds - 3000 * 202.08e-6) < 1e-9)
        // Two turns of error 0.001 and a readout of (0.025 + 0.015) / 2 on qubit 0.
        #expect(abs(report.tasks[0].fidelity - 0.999 * 0.999 * 0.98) < 1e-9)
        let text = try await backend.circuits(of: plan)[0]
        #expect(text.contains("bit[1] task0;\n") && text.hasSuffix("task0[0] = measure $0;\n"))
    }
}

/// What a plan's native circuits give under native noise, from whole density matrices.
private struct NativeValues {
    var raw: [[Double]]
    var corrected: [[Double]]

    init(_ plan: ExecutionPlan, _ calibration: DeviceCalibration, _ inputs: ParameterBatch) throws {
        raw = Array(
            repeating: Array(repeating: 0, count: plan.circuit.readoutCount), count: inputs.sampleCount)
        corrected = raw
        let noise = try calibration.nativeNoiseModel(layout: Array(0..<calibration.qubitCount))
        let devicePlan = try DevicePlan(plan, transpiler: .init(to: .init(calibration)))
        for circuit in devicePlan.circuits {
            for (row, angles) in circuit.rows(inputs).enumerated() {
                let gates = circuit.native.circuit(angles: angles)
                for register in circuit.registers {
                    let tasks = try register.measured.setting.members.map { _, mask in
                        let bits = register.qubits.indices.filter { mask >> $0 & 1 == 1 }
                        return try TaskCircuit(
                            register: register.qubits, block: Circuit(qubitCount: register.qubits.count),
                            observables: [.all(.z, on: bits)])
                    }
                    let values = NoisySimulator(
                        try MultiTaskCircuit(encoding: gates, stageCount: 1, tasks: tasks), noise: noise
                    ).expectations(features: [[]], parameters: [])[0]
                    for (index, (observable, mask)) in register.measured.setting.members.enumerated() {
                        precondition(mask.nonzeroBitCount == 1, "one qubit, so that readout is linear")
                        let error = calibration.qubits[register.qubits[mask.trailingZeroBitCount]].readout!
                        raw[row][register.firstReadout + observable] = values[index]
                        corrected[row][register.firstReadout + observable] =
                            (values[index] - error.offset) / error.scale
                    }
                }
            }
        }
    }
}
