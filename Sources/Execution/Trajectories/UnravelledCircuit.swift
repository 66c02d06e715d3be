import Circuits
import LinearAlgebra
import Noise
import Randomness

/// A noisy encoding as a circuit without noise, some of whose features are drawn: the noisy one is its mean.
///
/// Mixtures of Pauli operators leave the circuit as wide as it is, and its cones are cut as ever. Where a cone has another
/// channel, each cone becomes a part on wires of its own, with a branch qubit beside them; see `NoiseSite`.
struct UnravelledCircuit {
    /// Products of Pauli operators that are wanted of the reduced state of a register.
    struct Demand {
        let encoding: Int
        let instance: Int
        let register: Int
        /// The products, by index in the Pauli basis; 0 is the identity.
        let entries: [Int]
    }

    /// A part of the circuit with its noise.
    private struct Part {
        /// The wire of each of the circuit's qubits.
        let wires: [Int: Int]
        let branch: Int?
        var sites: [NoiseSite] = []
        /// The feature that turns the branch qubit.
        var turn: Int?

        /// What expectation values are multiplied with.
        var norm: Double { branch == nil ? 1 : sites.reduce(1) { $0 * $1.norm } }
    }

    /// The plan of the circuit; its features are those of the noisy one and, behind them, the drawn ones.
    let plan: ExecutionPlan
    /// For each demand and each of its entries, the readout that gives it; nil for the identity, whose value is 1.
    let columns: [[Int?]]
    /// What each readout is multiplied with.
    let norms: [Double]
    private let parts: [Part]
    private let plainFeatureCount: Int

    /// The circuit of a noisy plan, read as demanded.
    init(_ source: ExecutionPlan, demands: [Demand]) {
        let circuit = source.plainCircuit
        let noisy = NoisyCircuit(circuit.encoding, noise: source.noise, folds: source.folds)
        plainFeatureCount = circuit.featureCount
        let builder = Builder(noisy, source)

        // Demands of one register are one task; each subset of its qubits is read for itself.
        struct Place: Hashable {
            let part: Int
            let register: [Int]
        }
        var entriesByPlace: [Place: Set<Int>] = [:]
        var order: [Place] = []
        let places = demands.map { demand -> Place in
            let group = source.encodings[demand.encoding]
            let qubits = group.instances[demand.instance].qubits
            let part = builder.part(demand.encoding, demand.instance)
            let place = Place(
                part: part,
                register: group.registers[demand.register].map { builder.parts[part].wires[qubits[$0]]! })
            if entriesByPlace[place] == nil { order.append(place) }
            entriesByPlace[place, default: []].formUnion(demand.entries.filter { $0 != 0 })
            return place
        }
        parts = builder.parts
        var (tasks, norms): ([TaskCircuit], [Double]) = ([], [])
        var readouts: [Place: [Int: Int]] = [:]
        for place in order where !entriesByPlace[place]!.isEmpty {
            let branch = parts[place.part].branch
            let register = place.register + (branch.map { [$0] } ?? [])
            let strings = entriesByPlace[place]!.map { (entry: $0, string: PauliString(entry: $0)) }
                .sorted { ($0.string.qubits, $0.entry) < ($1.string.qubits, $1.entry) }
            for (entry, _) in strings {
                readouts[place, default: [:]][entry] = norms.count
                norms.append(parts[place.part].norm)
            }
            do throws(CircuitError) {
                tasks.append(
                    try TaskCircuit(
                        register: register, block: Circuit(qubitCount: register.count),
                        observables: strings.map {
                            branch == nil ? $0.string : $0.string.times(.x, on: register.count - 1)
                        }))
            } catch {
                preconditionFailure("a register's wires are wires: \(error)")
            }
        }
        self.norms = norms
        columns = zip(demands, places).map { demand, place in
            demand.entries.map { $0 == 0 ? nil : readouts[place]![$0]! }
        }
        do throws(CircuitError) {
            plan = ExecutionPlan(
                try MultiTaskCircuit(
                    encoding: builder.encoding, stageCount: circuit.stageCount, tasks: tasks))
        } catch {
            preconditionFailure("registers lie on the circuit's wires: \(error)")
        }
    }

    /// The places at which something is drawn.
    var siteCount: Int { parts.reduce(0) { $0 + $1.sites.count } }

    /// The largest number that an expectation value is multiplied with.
    var largestNorm: Double { norms.max() ?? 1 }

    /// Fills a row of features with those of a sample and what `generator` draws.
    func draw(
        _ sample: some Collection<Float>, _ generator: inout Philox, into row: UnsafeMutablePointer<Float>
    ) {
        for (column, feature) in sample.enumerated() { row[column] = feature }
        for part in parts {
            var turn = 0.0
            for site in part.sites { turn += site.draw(&generator, into: row) }
            if let column = part.turn { row[column] = Float(turn.remainder(dividingBy: 2 * .pi)) }
        }
    }
}

