/// What a finished run reports: `result.json` of a run folder.
public struct RunResult: Codable, Sendable, Equatable {
    /// Parameter counts, in three columns so that nothing that grows may hide.
    public struct Parameters: Codable, Sendable, Equatable {
        /// Trainable parameters of the heads, dead angles left out.
        public var head: Int
        /// Trainable parameters of the trunk, `(D + 1) d`.
        public var interface: Int
        /// `head + interface`.
        public var total: Int
        /// Angles that no readout can see; they are cut from the computation and counted in no other column.
        public var dead: Int

        /// Counts of a model.
        public init(head: Int, interface: Int, dead: Int = 0) {
            self.head = head
            self.interface = interface
            self.dead = dead
            total = head + interface
        }
    }

    /// The size of a quantum head's circuit.
    public struct CircuitSize: Codable, Sendable, Equatable {
        /// Qubits of the whole circuit.
        public var qubits: Int
        /// Encoding stages.
        public var stages: Int
        /// Depth, gates that act at once counted once.
        public var depth: Int
        /// Gates on one qubit.
        public var oneQubitGates: Int
        /// Gates on two qubits.
        public var twoQubitGates: Int

        /// The size of a circuit.
        public init(qubits: Int, stages: Int, depth: Int, oneQubitGates: Int, twoQubitGates: Int) {
            self.qubits = qubits
            self.stages = stages
            self.depth = depth
            self.oneQubitGates = oneQubitGates
            self.twoQubitGates = twoQubitGates
        }

        private enum CodingKeys: String, CodingKey {
            case qubits, stages, depth
            case oneQubitGates = "one_qubit_gates"
            case twoQubitGates = "two_qubit_gates"
        }
    }

    /// How well one task is solved.
    public struct TaskScore: Codable, Sendable, Equatable {
        /// The task's name.
        public var name: String
        /// `binary`, `classes` or `regression`.
        public var kind: String
        /// The metric of both scores.
        public var metric: String
        /// Score on the validation split.
        public var validation: Double
        /// Score on the test split.
        public var test: Double
        /// Mean loss on the test split: cross-entropy in nats (the negative log-likelihood), or squared error.
        public var loss: Double
        /// Expected calibration error on the test split (15 bins); nil for regression.
        public var calibrationError: Double?
        /// Brier score on the test split; nil for regression.
        public var brier: Double?
        /// Test counts `[true class][predicted class]`; nil for regression.
        public var confusion: [[Int]]?
        /// Reliability bins on the test split: mean confidence, accuracy and count of each filled bin.
        public var reliability: [ReliabilityBin]?
        /// The same after temperature scaling fitted on the validation split; nil for regression.
        public var calibrated: Calibrated?

        /// A task's scores.
        public init(
            name: String, kind: String, metric: String, validation: Double, test: Double, loss: Double,
            calibrationError: Double? = nil, brier: Double? = nil, confusion: [[Int]]? = nil,
            reliability: [ReliabilityBin]? = nil, calibrated: Calibrated? = nil
        ) {
            self.name = name
            self.kind = kind
            self.metric = metric
            self.validation = validation
            self.test = test
            self.loss = loss
            self.calibrationError = calibrationError
            self.brier = brier
            self.confusion = confusion
            self.reliability = reliability
            self.calibrated = calibrated
        }

        private enum CodingKeys: String, CodingKey {
            case name, kind, metric, validation, test, loss, brier, confusion, reliability, calibrated
            case calibrationError = "calibration_error"
        }
    }

    /// How a classification task's test predictions fare at the temperature that suits its validation split best.
    public struct Calibrated: Codable, Sendable, Equatable {
        /// The temperature; above 1 the predictions were overconfident on validation.
        public var temperature: Double
        /// Mean cross-entropy in nats.
        public var loss: Double
        /// Expected calibration error (15 bins).
        public var calibrationError: Double
        /// Brier score.
        public var brier: Double
        /// Reliability bins.
        public var reliability: [ReliabilityBin]

        /// Scores at a temperature.
        public init(
            temperature: Double, loss: Double, calibrationError: Double, brier: Double,
            reliability: [ReliabilityBin]
        ) {
            self.temperature = temperature
            self.loss = loss
            self.calibrationError = calibrationError
            self.brier = brier
            self.reliability = reliability
        }

        private enum CodingKeys: String, CodingKey {
            case temperature, loss, brier, reliability
            case calibrationError = "calibration_error"
        }
    }

    /// Predictions of like confidence.
    public struct ReliabilityBin: Codable, Sendable, Equatable {
        /// Mean predicted confidence.
        public var confidence: Double
        /// Share of correct predictions.
        public var accuracy: Double
        /// Number of predictions.
        public var count: Int

        /// A bin of a reliability diagram.
        public init(confidence: Double, accuracy: Double, count: Int) {
            self.confidence = confidence
            self.accuracy = accuracy
            self.count = count
        }
    }

    /// Means over tasks; a task judged by an error (`rmse`) counts its negative, so that larger is better.
    public struct Macro: Codable, Sendable, Equatable {
        /// Mean validation score.
        public var validation: Double
        /// Mean test score.
        public var test: Double

