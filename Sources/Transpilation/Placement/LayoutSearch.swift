/// Looks for places where every pair that meets in a circuit has a coupling: a subgraph of the device.
///
/// From every working qubit the pairs are followed with going back where they cannot go on, better couplings first; of
/// the placements found, that with the least expected error is taken.
/// Source of the idea: Cordella et al., *A (sub)graph isomorphism algorithm for matching large graphs* (VF2, 2004).
struct LayoutSearch {
    /// Steps after which a start is given up, for each qubit of the circuit.
    private static let patience = 60
    /// Steps after which no further start is tried once a placement is known.
    private static let enough = 50_000

    private let target: DeviceTarget
    private let interactions: Interactions

    init(_ interactions: Interactions, target: DeviceTarget) {
        self.interactions = interactions
        self.target = target
    }

    /// The device's qubit for each of the circuit's; nil where none was found.
    func placement() -> [Int]? {
        var placed: [Int: Int] = [:]
        var taken: Set<Int> = []
        for order in interactions.connectedOrders where order.count > 1 {
            guard let best = best(order, avoiding: taken) else { return nil }
            placed.merge(best) { $1 }
            taken.formUnion(best.values)
        }
        // Qubits that meet no other go where they are read best.
        let rest = target.qubitErrors.filter { !taken.contains($0.key) }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
        let alone = (0..<interactions.qubitCount).filter { placed[$0] == nil }
        guard rest.count >= alone.count else { return nil }
        for (qubit, place) in zip(alone, rest) { placed[qubit] = place }
        return (0..<interactions.qubitCount).map { placed[$0]! }
    }

    private func best(_ order: [Int], avoiding taken: Set<Int>) -> [Int: Int]? {
        var best: (placement: [Int: Int], cost: Double)?
        var stepCount = 0
        for start in target.qubitErrors.keys.sorted() where !taken.contains(start) {
            if best != nil, stepCount > Self.enough { break }
            for preference in Preference.allCases {
                let steps = Self.patience * order.count + 200
                var attempt = Attempt(
                    search: self, order: order, taken: taken, steps: steps, preference: preference)
                let isFound = attempt.extend(at: 0, candidates: [start])
                stepCount += steps - attempt.steps
                guard isFound else { continue }
                let cost = target.expectedError(of: interactions, at: attempt.placement)
                if cost < best?.cost ?? .infinity { best = (attempt.placement, cost) }
                break
            }
        }
        return best?.placement
    }

    /// Which neighbour is tried first.
    private enum Preference: CaseIterable {
        /// That with the least error.
        case smallError
        /// That with the fewest free neighbours, so that none is cut off: lines through most of a device need it.
        case fewExits
    }

    /// One walk from one start.
    private struct Attempt {
        let search: LayoutSearch
        let order: [Int]
        let taken: Set<Int>
        var steps: Int
        let preference: Preference
        var placement: [Int: Int] = [:]
        private var used: Set<Int> = []

        init(search: LayoutSearch, order: [Int], taken: Set<Int>, steps: Int, preference: Preference) {
            self.search = search
            self.order = order
            self.taken = taken
            self.steps = steps
            self.preference = preference
        }

        mutating func extend(at depth: Int, candidates: [Int]) -> Bool {
            guard depth < order.count else { return true }
            let qubit = order[depth]
            for place in candidates {
                steps -= 1
                if steps < 0 { return false }
                guard fits(qubit, at: place) else { continue }
                placement[qubit] = place
                used.insert(place)
                guard hasRoom(after: depth) else {
                    placement[qubit] = nil
                    used.remove(place)
                    continue
                }
                if extend(at: depth + 1, candidates: nextCandidates(depth + 1)) { return true }
                placement[qubit] = nil
                used.remove(place)
            }
            return false
        }

        private func isFree(_ place: Int) -> Bool { !used.contains(place) && !taken.contains(place) }

        private func fits(_ qubit: Int, at place: Int) -> Bool {
            let partners = search.interactions.partners[qubit]
            return isFree(place) && search.target.neighbours[place].count >= partners.count
                && partners.allSatisfy { partner in
                    placement[partner].map { search.target.hasCoupling(place, $0) } ?? true
                }
        }

        /// Whether enough free places are connected with those taken for the qubits still to come.
        private func hasRoom(after depth: Int) -> Bool {
            let needed = order.count - depth - 1
            guard needed > 0 else { return true }
            // Only places next to qubits that meet one to come can be a way on.
            var queue = order[...depth].filter { qubit in
                search.interactions.partners[qubit].contains { placement[$0] == nil }
            }.compactMap { placement[$0] }
            var seen = Set(queue)
            var room = 0
            while let place = queue.popLast() {
                for neighbour in search.target.neighbours[place]
                where isFree(neighbour) && seen.insert(neighbour).inserted {
                    room += 1
                    if room >= needed { return true }
                    queue.append(neighbour)
                }
            }
            return false
        }

        private func nextCandidates(_ depth: Int) -> [Int] {
            guard depth < order.count,
                let anchor = search.interactions.partners[order[depth]].lazy.compactMap({ placement[$0] })
                    .first
            else { return [] }
            let free = search.target.neighbours[anchor].filter(isFree)
            func cost(_ place: Int) -> Double {
                switch preference {
                case .smallError:
                    (search.target.coupling(anchor, place)?.error ?? 1)
                        + (search.target.qubitErrors[place] ?? 1)
                case .fewExits: Double(search.target.neighbours[place].count(where: isFree))
                }
            }
            return free.map { (cost($0), $0) }.sorted { $0 < $1 }.map(\.1)
        }
    }
}

extension DeviceTarget {
    /// The expected number of errors of a placement: of every pair's gates and of every qubit's readout.
    func expectedError(of interactions: Interactions, at placement: [Int: Int]) -> Double {
        var cost = 0.0
        // In a fixed order: what rounds differently from run to run would choose another of two equally good placements.
        for qubit in placement.keys.sorted() {
            guard let place = placement[qubit] else { continue }
            cost += qubitErrors[place] ?? 1
            for partner in interactions.partners[qubit] where partner > qubit {
                guard let other = placement[partner] else { continue }
                cost += Double(interactions.count(qubit, partner)) * (coupling(place, other)?.error ?? 1)
            }
        }
        return cost
    }
}
