import LinearAlgebra
import Randomness

/// One task's gradient as a combination of all tasks' gradients, which other gradients are added to.
///
/// The inner products with all gradients are kept up to date, so that looking at another task costs nothing and adding its
/// gradient one pass over the tasks.
struct CombinedGradient {
    /// The share of each task's gradient.
    private(set) var shares: [Double]
    /// The inner product with each task's gradient.
    private(set) var products: [Double]
    /// The squared norm, never negative.
    private(set) var squaredNorm: Double
    private let gramian: SymmetricMatrix

    /// The gradient of one task.
    init(of task: Int, in gramian: SymmetricMatrix) {
        self.gramian = gramian
        shares = [Double](repeating: 0, count: gramian.order)
        shares[task] = 1
        products = (0..<gramian.order).map { gramian[task, $0] }
        squaredNorm = gramian[task, task]
    }

    /// Adds `factor` times the gradient of `task`.
    mutating func add(_ factor: Double, of task: Int) {
        squaredNorm = max(0, squaredNorm + factor * (2 * products[task] + factor * gramian[task, task]))
        shares[task] += factor
        for other in products.indices { products[other] += factor * gramian[task, other] }
    }
}

extension Philox {
    /// The numbers below `count` without `excluded`, in random order.
    mutating func order(of count: Int, without excluded: Int) -> [Int] {
        (0..<count).filter { $0 != excluded }.shuffled(using: &self)
    }
}
