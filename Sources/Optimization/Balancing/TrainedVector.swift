/// Numbers that Adam trains beside a model's parameters, with what Adam remembers of them, as one flat memory.
struct TrainedVector {
    /// The numbers.
    private(set) var values: [Float]
    private var state: OptimizerState

    /// The memory before the first step, of numbers that start at 0.
    static func initialMemory(count: Int) -> [Float] { [Float](repeating: 0, count: 3 * count + 1) }

    /// The numbers of a memory.
    init(memory: [Float]) {
        let count = memory.count / 3
        values = Array(memory[..<count])
        state = OptimizerState(
            step: Int(memory[3 * count]),
            moments: [Array(memory[count..<2 * count]), Array(memory[2 * count..<3 * count])])
    }

    /// The numbers and what Adam remembers.
    var memory: [Float] { values + state.moments[0] + state.moments[1] + [Float(state.step)] }

    /// One step of Adam against `gradient`.
    mutating func step(against gradient: [Float], learningRate: Float) {
        Optimizer.adam(Adam()).update(&values, gradient: gradient, state: &state, learningRate: learningRate)
    }
}
