import LinearAlgebra
import Randomness

/// The trajectories of a batch, as samples of the unravelled circuit: each sample's one after the other.
struct TrajectoryDraws {
    /// Features of a batch at most, unless a single row has more.
    private static let mostFeatures = 1 << 22
    private static let mostRows = 1 << 12

    /// The angles of the plain circuit.
    let inputs: ParameterBatch
    /// The number of trajectories of each sample.
    let count: Int
    private let circuit: UnravelledCircuit
    /// The seed of each sample's trajectories.
    private let seeds: [UInt64]

    /// Trajectories of a batch at angles of the plain circuit; one of each sample where nothing is drawn.
    init(_ circuit: UnravelledCircuit, _ inputs: ParameterBatch, _ trajectories: Trajectories) {
        (self.circuit, self.inputs) = (circuit, inputs)
        count = circuit.siteCount == 0 ? 1 : trajectories.count
        let angles = AngleDigest(inputs.parameters).value
        seeds = (0..<inputs.sampleCount).map { sample in
            var digest = AngleDigest(inputs.features.row(sample))
            digest.append(angles)
            return trajectories.seed ^ digest.value
        }
    }

    /// Ranges of rows that are run together.
    var chunks: [Range<Int>] {
        let rows = inputs.sampleCount * count
        let most = min(Self.mostRows, max(1, Self.mostFeatures / max(1, circuit.plan.circuit.featureCount)))
        return stride(from: 0, to: rows, by: most).map { $0..<min(rows, $0 + most) }
    }

    /// What the unravelled circuit is evaluated at; row `r` is trajectory `r % count` of sample `r / count`.
    func batch(_ rows: Range<Int>) -> ParameterBatch {
        let width = circuit.plan.circuit.featureCount
        var features = Matrix(rows: rows.count, columns: width)
        features.elements.withUnsafeMutableBufferPointer { elements in
            guard let first = elements.baseAddress else { return }
            for (row, number) in rows.enumerated() {
                let (sample, trajectory) = (number / count, number % count)
                var generator = Philox(
                    seed: seeds[sample], purpose: .trajectories, index: UInt32(trajectory))
                circuit.draw(inputs.features.row(sample), &generator, into: first + row * width)
            }
        }
        return ParameterBatch(
            features: features,
            parameters: Array(inputs.parameters.prefix(circuit.plan.circuit.parameterCount)))
    }
}
