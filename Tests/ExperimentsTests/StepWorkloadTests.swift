import CPUSimulation
import Circuits
import Datasets
import Execution
import Experiments
import Foundation
import LinearAlgebra
import Testing

/// What single precision leaves of some hundred gates.
private let tolerance: Float = 2e-6
/// What a central difference in single precision leaves, with the step below.
private let differenceTolerance: Float = 2e-3
private let differenceStep: Float = 1e-2

struct StepWorkloadTests {
    @Test(arguments: ["deep-step-small", "deep-step-ref6"])
    func agreesWithOtherSimulators(name: String) async throws {
        let vectors = try StepVectors(named: name)
        let workload = try StepWorkload(.deep, arrays: vectors.arrays)
        let outputs = workload.outputs(of: try await workload.step(on: CPUBackend(threads: 1)))
        #expect(outputs.count == 8)
        for (name, output) in outputs {
            let expected = try #require(vectors.arrays[name])
            #expect(output.shape == expected.shape, "\(name)")
            for (value, reference) in zip(output.values, expected.values) {
                #expect(abs(value - reference) < tolerance, "\(name)")
            }
        }
    }

    @Test(arguments: Preset.all.map(\.name)) func gradientsAreThoseOfTheLoss(name: String) async throws {
        let preset = try #require(Preset(named: name))
        let backend = CPUBackend(precision: .double, threads: 1)
        let workload = try StepWorkload.random(preset, size: .init(tasks: 3, batch: 2), seed: 5)
        let gradients = try await workload.step(on: backend)
        for index in gradients.parameters.indices {
            func loss(_ change: Float) async throws -> Double {
                var parameters = workload.inputs.parameters
                parameters[index] += change
                let inputs = ParameterBatch(features: workload.inputs.features, parameters: parameters)
                return workload.loss(try await backend.expectations(workload.plan, inputs: inputs))
            }
            let difference = try await loss(differenceStep) - loss(-differenceStep)
            let slope = Float(difference) / (2 * differenceStep)
            #expect(abs(slope - gradients.parameters[index]) < differenceTolerance)
        }
    }

    @Test(arguments: Preset.all.map(\.name)) func arraysOfARandomStepMakeItAgain(name: String) async throws {
        let preset = try #require(Preset(named: name))
        let workload = try StepWorkload.random(preset, size: .init(tasks: 2, batch: 3), seed: 1)
        // The shapes of a step's gradients are those of its inputs, so outputs can be fed back as inputs.
        let outputs = workload.outputs(of: try await workload.step(on: CPUBackend(threads: 1)))
        var arrays: [String: NumericArray] = [:]
        for (name, output) in outputs where name.hasPrefix("d_") {
            arrays[String(name.dropFirst(2))] = output
        }
        arrays["y"] = NumericArray(
            shape: [workload.labels.rows, workload.labels.columns], values: workload.labels.elements)
        let again = try StepWorkload(preset, arrays: arrays)
        #expect(again.plan.circuit == workload.plan.circuit)
        #expect(again.labels == workload.labels)
    }

    @Test(arguments: [(1, 1, 1, 1), (300, 1, 4, 4), (2, 257, 5, 5), (7, 65, 3, 2)])
    func oddSizesGiveFiniteSteps(tasks: Int, batch: Int, qubits: Int, register: Int) async throws {
        let sizes = Preset.Sizes(qubits: qubits, features: 2 * qubits + 1, register: register, layers: 1)
        let workload = try StepWorkload.random(
            .deep, size: .init(tasks: tasks, batch: batch, circuit: sizes))
        let gradients = try await workload.step(on: CPUBackend())
        let double = try await workload.step(on: CPUBackend(precision: .double))
        #expect(gradients.expectations.rows == batch && gradients.expectations.columns == tasks)
        #expect(workload.loss(gradients.expectations).isFinite)
        for (value, reference) in zip(gradients.parameters, double.parameters) {
            #expect(abs(value - reference) < tolerance)
        }
    }