extension UnravelledCircuit {
    /// Lays out the parts of a noisy encoding.
    private struct Builder {
        private(set) var parts: [Part] = []
        private var gates: [Gate] = []
        private var wireCount: Int
        private var featureCount: Int
        private let parameterCount: Int
        private let noisy: NoisyCircuit
        private var ways: [TransferMatrix: Way] = [:]
        private let source: ExecutionPlan
        /// The part of each cone; nil where one part has all.
        private var partOfCone: [[Int]]?

        init(_ noisy: NoisyCircuit, _ source: ExecutionPlan) {
            self.noisy = noisy
            self.source = source
            let circuit = source.plainCircuit.encoding
            (featureCount, parameterCount) = (circuit.featureCount, circuit.parameterCount)
            wireCount = 0
            let cones = source.encodings.map { group in group.instances.map { ($0.steps, $0.qubits) } }
            let steps = Set(cones.joined().flatMap(\.0)).sorted()
            if needsBranch(steps) {
                partOfCone = cones.map { group in
                    group.map { steps, qubits in
                        append(steps: steps, qubits: qubits)
                        return parts.count - 1
                    }
                }
            } else {
                append(steps: steps, qubits: Array(0..<circuit.qubitCount))
            }
        }

        func part(_ encoding: Int, _ instance: Int) -> Int { partOfCone?[encoding][instance] ?? 0 }

        var encoding: Circuit {
            var circuit = Circuit(
                qubitCount: wireCount, parameterCount: parameterCount, featureCount: featureCount)
            for gate in gates { circuit.appendUnchecked(gate) }
            return circuit
        }

        /// What becomes of a channel.
        private enum Way {
            /// Gates with fixed angles.
            case gates(CoherentError)
            /// Gates whose angles are drawn.
            case drawn(PauliExpansion)
        }

        private mutating func way(of matrix: TransferMatrix) -> Way {
            if let known = ways[matrix] { return known }
            let expansion = PauliExpansion(matrix)
            let coherent = expansion.isMixture ? nil : CoherentError(matrix, expansion)
            let way = coherent.map { Way.gates($0) } ?? .drawn(expansion)
            ways[matrix] = way
            return way
        }

        private mutating func isDrawn(_ matrix: TransferMatrix) -> Bool {
            if case .drawn = way(of: matrix) { true } else { false }
        }

        /// Whether some channel acts on both sides in different ways.
        private mutating func needsBranch(_ steps: [Int]) -> Bool {
            steps.contains { index in
                guard case .channel(let matrix, _) = noisy.steps[index] else { return false }
                if case .drawn(let expansion) = way(of: matrix) { return !expansion.isMixture }
                return false
            }
        }

        private mutating func append(steps: [Int], qubits: [Int]) {
            let wires = Dictionary(
                uniqueKeysWithValues: qubits.enumerated().map { ($1, wireCount + $0) })
            wireCount += qubits.count
            var part = Part(wires: wires, branch: needsBranch(steps) ? wireCount : nil)
            if part.branch != nil { wireCount += 1 }
            if let branch = part.branch { gates.append(.rotation(.y, branch, .constant(.pi / 2))) }
            for event in events(steps.map { noisy.steps[$0] }, wires) {
                switch event {
                case .gate(let gate): gates.append(gate)
                case .channel(let matrix, let wires): append(matrix, wires, to: &part)
                }
            }
            if let branch = part.branch {
                gates.append(.rotation(.z, branch, .feature(featureCount)))
                part.turn = featureCount
                featureCount += 1
            }
            parts.append(part)
        }

        private mutating func append(_ matrix: TransferMatrix, _ wires: [Int], to part: inout Part) {
            switch way(of: matrix) {
            case .gates(let error): gates += error.gates(on: wires)
            case .drawn(let expansion):
                if expansion.isIdentity { return }
                let site = NoiseSite(
                    expansion, qubitCount: matrix.qubitCount, firstFeature: featureCount)
                featureCount += site.featureCount
                site.append(to: &gates, wires: wires, branch: part.branch)
                part.sites.append(site)
            }
        }

        /// A step on wires.
        private enum Event {
            case gate(Gate)
            case channel(TransferMatrix, [Int])
        }

        /// The steps on their wires; channels to be drawn that follow each other on the same qubits are one.
        private mutating func events(_ steps: [NoisyCircuit.Step], _ wires: [Int: Int]) -> [Event] {
            var events: [Event] = []
            /// The last event on each wire.
            var last: [Int: Int] = [:]
            for step in steps {
                switch step {
                case .gate(let gate, _, _):
                    let placed = gate.relabelled { wires[$0]! }
                    for wire in placed.qubits { last[wire] = events.count }
                    events.append(.gate(placed))
                case .channel(let matrix, let qubits):
                    let (own, places) = NoisyCircuit.cut(matrix, on: qubits, to: wires)
                    guard let first = places.first else { continue }
                    if let index = last[first], case .channel(let before, places) = events[index],
                        places.allSatisfy({ last[$0] == index }), isDrawn(own), isDrawn(before)
                    {
                        events[index] = .channel(own * before, places)
                        continue
                    }
                    for wire in places { last[wire] = events.count }
                    events.append(.channel(own, places))
                }
            }
            return events
        }
    }
}
