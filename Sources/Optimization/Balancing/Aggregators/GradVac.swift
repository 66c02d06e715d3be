import LinearAlgebra
import Randomness

/// Turns every task's gradient towards the others' until their cosines are what they usually are, and averages.
///
/// The usual cosine of each pair is a running mean over steps. Source: Wang et al., *Gradient vaccine* (ICLR 2021),
/// algorithm 1, whose sum is a mean here.
public struct GradVac: GradientAggregator {
    /// The share by which a pair's usual cosine follows the cosine of a step, in `0...1`.
    public var pace: Double

    /// The rule with the paper's pace by default.
    public init(pace: Double = 0.01) {
        self.pace = pace
    }

    /// A usual cosine of 0 for every ordered pair of tasks, `[tasks x tasks]`.
    public func initialMemory(taskCount: Int) -> [Float] {
        [Float](repeating: 0, count: taskCount * taskCount)
    }

    /// The weight of each task; each at least `1 / T`.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        let count = gramian.order
        let taskCount = Int(Double(memory.count).squareRoot())
        let norms = gramian.diagonal.map { $0.squareRoot() }
        var weights = [Double](repeating: 0, count: count)
        for task in 0..<count {
            var gradient = CombinedGradient(of: task, in: gramian)
            for other in random.order(of: count, without: task) {
                let norm = gradient.squaredNorm.squareRoot()
                guard norm > 0, norms[other] > 0 else { continue }
                let cosine = min(max(gradient.products[other] / (norm * norms[other]), -1), 1)
                let pair = tasks[task] * taskCount + tasks[other]
                let usual = Double(memory[pair])
                if cosine < usual {
                    let (sine, usualSine) = (
                        (1 - cosine * cosine).squareRoot(), (1 - usual * usual).squareRoot()
                    )
                    let factor = norm * (usual * sine - cosine * usualSine) / (norms[other] * usualSine)
                    gradient.add(factor, of: other)
                }
                memory[pair] = Float((1 - pace) * usual + pace * cosine)
            }
            for index in 0..<count { weights[index] += gradient.shares[index] / Double(count) }
        }
        return weights
    }
}
