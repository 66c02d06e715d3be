import Circuits
import Execution
import OpenCLSimulation
import ReferenceSimulation
import Testing

/// Steps small enough for an interpreter that checks every access of every work-item; see `.ci/check-kernels`.
@Suite(.needsDevice) struct SmallStepTests {
    static let batches = Result {
        try [
            SampleBatch(.paper, outputs: [1, 3], samples: 2),
            SampleBatch(.deep, outputs: [1, 3], sizes: .init(qubits: 3, features: 5, register: 2), samples: 3),
            SampleBatch(.hqsl, outputs: [1], samples: 1),
        ]
    }

    /// One item a state; items that share a state; states too large for local memory.
    static let shapes: [OpenCLWorkShape] = [
        .automatic, .cooperative(lanes: 1, threads: 1), .cooperative(lanes: 2, threads: 2),
        .cooperativeInGlobalMemory(lanes: 2, threads: 4),
    ]

    @Test(arguments: shapes)
    func equalTheReference(shape: OpenCLWorkShape) async throws {
        let backend = try OpenCLBackend(device: #require(testDevice), shape: shape)
        for batch in try Self.batches.get() {
            expectEqual(
                try await batch.gradients(on: backend), try await batch.gradients(on: ReferenceBackend()))
        }
    }
}
