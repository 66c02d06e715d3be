import CPUSimulation
import Datasets
import Execution
import Foundation
import IBMQuantum
import LinearAlgebra
import Noise
import SimulatedIBMQuantum
import Testing
import Training
import Transpilation

/// A trained run, evaluated through the service: account, ledger, jobs, hex outcomes and all.
struct DigitsRunTests {
    @Test(arguments: LatticeDevice.Gates.allCases)
    func scoresAreThoseOfTheNoisySimulator(gates: LatticeDevice.Gates) async throws {
        let isFractional = gates == .fractional
        var configuration = RunConfiguration()
        configuration.dataset.name = "digits:6"
        if isFractional {
            // Its rotations about ZZ take one gate each.
            configuration.head.preset = "deep"
            configuration.head.encoding = "iqp"
            (configuration.head.qubits, configuration.head.register) = (4, 2)
            configuration.trunk.width = 4
        }
        configuration.epochs = 8
        let dataset = try configuration.dataset.open()
        let trained = try await Trainer(configuration, dataset: dataset, backend: CPUBackend())
            .train(version: "test").trained
        func evaluate(_ backend: any Backend) async throws -> [TaskEvaluation] {
            let model = try Model(configuration, data: trained.model.data, backend: backend)
            return try await TrainedModel(model: model, parameters: trained.parameters)
                .evaluate(dataset, split: .test)
        }
        let calibration = try LatticeDevice(3, 5, error: 0.02, gates: gates).calibration
        let device = SimulatedDevice(calibration: calibration)
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "qmtl-digits-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = SimulatedClock()
        var service = SimulatedService()
        service.now = { clock.now }
        let host = ServiceHost(service) { try await device.sample([$0], key: "")[0] }
        let client = ServiceClient(Workbench.account, transport: host, clock: clock.clock)
        let runner = JobRunner(service: client, ledger: try Ledger(folder.appending(path: "jobs.sqlite")))
        let backend = IBMBackend(
            calibration, sampler: LedgeredSampler(runner: runner, device: LatticeDevice.name),
            options: .init(shots: 512, usesFractionalGates: isFractional, key: "digits"))
        let simulation = NoisySimulation(device: device, usesFractionalGates: isFractional)

        // Every readout of a part of the data, by its own standard error.
        let circuit = try #require(trained.model.circuit)
        let plan = ExecutionPlan(circuit)
        let inputs = ParameterBatch(
            features: Matrix(
                rows: 40, columns: circuit.featureCount,
                elements: (0..<40 * circuit.featureCount).map { Float($0 * 37 % 61) / 20 - 1.5 }),
            parameters: (0..<circuit.parameterCount).map { Float($0 * 23 % 41) / 13 - 1.5 })
        let found = try await backend.measure(plan, inputs: inputs)
        let exact = try await simulation.expectations(plan, inputs: inputs)
        var square = 0.0
        for (row, values) in found.values.enumerated() {
            for (column, value) in values.enumerated() {
                let deviation = (value - Double(exact[row, column])) / found.standardErrors[row][column]
                square += deviation * deviation / Double(40 * values.count)
            }
        }
        // The mean of 240 squares of standard normal deviates, whose own deviation is 0.09.
        let report = await backend.report
        #expect(report.circuits.allSatisfy { ($0.gates["rzz"] != nil) == isFractional })
        #expect(square > 0.55 && square < 1.45)

        let measured = try await evaluate(backend)
        let simulated = try await evaluate(simulation)
        for (task, other) in zip(measured, simulated) {
            // A readout is off by 0.04; few samples are that close to the border between the classes.
            #expect(abs(task.score - other.score) < 0.05)
            #expect(abs(task.loss - other.loss) < 0.05)
        }
        // The same again is read from the ledger.
        let jobs = await host.service.jobCount
        let again = IBMBackend(
            calibration, sampler: LedgeredSampler(runner: runner, device: LatticeDevice.name),
            options: .init(shots: 512, usesFractionalGates: isFractional, key: "digits"))
        #expect(try await evaluate(again) == measured)
        #expect(await host.service.jobCount == jobs)
    }

    /// One epoch and two, of which nothing is run, tell what three take.
    @Test func trainingTakesWhatWasCounted() async throws {
        var configuration = RunConfiguration()
        configuration.dataset.name = "digits:2"
        configuration.head.preset = "separable"
        configuration.head.readout = .logit
        configuration.batch = 600
        let dataset = try configuration.dataset.open()
        let calibration = try LatticeDevice(2, 2).calibration
        let backend = IBMBackend(
            calibration, sampler: SimulatedDevice(calibration: calibration),
            options: .init(shots: 2, budget: .shots(1_000_000)))
        func report(of backend: IBMBackend, epochs: Int) async throws -> HardwareReport {
            configuration.epochs = epochs
            _ = try await Trainer(configuration, dataset: dataset, backend: backend).train(version: "test")
            return await backend.report
        }
        let one = try await report(of: backend.counter(), epochs: 1)
        let two = try await report(of: backend.counter(), epochs: 2)
        #expect(await backend.report.executions == 0)
        let counted = two.repeating(since: one, times: 2)
        #expect(try await report(of: backend, epochs: 3) == counted)
        #expect(counted.executions > two.executions && two.executions > one.executions)
    }
}

/// Exact expectation values of a plan's native circuits under the device's noise.
private struct NoisySimulation: Backend {
    let device: SimulatedDevice
    let usesFractionalGates: Bool
    let capabilities = BackendCapabilities(name: "simulation", device: LatticeDevice.name, threads: 1)

    func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        var result = Matrix(rows: inputs.sampleCount, columns: plan.circuit.readoutCount)
        do {
            let target = DeviceTarget(device.calibration, usesFractionalGates: usesFractionalGates)
            let devicePlan = try DevicePlan(plan, transpiler: Transpiler(to: target))
            for (circuit, bloc) in zip(devicePlan.circuits, devicePlan.blocs([inputs], shots: 1)) {
                let distributions = try await device.distributions(bloc)
                for (register, rows) in zip(circuit.registers, distributions) {
                    for (row, probabilities) in rows.enumerated() {
                        for (observable, mask) in register.measured.setting.members {
                            var value = 0.0
                            for (outcome, probability) in probabilities.enumerated() {
                                let isOdd = (outcome & mask).nonzeroBitCount % 2 == 1
                                value += isOdd ? -probability : probability
                            }
                            result[row, register.firstReadout + observable] = Float(value)
                        }
                    }
                }
            }
        } catch {
            throw .unsuitable(backend: "simulation", reason: "\(error)")
        }
        return result
    }

    func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        throw .unsuitable(backend: "simulation", reason: "it has values only")
    }
}
