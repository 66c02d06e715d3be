import ArgumentParser
import Configuration
import Foundation
import QMTL

/// What a run or a comparison is made of, from a file and from options.
///
/// Defaults give way to the file, the file to `--set`, and that to the options with names of their own.
struct ConfigurationOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A configuration; any key may be left out, and the config.yaml of a run folder is a complete one. Commands with experiments of their own take their names, too.",
            valueName: "config.yaml"), completion: .file(extensions: ["yaml"]))
    var configuration: String?

    @Option(
        help: ArgumentHelp(
            "A name that 'qmtl data check' knows, such as digits or digits:T for T tasks; a folder with a dataset.yaml, or such a file (default: digits).",
            valueName: "name"))
    var dataset: String?

    @Option(
        help: ArgumentHelp("Where a data set's arrays are, if not beside its description.", valueName: "dir"))
    var dataFolder: String?

    @Option(help: ArgumentHelp("How often to go through the training samples, at most.", valueName: "n"))
    var epochs: Int?

    @Option(help: ArgumentHelp("Samples of a minibatch.", valueName: "n")) var batch: Int?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Set one value of the configuration, such as optimizer.learning_rate=0.005.",
            valueName: "key.path=value"))
    var changes: [String] = []

    /// The file over `defaults`, with `--set` on top.
    /// - Parameters:
    ///   - defaults: what holds where nothing is said.
    ///   - shipped: experiments that the argument can name instead of a file; a file of that name comes first.
    /// - Throws: `ConfigurationError`.
    func read<Value: Codable>(
        _ defaults: Value, shipped: [ShippedConfiguration] = []
    ) throws(ConfigurationError) -> Value {
        if let experiment = experiment(among: shipped) {
            return try ConfigurationFile.decode(
                defaults: defaults, yaml: experiment.text, path: "experiment '\(experiment.name)'",
                overrides: changes)
        }
        return try ConfigurationFile.decode(
            defaults: defaults, from: configuration.map { URL(filePath: $0) }, overrides: changes)
    }

    /// The experiment that the argument names; nil where it names a file.
    func experiment(among shipped: [ShippedConfiguration]) -> ShippedConfiguration? {
        guard let configuration else { return nil }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: configuration, isDirectory: &isFolder)
        // A folder of that name may well hold the experiment's data.
        guard !exists || isFolder.boolValue else { return nil }
        return shipped.first { $0.name == configuration }
    }

    /// Applies the options with names of their own.
    func apply(to run: inout RunConfiguration, backend: BackendOptions) {
        if let dataset {
            run.dataset.name = dataset
            run.dataset.folder = nil
        }
        if let dataFolder { run.dataset.folder = dataFolder }
        if let epochs { run.epochs = epochs }
        if let batch { run.batch = batch }
        if let name = backend.backend?.choice { run.backend = name }
        if let memory = backend.memory { run.memory = memory }
    }
}
