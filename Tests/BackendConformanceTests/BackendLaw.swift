import Testing

/// What is true of every backend.
enum BackendLaw: String, CaseIterable, CustomTestStringConvertible {
    case statesStayNormalised = "states stay normalised"
    case inversesUndoCircuits = "a circuit followed by its inverse is the identity"
    case wiresCanBeRelabelled = "wires can be relabelled"
    case randomCircuitsEqualReference = "random circuits equal the reference"
    case presetsEqualReference = "presets of all sizes equal the reference"
    case farQubitsDoNotMatter = "qubits outside a cone do not matter"
    case blocksCanMoveIntoTheEncoding = "a task block is a circuit behind the encoding"
    case tasksAreIndependent = "a task does not see the others"
    case rowsAreIndependent = "a row of a batch equals a batch of that row"
    case batchesCanBeSplit = "a batch split by memory gives the same result"
    case resultsAreReproducible = "the same inputs give the same result on any number of threads"
    case cotangentsMayBeFunctions = "a cotangent may depend on the expectation values"
    case emptinessIsAllowed = "a circuit or a batch may be empty"
    case tooWideCircuitsAreRefused = "a circuit too wide for the memory is refused"
    case taskGradientsAreShares = "a task's gradients are its share of the gradients"
    case taskGradientsAreReproducible = "gradients task by task are the same on any number of threads"
    case gradientsEqualParameterShift = "gradients equal the parameter shift rule"
    case gradientsEqualDifferences = "gradients equal central differences"
    case noisyCircuitsEqualReference = "noisy circuits equal the reference"
    case noisyCircuitsEqualAer = "noisy circuits equal Qiskit Aer"
    case noisyGradientsEqualDifferences = "gradients under noise equal central differences"
    case shotsAreReproducible = "shots are the same on every backend"
    case shiftedGradientsAreExact = "gradients from measured values tend to the exact ones"
    case trajectoriesTendToDensityMatrices = "trajectories tend to the density matrix"
    case trajectoriesAreReproducible = "trajectories are the same on every backend"
    case weakNoiseTendsToNone = "a noise model without channels changes nothing"

    var testDescription: String { rawValue }

    /// Records an issue where a backend breaks the law.
    func check(on kind: BackendKind) async throws {
        switch self {
        case .statesStayNormalised: try await statesStayNormalised(kind)
        case .inversesUndoCircuits: try await inversesUndoCircuits(kind)
        case .wiresCanBeRelabelled: try await wiresCanBeRelabelled(kind)
        case .randomCircuitsEqualReference: try await randomCircuitsEqualReference(kind)
        case .presetsEqualReference: try await presetsEqualReference(kind)
        case .farQubitsDoNotMatter: try await farQubitsDoNotMatter(kind)
        case .blocksCanMoveIntoTheEncoding: try await blocksCanMoveIntoTheEncoding(kind)
        case .tasksAreIndependent: try await tasksAreIndependent(kind)
        case .rowsAreIndependent: try await rowsAreIndependent(kind)
        case .batchesCanBeSplit: try await batchesCanBeSplit(kind)
        case .resultsAreReproducible: try await resultsAreReproducible(kind)
        case .cotangentsMayBeFunctions: try await cotangentsMayBeFunctions(kind)
        case .emptinessIsAllowed: try await emptinessIsAllowed(kind)
        case .tooWideCircuitsAreRefused: try await tooWideCircuitsAreRefused(kind)
        case .taskGradientsAreShares: try await taskGradientsAreShares(kind)
        case .taskGradientsAreReproducible: try await taskGradientsAreReproducible(kind)
        case .gradientsEqualParameterShift: try await gradientsEqualParameterShift(kind)
        case .gradientsEqualDifferences: try await gradientsEqualDifferences(kind)
        case .noisyCircuitsEqualReference: try await noisyCircuitsEqualReference(kind)
        case .noisyCircuitsEqualAer: try await noisyCircuitsEqualAer(kind)
        case .noisyGradientsEqualDifferences: try await noisyGradientsEqualDifferences(kind)
        case .shotsAreReproducible: try await shotsAreReproducible(kind)
        case .shiftedGradientsAreExact: try await shiftedGradientsAreExact(kind)
        case .trajectoriesTendToDensityMatrices: try await trajectoriesTendToDensityMatrices(kind)
        case .trajectoriesAreReproducible: try await trajectoriesAreReproducible(kind)
        case .weakNoiseTendsToNone: try await weakNoiseTendsToNone(kind)
        }
    }
}
