import Circuits
import Randomness

/// Brings circuits to a device: its gates, its qubits, its couplings.
///
/// Gates that cancel are taken out, a place is looked for where every pair has a coupling and errors are small, and where
/// there is none qubits are swapped on the way. The result is exact for all angles.
public struct Transpiler: Sendable {
    /// Starting places that swaps are tried from, and ways there and back that improve each.
    private static let trials = (starts: 12, rounds: 2)

    /// The device.
    public let target: DeviceTarget
    private let seed: UInt64

    /// A transpiler to a device; swaps are chosen at random among equally good ones.
    public init(to target: DeviceTarget, seed: UInt64 = 0) {
        self.target = target
        self.seed = seed
    }

    /// `circuit` in the device's gates on its qubits.
    /// - Throws: `TranspilationError.tooManyQubits`.
    public func transpile(_ circuit: Circuit) throws(TranspilationError) -> NativeCircuit {
        let pairs = PairCircuit(circuit)
        let interactions = Interactions(pairs)
        if let placed = placed(pairs, interactions) {
            return native(placed, featureCount: circuit.featureCount)
        }
        return native(try routed(pairs, interactions), featureCount: circuit.featureCount)
    }

    /// `circuit` in the device's gates where no qubits are swapped; nil where no place for that was found.
    public func transpileWithoutSwaps(_ circuit: Circuit) -> NativeCircuit? {
        let pairs = PairCircuit(circuit)
        return placed(pairs, Interactions(pairs)).map { native($0, featureCount: circuit.featureCount) }
    }

    private func native(_ routed: SwapRouter.Routed, featureCount: Int) -> NativeCircuit {
        let joined = JoinedPairs(routed.circuit.items, featureCount: featureCount) {
            target.rotationZZ($0, $1) != nil
        }
        let synthesis = NativeSynthesis(joined.steps, target: target)
        return NativeCircuit(
            target: target, instructions: synthesis.instructions, initialLayout: routed.initial,
            finalLayout: routed.final, featureCount: featureCount, foldedRuns: joined.runs,
            runs: synthesis.runs, openAngles: synthesis.openAngles)
    }

    /// The circuit where no swap is needed; nil where no such place was found.
    private func placed(_ circuit: PairCircuit, _ interactions: Interactions) -> SwapRouter.Routed? {
        guard let placement = LayoutSearch(interactions, target: target).placement() else { return nil }
        var moved = PairCircuit(qubitCount: target.qubitCount)
        for item in circuit.items {
            switch item {
            case .local(let qubit, let run): moved.append(.local(placement[qubit], run))
            case .pair(let gate, let first, let second):
                moved.append(gate, placement[first], placement[second])
            }
        }
        return SwapRouter.Routed(circuit: moved, initial: placement, final: placement)
    }

    /// The circuit with swaps: the best of several starts, by two-qubit gates, then by expected error.
    private func routed(
        _ circuit: PairCircuit, _ interactions: Interactions
    ) throws(TranspilationError) -> SwapRouter.Routed {
        let size = circuit.qubitCount
        let regions = target.qubitErrors.keys.sorted().compactMap { start in
            target.region(around: start, size: size).map { region in (region, error(of: region)) }
        }.sorted { ($0.1, $0.0[0]) < ($1.1, $1.0[0]) }
        guard !regions.isEmpty else {
            throw .tooManyQubits(
                needed: size, available: target.largestConnectedPart, device: target.name)
        }
        let router = SwapRouter(target)
        let order = interactions.connectedOrders.joined()
        var best: (routed: SwapRouter.Routed, cost: (Int, Double))?
        for trial in 0..<Self.trials.starts {
            var generator = Philox(seed: seed, purpose: .data, index: UInt32(trial))
            let region = regions[trial % min(regions.count, 4)].0
            // First as the pairs follow each other, then at random.
            let places = trial < 4 ? region : region.shuffled(using: &generator)
            var start = [Int](repeating: 0, count: size)
            for (qubit, place) in zip(order, places) { start[qubit] = place }
            let refined = router.refined(circuit, from: start, rounds: Self.trials.rounds, using: &generator)
            let routed = router.route(circuit, from: refined, using: &generator)
            let cost = (routed.circuit.entanglerCount, error(of: routed))
            if best.map({ cost < $0.cost }) ?? true { best = (routed, cost) }
        }
        guard let best else { preconditionFailure("there is at least one trial") }
        return best.routed
    }

    private func error(of region: [Int]) -> Double { region.reduce(0) { $0 + (target.qubitErrors[$1] ?? 1) } }

    private func error(of routed: SwapRouter.Routed) -> Double {
        routed.circuit.items.reduce(error(of: routed.final)) { sum, item in
            guard case .pair(let gate, let first, let second) = item else { return sum }
            return sum + Double(gate.entanglerCount) * (target.coupling(first, second)?.error ?? 1)
        }
    }
}
