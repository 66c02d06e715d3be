import Configuration
import QMTL

/// What the program tells its caller when it ends; the one place that maps errors to numbers.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 64
    case badInput = 65
    case unavailable = 69
    case interrupted = 130

    init(of error: any Error) {
        self =
            switch error {
            case is CancellationError: .interrupted
            case let error as CommandError: error.status
            case is CircuitError: .wrongUsage
            case is OpenQASMError: .badInput
            case is TranspilationError: .wrongUsage
            case let error as ConfigurationError: Self.status(error)
            case let error as DatasetError: Self.status(error)
            case let error as BackendError: Self.status(error)
            case let error as ExperimentError: Self.status(error)
            case let error as IBMError: Self.status(error)
            case let error as NoiseError: Self.status(error)
            case let error as ReportingError: Self.status(error)
            case let error as TrainingError: Self.status(error)
            case _: .failed
            }
    }

    private static func status(_ error: ConfigurationError) -> ExitStatus {
        switch error {
        case .unreadableFile: .badInput
        case .invalidYAML(let place, _), .unknownKey(_, let place, _, _), .missingKey(_, let place),
            .invalidValue(_, let place, _, _):
            switch place {
            case .file: .badInput
            case .override: .wrongUsage
            }
        case .invalidOverride: .wrongUsage
        case .unwritableValue: .failed
        }
    }

    private static func status(_ error: DatasetError) -> ExitStatus {
        switch error {
        case .unknownDataset, .unknownTask, .repeatedTask, .noDataFolder, .unavailableFold, .invalidFractions,
            .invalidTaskCount:
            .wrongUsage
        case .unwritableFile: .failed
        case .unreadableFile, .malformedFile, .unsupportedArray, .missingArray, .unnamedArray,
            .unexpectedShape, .notANumber,
            .nonFiniteFeature, .invalidLabel, .invalidAssignment, .emptySplit, .tooFewLabels,
            .invalidConfiguration, .invalidDescription:
            .badInput
        }
    }

    private static func status(_ error: BackendError) -> ExitStatus {
        switch error {
        case .outOfMemory: .badInput
        case .unavailable: .unavailable
        case .unsuitable: .wrongUsage
        case .interrupted: .interrupted
        }
    }

    private static func status(_ error: ExperimentError) -> ExitStatus {
        switch error {
        case .invalidSize, .invalidCircuit, .noFamily, .noHeads, .noValues, .ownRival, .repeatedHead,
            .repeatedTaskCount, .unusedTrials:
            .wrongUsage
        case .noTrial: .failed
        case .noRuns, .differentDatasets, .differentRuns, .differentTasks, .missingStepArray,
            .unusedStepArray, .unexpectedStepArray, .invalidStepLabel:
            .badInput
        }
    }

    private static func status(_ error: IBMError) -> ExitStatus {
        switch error {
        case .noAccount, .noInstance, .refusedKey, .refused, .unreachable, .unreadableAnswer,
            .uncertainSubmission:
            .unavailable
        case .unknownAccount, .tooLarge, .unknownJob: .wrongUsage
        case .invalidAccount, .ledger: .badInput
        case .failedJob, .lostResult: .failed
        case .interrupted: .interrupted
        }
    }

    private static func status(_ error: NoiseError) -> ExitStatus {
        switch error {
        case .unknownModel: .wrongUsage
        case .outOfRange, .notTracePreserving, .differentOperators, .invalidPauli, .impossibleTimes,
            .tooWideChannel, .invalidCalibration, .noLine, .tooManyQubits, .uncoupledQubits:
            .badInput
        }
    }

    private static func status(_ error: ReportingError) -> ExitStatus {
        switch error {
        case .cannotEncode: .failed
        case .cannotDecode: .badInput
        }
    }

    private static func status(_ error: TrainingError) -> ExitStatus {
        switch error {
        case .invalidNoise(let error): status(error)
        case .invalidConfiguration, .invalidCircuit, .unsuitableMetric, .runExists, .differentRun: .wrongUsage
        case .noLabels, .differentFeatureCount, .differentTasks, .noCheckpoint, .damagedFile, .unreadableFile:
            .badInput
        case .diverged, .runInUse, .unwritableFile: .failed
        }
    }
}
