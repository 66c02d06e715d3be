import Randomness

extension Philox {
    /// `count` initial weights or biases of outputs with `inputs` inputs: uniform in `±1 / sqrt(inputs)`, the default of
    /// PyTorch's `Linear`.
    mutating func weights(_ count: Int, inputs: Int) -> [Float] {
        let bound = 1 / Float(inputs).squareRoot()
        return (0..<count).map { _ in uniform(in: -bound..<bound) }
    }

    /// `count` numbers of mean 0 and variance `variance`, uniform.
    mutating func factors(_ count: Int, variance: Float) -> [Float] {
        let bound = (3 * variance).squareRoot()
        return (0..<count).map { _ in uniform(in: -bound..<bound) }
    }
}
