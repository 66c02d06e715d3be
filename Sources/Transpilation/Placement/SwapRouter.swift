import Circuits
import Randomness

/// Brings a circuit to a device by swapping qubits on the way.
///
/// Source: Li, Ding, Xie, *Tackling the qubit mapping problem for NISQ-era quantum devices* (SABRE, arXiv:1809.02573).
struct SwapRouter {
    /// A circuit on the device's qubits, and where the circuit's qubits are at its start and end.
    struct Routed {
        let circuit: PairCircuit
        let initial: [Int]
        let final: [Int]
    }

    /// Gates looked at beyond the next ones, and their weight against these.
    private static let lookahead = (count: 20, weight: 0.5)
    /// What a swap of a qubit adds to the price of its next one, and after how many swaps that is forgotten.
    private static let decay = (step: 0.001, reset: 5)

    private let target: DeviceTarget
    private let distances: [[Int]]

    init(_ target: DeviceTarget) {
        self.target = target
        distances = target.distances()
    }

    /// The circuit routed from where its qubits are placed.
    func route(_ circuit: PairCircuit, from initial: [Int], using generator: inout Philox) -> Routed {
        var pass = Pass(self, circuit.items, qubitCount: circuit.qubitCount, placement: initial)
        pass.run(using: &generator)
        pass.output.simplify()
        return Routed(circuit: pass.output, initial: initial, final: pass.placement)
    }

    /// A placement made better by routing there and back: where the way back ends is a good start.
    func refined(
        _ circuit: PairCircuit, from initial: [Int], rounds: Int, using generator: inout Philox
    ) -> [Int] {
        var placement = initial
        for _ in 0..<rounds {
            for items in [circuit.items, circuit.items.reversed()] {
                var pass = Pass(self, items, qubitCount: circuit.qubitCount, placement: placement)
                pass.run(using: &generator)
                placement = pass.placement
            }
        }
        return placement
    }

    /// One way through a circuit.
    private struct Pass {
        private let router: SwapRouter
        private let items: [PairCircuit.Item]
        /// For each item those that follow it on a qubit, and how many it still waits for.
        private var successors: [[Int]]
        private var waiting: [Int]
        private var ready: [Int]
        private var front: [Int] = []
        private var prices: [Double]
        private(set) var placement: [Int]
        /// The circuit's qubit at each of the device's; nil where there is none.
        private var occupants: [Int?]
        var output: PairCircuit

        init(_ router: SwapRouter, _ items: [PairCircuit.Item], qubitCount: Int, placement: [Int]) {
            self.router = router
            self.items = items
            self.placement = placement
            successors = Array(repeating: [], count: items.count)
            waiting = Array(repeating: 0, count: items.count)
            var last = [Int?](repeating: nil, count: qubitCount)
            for (index, item) in items.enumerated() {
                for qubit in item.qubits {
                    if let before = last[qubit] {
                        successors[before].append(index)
                        waiting[index] += 1
                    }
                    last[qubit] = index
                }
            }
            ready = items.indices.filter { [waiting] in waiting[$0] == 0 }
            let deviceQubits = router.target.qubitCount
            occupants = Array(repeating: nil, count: deviceQubits)
            for (qubit, place) in placement.enumerated() { occupants[place] = qubit }
            prices = Array(repeating: 1, count: deviceQubits)
            output = PairCircuit(qubitCount: deviceQubits)
        }

        mutating func run(using generator: inout Philox) {
            var swapsSinceGate = 0
            var swaps = 0
            /// A heuristic may go in circles; then one gate is brought together straight away.
            let patience = 10 + 3 * items.count
            while true {
                if emitReady() {
                    swapsSinceGate = 0
                    prices = prices.map { _ in 1 }
                }
                guard !front.isEmpty else { return }
                if swapsSinceGate >= min(patience, 5 * router.target.qubitCount) {
                    approach(front[0])
                    continue
                }
                let (first, second) = bestSwap(using: &generator)
                swap(first, second)
                swaps += 1
                swapsSinceGate += 1
                if swaps % SwapRouter.decay.reset == 0 { prices = prices.map { _ in 1 } }
                prices[first] += SwapRouter.decay.step
                prices[second] += SwapRouter.decay.step
            }
        }

