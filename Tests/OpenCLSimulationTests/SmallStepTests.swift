import Circuits
import Execution
import Kernels
import Noise
import OpenCLSimulation
import ReferenceSimulation
import Testing

/// Steps small enough for an interpreter that checks every access of every work-item; see `.ci/check-kernels`.
///
/// One after the other and without the backend's own thread: that interpreter takes a context on one thread only.
@Suite(.needsDevice, .serialized) struct SmallStepTests {
    static let batches = Result {
        try [
            SampleBatch(.paper, outputs: [1, 3], samples: 2),
            SampleBatch(
                .deep, outputs: [1, 3], sizes: .init(qubits: 3, features: 5, register: 2), samples: 3),
            SampleBatch(.hqsl, outputs: [1], samples: 1),
        ]
    }

    static let noisyBatches = Result {
        try [
            SampleBatch(.paper, outputs: [1, 1, 1], noise: .mixed(), samples: 2),
            SampleBatch(
                .deep, outputs: [3, 1], sizes: .init(qubits: 2, features: 4, register: 2, layers: 1),
                noise: .mixed(), samples: 3),
        ]
    }

    /// One item a state; items that share a state; states too large for local memory.
    static let shapes: [OpenCLWorkShape] = [
        .automatic, .cooperative(lanes: 1, threads: 1), .cooperative(lanes: 2, threads: 2),
        .cooperativeInGlobalMemory(lanes: 2, threads: 4),
    ]

    @Test(arguments: shapes)
    func equalTheReference(shape: OpenCLWorkShape) async throws {
        try await expectReference(Self.batches.get(), shape)
    }

    @Test(arguments: shapes)
    func equalTheReferenceUnderNoise(shape: OpenCLWorkShape) async throws {
        try await expectReference(Self.noisyBatches.get(), shape)
    }

    private func expectReference(_ batches: [SampleBatch], _ shape: OpenCLWorkShape) async throws {
        let found = try gradients(batches, shape)
        for (batch, found) in zip(batches, found) {
            expectEqual(found, try await batch.gradients(on: ReferenceBackend()))
        }
    }

    private func gradients(_ batches: [SampleBatch], _ shape: OpenCLWorkShape) throws -> [CircuitGradients] {
        let engine = try OpenCLEngine(
            #require(testDevice), .single, memory: 1 << 30, shape: shape, source: .embedded,
            cache: .standard())
        return try batches.map { try engine.gradients($0.plan, $0.inputs, Cotangent($0.cotangent)) }
    }
}
