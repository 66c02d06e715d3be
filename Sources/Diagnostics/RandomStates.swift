import Circuits
import LinearAlgebra
import Randomness
import ReferenceSimulation

/// States that a circuit prepares at random angles, each angle uniform in one turn.
struct RandomStates: Sendable {
    private let gates: [Gate]
    private let qubitCount: Int
    private let parameterCount: Int
    private let featureCount: Int
    private let seed: UInt64

    /// The states of `circuit`; features are drawn as trainable angles are.
    init(of circuit: Circuit, seed: UInt64) {
        gates = circuit.gates
        qubitCount = circuit.qubitCount
        parameterCount = circuit.parameterCount
        featureCount = circuit.featureCount
        self.seed = seed
    }

    /// What `body` makes of each of `count` samples; a sample draws as many states as it likes.
    ///
    /// Every sample has a stream of its own, so results do not depend on the number of threads.
    func map<Result: Sendable>(
        _ count: Int, _ body: @Sendable (_ next: () -> StateVector) -> Result
    ) -> [Result] {
        let results = ResultList<Result>(count)
        ThreadTeam.allCores.forEach(count) { index, _ in
            var stream = Philox(seed: seed, purpose: .diagnosis, index: UInt32(truncatingIfNeeded: index))
            results[index] = body { draw(&stream) }
        }
        return results.all
    }

    private func draw(_ stream: inout Philox) -> StateVector {
        let parameters = (0..<parameterCount).map { _ in Self.angle(&stream) }
        let features = (0..<featureCount).map { _ in Self.angle(&stream) }
        var state = StateVector(qubitCount: qubitCount)
        for gate in gates {
            state.apply(gate, angle: gate.angle?.value(parameters: parameters, features: features) ?? 0)
        }
        return state
    }

    /// An angle in `0..<2 pi` of 32 random bits.
    static func angle(_ stream: inout Philox) -> Double { Double(stream.nextWord()) * 0x1p-32 * 2 * .pi }
}

/// Results that several threads write, each at indices of its own.
private final class ResultList<Element: Sendable>: @unchecked Sendable {
    private let slots: UnsafeMutableBufferPointer<Element?>

    init(_ count: Int) {
        slots = .allocate(capacity: count)
        slots.initialize(repeating: nil)
    }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    subscript(index: Int) -> Element {
        get { slots[index]! }
        set { slots[index] = newValue }
    }

    var all: [Element] { slots.map { $0! } }
}
