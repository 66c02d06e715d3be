import ArgumentParser
import Foundation
import QMTL

/// Predictions for new samples.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Predict the labels of new samples with a trained run.",
        discussion: """
            The features are what the backbone gives, not standardised: that is part of the run. The table has a row for \
            each sample and, for each task, the predicted class with the probability of every class, or the predicted value.
            """)

    @Argument(help: ArgumentHelp("The run folder.", valueName: "run"), completion: .directory) var folder:
        String
    @Option(
        help: ArgumentHelp("Features [samples x D]: .npy, .npz, .safetensors or .csv.", valueName: "file"),
        completion: .file(extensions: ["npy", "npz", "safetensors", "csv"]))
    var features: String
    @Option(
        help: ArgumentHelp("The array in the file, if it has several; several are joined.", valueName: "name")
    )
    var array: [String] = []
    @Option(help: ArgumentHelp("Write the table here instead of printing it.", valueName: "file.csv"))
    var out: String?
    @OptionGroup(title: "Measurement") var measurement: MeasurementOptions
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Hardware") var hardware: HardwareOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        try hardware.validate(with: backend)
        if measurement.shots.elements.count > 1 { throw ValidationError("--shots takes one number here.") }
        if backend.backend == .ibm { try measurement.requireWhatDevicesDo() }
    }

    func run() async throws {
        let checkpoint = try RunFolder(URL(filePath: folder)).checkpoint()
        let features = try FeatureFile.read(URL(filePath: features), arrays: array.isEmpty ? nil : array)
        let (predicted, device) = try await predict(checkpoint, features)
        if hardware.dryRun, let device {
            let answer = await DryRun(device, names: predicted.map(\.task.name))
            return try output.console.answer(answer, text: answer.text)
        }
        let predictions = Predictions(predicted, out: out)
        if let out {
            try AtomicFile.write(predictions.csv.utf8, to: URL(filePath: out))
            output.console.remark("\(features.rows) samples: \(out)")
            if !output.json { return }
        }
        try output.console.answer(predictions, text: String(predictions.csv.dropLast()))
    }

    /// The predictions, and the device that has made them where there is one.
    private func predict(
        _ checkpoint: Checkpoint, _ features: Matrix
    ) async throws -> ([TaskPrediction], IBMBackend?) {
        if backend.backend == .ibm {
            var checkpoint = checkpoint
            checkpoint.configuration.noise = nil
            let device = try await hardware.makeBackend(
                device: backend.device, shots: measurement.shots.elements.first,
                correctsReadout: measurement.mitigate.elements.contains(.readout),
                work: "predict \(folder) seed \(measurement.shotSeed)", console: output.console)
            let trained = try TrainedModel(checkpoint, backend: device)
            return (try await trained.predict(features: features), device)
        }
        let backend = try self.backend.makeBackend(
            configured: checkpoint.configuration.backend, memory: checkpoint.configuration.memory,
            console: output.console)
        let trained = try TrainedModel(
            checkpoint, backend: measurement.estimator(on: backend) ?? backend)
        return (try await trained.predict(features: features), nil)
    }
}
