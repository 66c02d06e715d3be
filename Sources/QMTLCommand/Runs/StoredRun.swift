import Configuration
import Foundation
import QMTL

/// A finished run as its folder has it.
struct StoredRun {
    let result: RunResult
    let history: [EpochRecord]
    let configurationText: String
    /// The circuit of quantum heads; nil for classical ones.
    let circuit: MultiTaskCircuit?

    /// The run in `folder`; nil where none is finished.
    /// - Throws: `TrainingError` where a file is damaged or cannot be read.
    init?(in folder: RunFolder) throws {
        guard let result = try folder.result() else { return nil }
        self.result = result
        history = try folder.history()
        let checkpoint = try folder.checkpoint()
        configurationText = try ConfigurationFile.encode(checkpoint.configuration)
        // Drawn only, so any backend will do.
        circuit = try TrainedModel(checkpoint, backend: CPUBackend(threads: 1)).model.circuit
    }
}
