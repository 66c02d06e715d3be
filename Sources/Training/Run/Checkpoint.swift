import Datasets
import Foundation
import Optimization

/// Everything a run needs to go on as if it had never stopped, and everything a trained model is: `checkpoint.safetensors`.
///
/// It is one file that is replaced in one step, so that a kill at any moment leaves one state or the next, never a mixture.
/// Floats keep their bits. `state.json` beside it repeats `state` for people and tools; nothing reads it back.
public struct Checkpoint: Sendable, Equatable {
    /// The run's settings.
    public var configuration: RunConfiguration
    /// What is known of the training data.
    public let data: DataSummary
    /// Where the run stands.
    public internal(set) var state: TrainingState
    /// The parameters after the last finished epoch.
    public internal(set) var parameters: ModelParameters
    /// The parameters of the best epoch.
    public internal(set) var bestParameters: ModelParameters
    var optimizer: ModelOptimizerState
    /// What the balancing method remembers.
    var balancing: [Float]

    /// The state of a run before its first step.
    init(configuration: RunConfiguration, model: Model, start: ModelParameters?) {
        self.configuration = configuration
        data = model.data
        state = TrainingState()
        parameters = start ?? model.initialParameters(seed: configuration.seed)
        bestParameters = parameters
        let rule = configuration.optimizer.rule
        optimizer = ModelOptimizerState(
            trunk: rule.initialState(parameterCount: parameters.trunk.count),
            heads: rule.initialState(parameterCount: parameters.heads.count))
        balancing = configuration.balancing.method.initialMemory(taskCount: data.tasks.count)
    }

    /// Reads a checkpoint.
    /// - Throws: `TrainingError.unreadableFile`, or `.damagedFile` where its parts are missing or do not fit each other.
    public init(contentsOf url: URL) throws(TrainingError) {
        let path = url.relativePath
        let file: SafetensorsFile
        do { file = try SafetensorsFile(contentsOf: url) } catch { throw TrainingError(error, path: path) }
        configuration = try Self.word("configuration", of: file, path: path)
        data = try Self.word("data", of: file, path: path)
        state = try Self.word("state", of: file, path: path)

        func array(_ name: String, count: Int? = nil) throws(TrainingError) -> [Float] {
            guard let values = file.tensors[name]?.values, count == nil || count == values.count else {
                throw .damagedFile(path: path, problem: "its array '\(name)' is missing or of the wrong size")
            }
            return values
        }
        parameters = ModelParameters(trunk: try array("trunk"), heads: try array("heads"))
        let (trunkCount, headCount) = (parameters.trunk.count, parameters.heads.count)
        bestParameters = ModelParameters(
            trunk: try array("best.trunk", count: trunkCount),
            heads: try array("best.heads", count: headCount))
        var moments: (trunk: [[Float]], heads: [[Float]]) = ([], [])
        for index in 0..<configuration.optimizer.rule.momentCount {
            moments.trunk.append(try array("optimizer.trunk.\(index)", count: trunkCount))
            moments.heads.append(try array("optimizer.heads.\(index)", count: headCount))
        }
        optimizer = ModelOptimizerState(
            trunk: OptimizerState(step: state.step, moments: moments.trunk),
            heads: OptimizerState(step: state.step, moments: moments.heads))
        let memory = configuration.balancing.method.initialMemory(taskCount: data.tasks.count)
        balancing = memory.isEmpty ? [] : try array("balancing", count: memory.count)
    }

    /// Replaces the file at `url`.
    /// - Throws: `TrainingError.unwritableFile`; a previous version is then untouched.
    func write(to url: URL) throws(TrainingError) {
        var arrays = [
            "trunk": parameters.trunk, "heads": parameters.heads,
            "best.trunk": bestParameters.trunk, "best.heads": bestParameters.heads,
        ]
        for index in optimizer.trunk.moments.indices {
            arrays["optimizer.trunk.\(index)"] = optimizer.trunk.moments[index]
            arrays["optimizer.heads.\(index)"] = optimizer.heads.moments[index]
        }
        if !balancing.isEmpty { arrays["balancing"] = balancing }
        let file = SafetensorsFile(
            tensors: arrays.mapValues { NumericArray(shape: [$0.count], values: $0) },
            metadata: [
                "format": "qmtl-checkpoint-1",
                "configuration": try JSONText.encode(configuration, path: url.relativePath),
                "data": try JSONText.encode(data, path: url.relativePath),
                "state": try JSONText.encode(state, path: url.relativePath),
            ])
        do { try file.write(to: url) } catch { throw TrainingError(error, path: url.relativePath) }
    }

    /// Holds the arrays to the sizes of the model they are meant for.
    func check(fits model: Model, path: String) throws(TrainingError) {
        guard parameters.trunk.count == model.trunk.parameterCount,
            parameters.heads.count == model.heads.parameterCount
        else {
            throw .damagedFile(
                path: path,
                problem:
                    "it holds \(parameters.trunk.count) + \(parameters.heads.count) parameters of trunk and "
                    + "heads, but the model has \(model.trunk.parameterCount) + \(model.heads.parameterCount)"
            )
        }
    }

    private static func word<Value: Decodable>(
        _ key: String, of file: SafetensorsFile, path: String
    ) throws(TrainingError) -> Value {
        guard let text = file.metadata[key],
            let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
        else { throw .damagedFile(path: path, problem: "its header does not hold the run's \(key)") }
        return value
    }
}

/// Values as JSON text, keys in alphabetical order, so that equal values have equal texts.
enum JSONText {
    static func encode(_ value: some Encodable, path: String, pretty: Bool = false) throws(TrainingError)
        -> String
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .unwritableFile(path: path, reason: "a value cannot be expressed in JSON")
        }
    }
}
