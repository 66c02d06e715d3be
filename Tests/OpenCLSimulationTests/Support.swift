import Circuits
import Execution
import LinearAlgebra
import Noise
import OpenCLSimulation
import Testing

/// The device that tests run on: the one `QMTL_DEVICE` names, else the first GPU, else the first; nil where there is none.
let testDevice = try? OpenCLPlatforms.device()

/// What a test without a device shows.
let deviceNeeded: Comment = "no OpenCL device here: install pocl-opencl-icd"

extension Trait where Self == ConditionTrait {
    /// Skips a test, visibly, where there is no OpenCL device.
    static var needsDevice: Self { .enabled(if: testDevice != nil, deviceNeeded) }
}

extension NoiseModel {
    /// Diagonal and other channels, channels that couple two qubits, and wrong readouts.
    static func mixed() throws -> NoiseModel {
        var model = NoiseModel()
        for gate in GateKind.allCases {
            try model.add(.depolarizing(probability: 0.02, qubitCount: gate.qubitCount), after: gate, on: nil)
            try model.add(.amplitudeDamping(probability: 0.1), after: gate, on: nil)
        }
        model.set(try ReadoutError(zeroToOne: 0.04, oneToZero: 0.1))
        return model
    }
}

/// A preset's plan with a batch of angles that repeat nowhere near.
struct SampleBatch: Sendable, CustomTestStringConvertible {
    let plan: ExecutionPlan
    let inputs: ParameterBatch
    let cotangent: Matrix
    let testDescription: String

    init(
        _ preset: Preset, outputs: [Int], sizes: Preset.Sizes = .init(), noise: NoiseModel? = nil,
        samples: Int
    ) throws {
        let circuit = try preset.circuit(outputs: outputs, sizes: sizes)
        func angles(_ count: Int, _ step: Int) -> [Float] {
            (0..<count).map { Float(($0 * step) % 1009) / 504.5 - 1 }
        }
        plan = ExecutionPlan(circuit, noise: noise)
        inputs = ParameterBatch(
            features: Matrix(
                rows: samples, columns: circuit.featureCount,
                elements: angles(samples * circuit.featureCount, 373)),
            parameters: angles(circuit.parameterCount, 619))
        cotangent = Matrix(
            rows: samples, columns: circuit.readoutCount,
            elements: angles(samples * circuit.readoutCount, 211))
        testDescription =
            "\(preset.name), \(outputs.count) tasks, \(circuit.featureCount) features, \(samples) samples"
            + (noise == nil ? "" : ", noisy")
    }

    func gradients(on backend: any Backend) async throws -> CircuitGradients {
        try await backend.gradients(plan, inputs: inputs, cotangent: Cotangent(cotangent))
    }
}

/// The largest difference, relative to the larger of 1 and the largest expected value; infinite for other lengths.
func distance(_ actual: [Float], _ expected: [Float]) -> Float {
    guard actual.count == expected.count, !actual.contains(where: \.isNaN) else { return .infinity }
    let scale = expected.reduce(1) { max($0, abs($1)) }
    return zip(actual, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
}

/// Records an issue where results differ by more than rounding in single precision after some hundred gates.
func expectEqual(
    _ actual: CircuitGradients, _ expected: CircuitGradients,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let rounding: Float = 5e-6
    #expect(
        distance(actual.expectations.elements, expected.expectations.elements) < rounding,
        sourceLocation: sourceLocation)
    #expect(
        distance(actual.features.elements, expected.features.elements) < rounding,
        sourceLocation: sourceLocation)
    #expect(distance(actual.parameters, expected.parameters) < rounding, sourceLocation: sourceLocation)
}
