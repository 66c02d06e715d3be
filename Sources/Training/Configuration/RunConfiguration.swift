import Noise

/// Everything that decides a run: `config.yaml`.
///
/// Every key has a default, so that any part of it may be left out; a run folder holds it complete.
public struct RunConfiguration: Codable, Sendable, Equatable {
    /// What is learnt.
    public var dataset = DatasetChoice()
    /// The heads of the tasks.
    public var head = HeadConfiguration()
    /// The trunk that all tasks share.
    public var trunk = TrunkConfiguration()
    /// How parameters follow gradients.
    public var optimizer = OptimizerConfiguration()
    /// How often the training samples are gone through, at most.
    public var epochs = 60
    /// Samples `B` of a minibatch; the last one of an epoch may be smaller.
    public var batch = 32
    /// Epochs without a better validation score after which training stops; nil trains all epochs.
    public var patience: Int?
    /// The seed of initial values and of the order of samples.
    public var seed: UInt64 = 1
    /// The folder of a run with the same heads whose best parameters this one starts from; nil for values of the seed.
    public var start: String?
    /// How much each class counts in a task's loss.
    public var classWeights = ClassWeighting.auto
    /// How tasks are weighed against each other.
    public var balancing = BalancingConfiguration()
    /// The noise under which circuits are trained and scored; nil for none.
    public var noise: NoiseDescription?
    /// Shots of every measurement that training and its scores are made from; nil for exact values.
    public var shots: Int?
    /// Quantum trajectories of each sample that training and its scores are made from under noise; nil for exact noise.
    public var trajectories: Int?
    /// What computes the circuits.
    public var backend = BackendChoice.auto
    /// Memory that a backend may use for states; nil for half of what is free; it changes results by rounding at most.
    public var memory: MemorySize?

    /// The configuration of a run that asks for nothing in particular.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case dataset, head, trunk, optimizer, epochs, batch, patience, seed, start, noise, shots,
            trajectories, balancing, backend, memory
        case classWeights = "class_weights"
    }

    /// Reads a configuration; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        dataset = try keys.value(.dataset, default: dataset)
        head = try keys.value(.head, default: head)
        trunk = try keys.value(.trunk, default: trunk)
        optimizer = try keys.value(.optimizer, default: optimizer)
        epochs = try keys.value(.epochs, default: epochs)
        batch = try keys.value(.batch, default: batch)
        patience = try keys.value(.patience, default: patience)
        seed = try keys.value(.seed, default: seed)
        start = try keys.value(.start, default: start)
        classWeights = try keys.value(.classWeights, default: classWeights)
        balancing = try keys.value(.balancing, default: balancing)
        noise = try keys.value(.noise, default: noise)
        shots = try keys.value(.shots, default: shots)
        trajectories = try keys.value(.trajectories, default: trajectories)
        backend = try keys.value(.backend, default: backend)
        memory = try keys.value(.memory, default: memory)
    }
}

/// The data set of a run.
public struct DatasetChoice: Codable, Sendable, Equatable {
    /// A built-in set's name, or the path of a folder with a `dataset.yaml` or of a YAML file itself.
    public var name = "digits"
    /// The folder the set's arrays are looked up in; nil for that of its description.
    public var folder: String?
    /// The fold to test on, for sets with folds; nil for the set's own splits.
    public var fold: Int?
    /// The names of the tasks to learn, in order; nil for all of the set's.
    public var tasks: [String]?

    /// The embedded digits.
    public init() {}

    /// Reads a choice; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        name = try keys.value(.name, default: name)
        folder = try keys.value(.folder, default: folder)
        fold = try keys.value(.fold, default: fold)
        tasks = try keys.value(.tasks, default: tasks)
    }
}

/// The trunk of a run's model.
public struct TrunkConfiguration: Codable, Sendable, Equatable {
    /// Features `d` of the shared representation; nil for the capacity-matched `3 sum_t q_t`, or the preset's own number.
    public var width: Int?

    /// A trunk of matched capacity.
    public init() {}
}

/// What computes the circuits of a run.
public enum BackendChoice: String, Codable, CaseIterable, Sendable {
    /// The fastest there is on this machine.
    case auto
    /// The processor, in vector code.
    case cpu
    /// An OpenCL device.
    case opencl
    /// Plain double precision: slow, obvious, for checks.
    case reference
}

/// How much each class counts in a task's loss.
public enum ClassWeighting: String, Codable, CaseIterable, Sendable {
    /// As the task's metric does: balanced for balanced-accuracy, macro-f1 and auroc, which count classes the same.
    case auto
    /// Every sample counts the same.
    case none
    /// Classes count the same: a sample counts `n / (C n_c)`, with `n_c` of `n` training labels in its class.
    case balanced
}

extension KeyedDecodingContainer {
    /// The value at `key`, or `fallback` where the key is missing or null.
    func value<Value: Decodable>(_ key: Key, default fallback: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? fallback
    }

    /// The value at `key`; absent where the key is missing or null.
    func value<Value: Decodable>(_ key: Key, default fallback: Value?) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }
}
