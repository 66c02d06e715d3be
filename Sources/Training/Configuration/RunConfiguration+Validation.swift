import Circuits
import Execution

extension RunConfiguration {
    /// Holds every number to its range; what depends on the data set is checked when the model is built.
    /// - Throws: `TrainingError.invalidConfiguration` with the key's path.
    public func validate() throws(TrainingError) {
        try Self.require(!dataset.name.isEmpty, "dataset.name", "is empty", "name a set or a folder")
        try Self.require(dataset.tasks != [], "dataset.tasks", "is empty", "name a task, or leave it null")
        if let fold = dataset.fold {
            try Self.require(fold >= 0, "dataset.fold", "is \(fold)", "folds count from 0")
        }
        try Self.requirePositive(epochs, "epochs")
        try Self.requirePositive(batch, "batch")
        try Self.requirePositive(patience, "patience")
        try Self.requirePositive(shots, "shots")
        if let trajectories {
            try Self.require(
                trajectories >= Trajectories.leastCount, "trajectories", "is \(trajectories)",
                "it must be at least \(Trajectories.leastCount)")
            try Self.require(shots == nil, "trajectories", "is set beside shots", "leave one of the two null")
        }
        try Self.requirePositive(trunk.width, "trunk.width")
        try head.validate()
        try optimizer.validate()
        try balancing.validate()
    }

    fileprivate static func require(
        _ holds: Bool, _ key: String, _ found: String, _ wanted: String
    ) throws(TrainingError) {
        guard holds else { throw .invalidConfiguration(key: key, problem: "\(found); \(wanted)") }
    }

    fileprivate static func requirePositive(_ value: Int?, _ key: String) throws(TrainingError) {
        guard let value else { return }
        try require(value >= 1, key, "is \(value)", "it must be at least 1")
    }

    fileprivate static func requirePositive(_ value: Double?, _ key: String) throws(TrainingError) {
        guard let value else { return }
        try require(value > 0 && value.isFinite, key, "is \(value)", "it must be a positive number")
    }

    fileprivate static func requireShare(_ value: Double, _ key: String) throws(TrainingError) {
        try require(0 <= value && value < 1, key, "is \(value)", "it must be at least 0 and below 1")
    }
}

extension HeadConfiguration {
    fileprivate func validate() throws(TrainingError) {
        let names = Preset.all.map(\.name)
        try RunConfiguration.require(
            names.contains(preset), "head.preset", "is '\(preset)'",
            "use one of \(names.joined(separator: ", "))")
        if let encoding {
            let names = EncodingTemplate.all.map(\.name)
            try RunConfiguration.require(
                names.contains(encoding), "head.encoding", "is '\(encoding)'",
                "leave it null or use one of \(names.joined(separator: ", "))")
            try RunConfiguration.require(
                kind != .quantum || Preset(named: preset)?.layout != .perStage, "head.encoding", "is set",
                "preset '\(preset)' has an encoding of its own, so choose another preset")
        }
        if let block {
            let names = BlockTemplate.all.map(\.name)
            try RunConfiguration.require(
                names.contains(block), "head.block", "is '\(block)'",
                "leave it null or use one of \(names.joined(separator: ", "))")
        }
        try RunConfiguration.requirePositive(qubits, "head.qubits")
        try RunConfiguration.requirePositive(register, "head.register")
        try RunConfiguration.requirePositive(layers, "head.layers")
        try RunConfiguration.requirePositive(rank, "head.rank")
        try RunConfiguration.requirePositive(width, "head.width")
        try RunConfiguration.requirePositive(embedding, "head.embedding")
        if kind == .quantum, qubits != nil, let preset = Preset(named: preset), preset.placement == .local {
            throw .invalidConfiguration(
                key: "head.qubits",
                problem: "is set, but preset '\(preset.name)' has as many qubits as its registers need; "
                    + "set head.register instead")
        }
    }
}

extension BalancingConfiguration {
    fileprivate func validate() throws(TrainingError) {
        try RunConfiguration.requirePositive(every, "balancing.every")
        guard every > 1, case .losses = method.rule else { return }
        throw .invalidConfiguration(
            key: "balancing.every",
            problem: "is \(every), but method '\(method.rawValue)' weighs tasks at every step; leave it at 1")
    }
}

extension OptimizerConfiguration {
    fileprivate func validate() throws(TrainingError) {
        try RunConfiguration.requirePositive(learningRate, "optimizer.learning_rate")
        try RunConfiguration.requireShare(beta1, "optimizer.beta1")
        try RunConfiguration.requireShare(beta2, "optimizer.beta2")
        try RunConfiguration.requirePositive(epsilon, "optimizer.epsilon")
        try RunConfiguration.requireShare(momentum, "optimizer.momentum")
        try RunConfiguration.require(
            weightDecay >= 0 && weightDecay.isFinite, "optimizer.weight_decay", "is \(weightDecay)",
            "it must be 0 or a positive number")
        try RunConfiguration.requirePositive(clipNorm, "optimizer.clip_norm")
        try RunConfiguration.requireShare(schedule.warmUp, "optimizer.schedule.warm_up")
        try RunConfiguration.requirePositive(schedule.share, "optimizer.schedule.share")
        try RunConfiguration.requirePositive(schedule.factor, "optimizer.schedule.factor")
    }
}