    @Test func aClippedProbabilityHasNoGradient() throws {
        let arrays = [
            "x": NumericArray(shape: [2, 3], values: Array(repeating: 0, count: 6)),
            "y": NumericArray(shape: [2, 2], values: [1, 0, 0, 1]),
            "phi": NumericArray(shape: [3, 2], values: Array(repeating: 0, count: 6)),
        ]
        let workload = try StepWorkload(.hqsl, arrays: arrays)
        let expectations = Matrix(rows: [[1, -1], [0, 0.5]])
        let cotangent = workload.cotangent(expectations, samples: 0..<2)
        #expect(cotangent.row(0) == [0, 0])
        // p = 1/2, y = 0: (p - y) / (p (1 - p)) / 2 / 4 = 1/4; p = 3/4, y = 1: -1/(3/4) / 8 = -1/6.
        #expect(abs(cotangent[1, 0] - 0.25) < tolerance)
        #expect(abs(cotangent[1, 1] + 1 / 6) < tolerance)
        // Both clipped probabilities are right up to 1e-6; the others lose log 2 and log 4/3.
        let expected = (log(2.0) + log(4.0 / 3)) / 4
        #expect(abs(workload.loss(expectations) - expected) < 1e-5)
    }

    @Test func arraysThatDoNotFitAreNamed() throws {
        var arrays = try StepVectors(named: "deep-step-small").arrays
        let labels = try #require(arrays["y"])
        arrays["y"] = NumericArray(shape: labels.shape, values: labels.values.map { $0 + 2 })
        #expect(throws: ExperimentError.invalidStepLabel(row: 0, column: 0, value: labels.values[0] + 2)) {
            try StepWorkload(.deep, arrays: arrays)
        }
        arrays["y"] = labels
        #expect(
            throws: ExperimentError.unusedStepArray(
                name: "theta", preset: "paper", needed: ["a", "b", "c", "phi"])
        ) { try StepWorkload(.paper, arrays: arrays) }
        arrays["b"] = NumericArray(shape: [2, 1, 2], values: [0, 0, 0, 0])
        #expect(
            throws: ExperimentError.unexpectedStepArray(
                name: "b", shape: [2, 1, 2], expected: "[3, 1, 2]")
        ) { try StepWorkload(.deep, arrays: arrays) }
        arrays["b"] = nil
        let available = arrays.keys.sorted()
        #expect(
            throws: ExperimentError.missingStepArray(name: "b", preset: "deep", available: available)
        ) { try StepWorkload(.deep, arrays: arrays) }
        #expect(throws: ExperimentError.invalidSize(name: "the batch", value: 0)) {
            try StepWorkload.random(.deep, size: .init(tasks: 1, batch: 0))
        }
    }

    @Test func timingCountsWhatWasDone() async throws {
        let sizes = Preset.Sizes(qubits: 1, features: 1, register: 1, layers: 1)
        let workload = try StepWorkload.random(.deep, size: .init(tasks: 3, batch: 5, circuit: sizes))
        let budget = StepWorkload.TimingBudget(seconds: 0, leastRepeats: 5)
        let (timing, _) = try await workload.time(on: CPUBackend(threads: 1), budget: budget)
        #expect(timing.repeats == 5)
        #expect(timing.fastest <= timing.median && timing.median <= timing.slowest)
        #expect(abs(timing.circuitsPerSecond * timing.median - 15) < 1e-9)
        // A sample: one fused rotation of one pair (60), the reduced state (6 * 2 * 2), three readouts (3 * 4 each).
        // A step: three blocks of one fused rotation on the two columns of a matrix (2 * 60 each).
        let count = 5 * (60 + 24 + 3 * 12) + 3 * 120.0
        #expect(workload.plan.multiplyAdds(sampleCount: 5) == count)
        #expect(abs(timing.gigaflops * timing.median - 2e-9 * count) < 1e-15)
    }
}

/// The arrays of a file of reference vectors, which the reference backend's tests keep.
private struct StepVectors {
    var arrays: [String: NumericArray] = [:]

    init(named name: String) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "ReferenceSimulationTests/Vectors/\(name).json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        for (key, value) in try #require(object as? [String: Any]) {
            var shape: [Int] = []
            var inner: Any = value
            while let list = inner as? [Any] {
                shape.append(list.count)
                inner = list[0]
            }
            guard inner is NSNumber else { continue }
            arrays[key] = NumericArray(shape: shape, values: Self.numbers(value))
        }
    }

    private static func numbers(_ value: Any) -> [Float] {
        if let list = value as? [Any] { return list.flatMap(numbers) }
        return [(value as? NSNumber)?.floatValue ?? .nan]
    }
}