        /// Mean scores.
        public init(validation: Double, test: Double) {
            self.validation = validation
            self.test = test
        }
    }

    /// Where the time went.
    public struct Seconds: Codable, Sendable, Equatable {
        /// Training, evaluation on validation included.
        public var train: Double
        /// The median training step.
        public var perStep: Double
        /// The share of the epochs spent in trunk, heads, loss and optimiser; nil where a run was only read.
        public var arithmeticShare: Double?

        /// Times of a run.
        public init(train: Double, perStep: Double, arithmeticShare: Double? = nil) {
            self.train = train
            self.perStep = perStep
            self.arithmeticShare = arithmeticShare
        }

        private enum CodingKeys: String, CodingKey {
            case train
            case perStep = "per_step"
            case arithmeticShare = "arithmetic_share"
        }
    }

    /// Samples with a label of any task, split by split.
    public struct Samples: Codable, Sendable, Equatable {
        /// Samples to fit parameters with.
        public var train: Int
        /// Samples to choose a model with.
        public var validation: Int
        /// Samples to report its quality on.
        public var test: Int

        /// Numbers of samples.
        public init(train: Int, validation: Int, test: Int) {
            self.train = train
            self.validation = validation
            self.test = test
        }
    }

    /// The data set's name.
    public var dataset: String
    /// The fold it was tested on; nil for the set's own splits.
    public var fold: Int?
    /// The sizes of the splits.
    public var samples: Samples
    /// The head's name: `quantum`, `linear`, ...
    public var head: String
    /// The quantum head's preset; nil for classical heads.
    public var preset: String?
    /// The encoding in place of the preset's; nil where it is the preset's own.
    public var encoding: String?
    /// The block in place of the preset's; nil where it is the preset's own.
    public var block: String?
    /// The backend that computed it.
    public var backend: String
    /// The device it ran on.
    public var device: String
    /// The seed.
    public var seed: UInt64
    /// The program's version.
    public var version: String
    /// Parameter counts.
    public var parameters: Parameters
    /// The circuit's size; nil for classical heads.
    public var circuit: CircuitSize?
    /// Scores, task by task.
    public var tasks: [TaskScore]
    /// Mean scores over tasks.
    public var macro: Macro
    /// The epoch whose parameters were chosen on validation, counted from 1.
    public var bestEpoch: Int
    /// Times.
    public var seconds: Seconds
    /// Kernel launches a training step; nil where a backend has none.
    public var launchesPerStep: Int?
    /// Task circuits, values and gradients, evaluated a second; nil for classical heads.
    public var circuitsPerSecond: Double?
    /// How the tasks' gradients of what they share point; nil for one task and for very many.
    public var conflict: GradientConflict?

    /// Everything a run reports.
    public init(
        dataset: String, fold: Int? = nil, samples: Samples, head: String, preset: String?,
        encoding: String? = nil, block: String? = nil, backend: String, device: String, seed: UInt64,
        version: String, parameters: Parameters, circuit: CircuitSize?, tasks: [TaskScore], macro: Macro,
        bestEpoch: Int, seconds: Seconds, launchesPerStep: Int? = nil, circuitsPerSecond: Double? = nil,
        conflict: GradientConflict? = nil
    ) {
        self.dataset = dataset
        self.fold = fold
        self.samples = samples
        self.head = head
        self.preset = preset
        self.encoding = encoding
        self.block = block
        self.backend = backend
        self.device = device
        self.seed = seed
        self.version = version
        self.parameters = parameters
        self.circuit = circuit
        self.tasks = tasks
        self.macro = macro
        self.bestEpoch = bestEpoch
        self.seconds = seconds
        self.launchesPerStep = launchesPerStep
        self.circuitsPerSecond = circuitsPerSecond
        self.conflict = conflict
    }

    private enum CodingKeys: String, CodingKey {
        case dataset, fold, samples, head, preset, encoding, block, backend, device, seed, version, parameters
        case circuit, tasks, macro, seconds, conflict
        case bestEpoch = "best_epoch"
        case launchesPerStep = "launches_per_step"
        case circuitsPerSecond = "circuits_per_second"
    }
}

/// One line of a run's `metrics.jsonl`.
public struct EpochRecord: Codable, Sendable, Equatable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// Mean training loss over the epoch's labels.
    public var trainLoss: Double
    /// Mean loss on the validation split.
    public var validationLoss: Double
    /// Mean validation score over tasks.
    public var validationMacro: Double
    /// Validation score of each task.
    public var validation: [String: Double]
    /// Learning rate at the epoch's end.
    public var learningRate: Double

    /// What is known after an epoch.
    public init(
        epoch: Int, trainLoss: Double, validationLoss: Double, validationMacro: Double,
        validation: [String: Double], learningRate: Double
    ) {
        self.epoch = epoch
        self.trainLoss = trainLoss
        self.validationLoss = validationLoss
        self.validationMacro = validationMacro
        self.validation = validation
        self.learningRate = learningRate
    }

    private enum CodingKeys: String, CodingKey {
        case epoch, validation
        case trainLoss = "train_loss"
        case validationLoss = "validation_loss"
        case validationMacro = "validation_macro"
        case learningRate = "learning_rate"
    }
}
