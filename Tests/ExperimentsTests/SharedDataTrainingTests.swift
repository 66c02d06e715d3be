import CPUSimulation
import Configuration
import Datasets
import SharedData
import Testing
import Training

/// Real sets under linear heads: trunk, optimiser and metrics reach what scikit-learn reaches on the same features.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.requirement)"))
struct SharedDataTrainingTests {
    /// Logistic regression or ridge with its strength chosen on validation, from the sets' READMEs; for the two sets with
    /// folds the mean over these.
    @Test(
        arguments: [
            ("glue", ["sst2"], 0.790), ("glue", ["stsb"], 0.834), ("glue", ["qnli"], 0.733),
            ("mustard", nil, 0.680), ("chest", nil, 0.665),
        ] as [(String, [String]?, Double)])
    func linearHeadsReachTheReference(_ name: String, _ tasks: [String]?, _ reference: Double) async throws {
        var configuration = try ConfigurationFile.decode(
            RunConfiguration.self, defaults: RunConfiguration(),
            from: SharedData.benchmarks.appending(path: "configurations/frozen-features.yaml"), overrides: [])
        configuration.head.kind = .linear
        let dataset = try SharedData.load(name, tasks: tasks)
        let folds = 0..<dataset.foldCount
        let parts = folds.isEmpty ? [dataset] : try folds.map { try dataset.withFold($0) }
        var sum = 0.0
        for part in parts {
            let trainer = try Trainer(configuration, dataset: part, backend: CPUBackend())
            sum += try await trainer.train(version: "test").result.macro.test
        }
        #expect(sum / Double(parts.count) > reference - 0.02)
    }
}