        /// Writes what can be done where qubits are now; whether that was a gate on a pair.
        private mutating func emitReady() -> Bool {
            var progressed = false
            var queue = ready + front
            ready = []
            front = []
            while let index = queue.popLast() {
                switch items[index] {
                case .local(let qubit, let run):
                    output.append(.local(placement[qubit], run))
                case .pair(let gate, let first, let second):
                    guard router.target.hasCoupling(placement[first], placement[second]) else {
                        front.append(index)
                        continue
                    }
                    output.append(gate, placement[first], placement[second])
                    progressed = true
                }
                for next in successors[index] {
                    waiting[next] -= 1
                    if waiting[next] == 0 { queue.append(next) }
                }
            }
            front.sort()
            return progressed
        }

        private func distance(_ index: Int, _ places: [Int]) -> Double {
            let qubits = items[index].qubits
            return Double(router.distances[places[qubits[0]]][places[qubits[1]]])
        }

        /// The gates on pairs that come after the front, nearest first.
        private var following: [Int] {
            var found: [Int] = []
            var seen = Set(front)
            var queue = front
            var next = 0
            while next < queue.count, found.count < SwapRouter.lookahead.count {
                for index in successors[queue[next]] where seen.insert(index).inserted {
                    if items[index].qubits.count == 2 { found.append(index) }
                    queue.append(index)
                }
                next += 1
            }
            return found
        }

        /// The swap that brings the next gates and those after them nearest together.
        private func bestSwap(using generator: inout Philox) -> (Int, Int) {
            let following = following
            var gates: [(item: Int, weight: Double)] = []
            for index in front { gates.append((index, 1 / Double(front.count))) }
            for index in following {
                gates.append((index, SwapRouter.lookahead.weight / Double(following.count)))
            }
            let now = gates.reduce(0.0) { $0 + $1.weight * distance($1.item, placement) }
            var gatesOfQubit: [Int: [(item: Int, weight: Double)]] = [:]
            for gate in gates {
                for qubit in items[gate.item].qubits { gatesOfQubit[qubit, default: []].append(gate) }
            }

            var places = placement
            var best: [(Int, Int)] = []
            var bestPrice = Double.infinity
            let active = Set(front.flatMap { items[$0].qubits }.map { placement[$0] })
            for place in active.sorted() {
                for neighbour in router.target.neighbours[place]
                where !(active.contains(neighbour) && neighbour < place) {
                    let moved = [occupants[place], occupants[neighbour]].compactMap { $0 }
                    if let qubit = occupants[place] { places[qubit] = neighbour }
                    if let qubit = occupants[neighbour] { places[qubit] = place }
                    var price = now
                    for qubit in moved {
                        for (item, weight) in gatesOfQubit[qubit] ?? [] {
                            // A gate on both keeps its distance.
                            price += weight * (distance(item, places) - distance(item, placement))
                        }
                    }
                    for qubit in moved { places[qubit] = placement[qubit] }
                    price *= max(prices[place], prices[neighbour])
                    if price < bestPrice - 1e-9 {
                        best = []
                        bestPrice = price
                    }
                    if price < bestPrice + 1e-9 { best.append((place, neighbour)) }
                }
            }
            return best[Int.random(in: 0..<best.count, using: &generator)]
        }

        private mutating func swap(_ first: Int, _ second: Int) {
            output.append(.swap, first, second)
            let (left, right) = (occupants[first], occupants[second])
            occupants[first] = right
            occupants[second] = left
            if let left { placement[left] = second }
            if let right { placement[right] = first }
        }

        /// Swaps the first qubit of a gate along a shortest way to the second.
        private mutating func approach(_ index: Int) {
            let qubits = items[index].qubits
            let goal = placement[qubits[1]]
            while router.distances[placement[qubits[0]]][goal] > 1 {
                let place = placement[qubits[0]]
                let distance = router.distances[place][goal]
                guard
                    let next = router.target.neighbours[place].first(where: {
                        router.distances[$0][goal] < distance
                    })
                else { preconditionFailure("the qubits are in one connected part of the device") }
                swap(place, next)
            }
        }
    }
}
