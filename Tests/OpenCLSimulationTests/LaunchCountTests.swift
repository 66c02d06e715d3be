import Circuits
import Execution
import Noise
import OpenCLSimulation
import Testing

/// A training step is the same few launches, whatever its size.
@Suite(.needsDevice) struct LaunchCountTests {
    static let batches = Result {
        var batches: [SampleBatch] = []
        for tasks in [4, 256] {
            for samples in [16, 128] {
                for features in [16, 64] {
                    let outputs = Array(repeating: 1, count: tasks)
                    batches.append(
                        try SampleBatch(
                            .deep, outputs: outputs, sizes: .init(qubits: 8, features: features),
                            samples: samples))
                }
            }
        }
        // Cones and blocks of several shapes.
        batches.append(try SampleBatch(.paper, outputs: [1, 3, 1, 1, 5, 1, 9, 1], samples: 7))
        for (tasks, samples) in [(3, 5), (32, 64)] {
            let outputs = Array(repeating: 1, count: tasks)
            batches.append(try SampleBatch(.paper, outputs: outputs, noise: .mixed(), samples: samples))
        }
        return batches
    }

    @Test func doNotDependOnTheSize() async throws {
        let backend = try OpenCLBackend(device: #require(testDevice))
        for batch in try Self.batches.get() {
            let before = await backend.launchCount
            _ = try await batch.gradients(on: backend)
            let launches = await backend.launchCount - before
            #expect(launches == 11, "\(batch.testDescription)")
            #expect(launches == backend.capabilities.launchesPerStep)
        }
    }
}
