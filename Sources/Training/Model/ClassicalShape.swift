import Circuits

/// What the sizes of classical heads follow from, under the capacity-matched rule of arXiv:2604.13560.
struct ClassicalShape {
    /// The outputs `C_t` of each task.
    let outputCounts: [Int]
    /// The features `d` of the representation.
    let featureCount: Int
    /// The features `3 q_t` of each task.
    private let widths: [Int]

    /// The shape of tasks whose registers have at least `register` qubits; `trunkWidth` takes the place of the matched `d`.
    init(outputCounts: [Int], register: Int?, trunkWidth: Int?) {
        self.outputCounts = outputCounts
        widths = outputCounts.map { 3 * max(Observables.registerSize(outputCount: $0), register ?? 1) }
        featureCount = trunkWidth ?? widths.reduce(0, +)
    }

    /// All outputs `O`.
    var outputCount: Int { outputCounts.reduce(0, +) }

    /// The features that each task has to itself.
    /// - Throws: `TrainingError.invalidConfiguration` where the trunk has another width than theirs together.
    func ownWidths(of kind: HeadKind) throws(TrainingError) -> [Int] {
        let total = widths.reduce(0, +)
        guard featureCount == total else {
            throw .invalidConfiguration(
                key: "trunk.width",
                problem: "is \(featureCount), but \(kind.rawValue) heads read \(total) features here; "
                    + "leave it null")
        }
        return widths
    }

    /// The least hidden units a task with which nets have at least as many parameters as the paper's quantum head.
    ///
    /// A rival is never the smaller one, so that a lead of the circuit is not one of size.
    var matchedHiddenUnits: Int {
        // Each unit adds its own weights and bias, and a weight to every output; the outputs' biases are there without it.
        let perUnit = zip(widths, outputCounts).reduce(0) { $0 + $1.0 + 1 + $1.1 }
        return Self.quotientRoundedUp(quantumParameterCount - outputCount, perUnit)
    }

    /// The least frequencies a task with which random features have at least as many parameters as the paper's quantum head.
    var matchedFrequencies: Int {
        Self.quotientRoundedUp(quantumParameterCount - outputCount, 2 * outputCount)
    }

    /// Angles of preset `paper` with one layer, three per qubit in the encoding and three in the block, and the scales and
    /// biases of its readout.
    private var quantumParameterCount: Int { 2 * widths.reduce(0, +) + 2 * outputCount }

    private static func quotientRoundedUp(_ dividend: Int, _ divisor: Int) -> Int {
        max(1, (dividend + divisor - 1) / divisor)
    }
}
