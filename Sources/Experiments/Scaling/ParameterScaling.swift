import Circuits
import Datasets
import Execution
import Training

/// The sizes of heads for a growing number of tasks, under the capacity-matched rule.
public struct ParameterScaling: Sendable {
    /// One head for one number of tasks.
    public struct Row: Sendable, Equatable {
        /// The head.
        public let head: HeadChoice
        /// The number of tasks.
        public let tasks: Int
        /// Counted from the built model.
        public let parameters: RunResult.Parameters
        /// The circuit of a quantum head; nil for classical ones.
        public let circuit: ResourceCount?
        /// Measurement settings that a sample needs on a device; nil for classical heads.
        public let measurementSettings: Int?
        /// Floating-point operations of the circuits in a training step of `batch` samples, as `ExecutionPlan.multiplyAdds`
        /// counts them, two each; nil for classical heads.
        public let circuitOperations: Double?
        /// What the head's parameters should be.
        public let formula: ParameterFormula

        /// Whether the built model has as many parameters as the formula gives, dead angles counted in.
        public var agrees: Bool { parameters.head + parameters.dead == formula.count }
    }

    /// Features `D` of the backbone that feed the trunk.
    public var backboneFeatures = 64
    /// Samples of a training step.
    public var batch = 32
    /// Classes of every task; 2 for binary tasks.
    public var classes = 2
    /// Readout and sizes of the heads; kind and preset are each choice's own.
    public var head = HeadConfiguration()

    /// Binary tasks on 64 backbone features, as `digits` has them.
    public init() {}

    /// The row of `choice` for `taskCount` tasks.
    /// - Throws: `TrainingError` when the sizes do not make a model, `ExperimentError.invalidSize`.
    public func row(_ choice: HeadChoice, taskCount: Int, backend: any Backend) throws -> Row {
        for (name, value) in [
            ("the number of tasks", taskCount), ("the number of backbone features", backboneFeatures),
            ("the number of classes less one", classes - 1),
        ] where value < 1 {
            throw ExperimentError.invalidSize(name: name, value: value)
        }
        var configuration = RunConfiguration()
        configuration.head = head
        choice.apply(to: &configuration.head)
        let kind: TaskKind = classes == 2 ? .binary : .classes(classes)
        let tasks = (0..<taskCount).map { LearningTask(name: "task-\($0)", kind: kind) }
        let model = try Model(
            configuration, data: DataSummary(featureCount: backboneFeatures, tasks: tasks), backend: backend)
        return Row(
            head: choice, tasks: taskCount, parameters: model.parameterCounts,
            circuit: model.circuit.map { ResourceCount(of: $0) },
            measurementSettings: model.circuit?.measurementSettingCount,
            circuitOperations: model.plan.map { 2 * $0.multiplyAdds(sampleCount: batch) },
            formula: ParameterFormula(
                choice, outputs: tasks.map(\.kind.outputCount), featureCount: model.heads.featureCount,
                configuration: head))
    }

    /// The growth of a head's parameters with the number of tasks; nil for fewer than two numbers of tasks.
    public static func growth(of rows: [Row]) -> PowerLaw? {
        PowerLaw(x: rows.map { Double($0.tasks) }, y: rows.map { Double($0.parameters.head) })
    }
}

extension HeadChoice {
    /// Makes `configuration` one of this head; readout and sizes stay as they are.
    public func apply(to configuration: inout HeadConfiguration) {
        configuration.kind = kind
        guard let preset else { return }
        configuration.preset = preset.name
        switch preset.placement {
        case .local: configuration.qubits = nil
        case .shared: break
        }
    }
}
