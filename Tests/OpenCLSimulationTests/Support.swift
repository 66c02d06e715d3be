import Circuits
import Execution
import LinearAlgebra
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

/// A preset's plan with a batch of angles that repeat nowhere near.
struct SampleBatch: Sendable, CustomTestStringConvertible {
    let plan: ExecutionPlan
    let inputs: ParameterBatch
    let cotangent: Matrix
    let testDescription: String

    init(_ preset: Preset, outputs: [Int], sizes: Preset.Sizes = .init(), samples: Int) throws {
        let circuit = try preset.circuit(outputs: outputs, sizes: sizes)
        func angles(_ count: Int, _ step: Int) -> [Float] {
            (0..<count).map { Float(($0 * step) % 1009) / 504.5 - 1 }
        }
        plan = ExecutionPlan(circuit)
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
