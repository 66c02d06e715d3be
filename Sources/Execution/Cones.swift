import Circuits
import Noise

/// The part of a task's block that some of its observables depend on.
struct BlockCone {
    /// The task.
    let task: Int
    /// The observables, among the task's.
    let observables: Range<Int>
    /// The block.
    let block: NoisyCircuit
    /// The kept steps of the block.
    let steps: [Int]
    /// The block qubits the head matrix acts on, ascending.
    let qubits: [Int]
    /// The circuit's qubits behind `qubits`.
    let register: [Int]
    /// What is read from the encoded state, by circuit qubit.
    let support: [Int: Support]

    /// The cones of all tasks; tasks of one block and one set of observables share the walk.
    ///
    /// A task's observables share one cone, since its block is run once. Where no step of it is left they are read from the
    /// encoded state by the qubits they sit on: many narrow reduced states in place of one as wide as all of them.
    static func of(_ circuit: MultiTaskCircuit, noise: NoiseModel?, folds: Int) -> [BlockCone] {
        struct Shape: Hashable {
            let block: NoisyCircuit
            let observables: [PauliString]
        }
        var cones: [Shape: LightCone] = [:]
        return circuit.tasks.enumerated().flatMap { index, task in
            let block = NoisyCircuit(task.block, noise: noise, folds: folds) { task.register[$0] }
            let shape = Shape(block: block, observables: task.observables)
            let cone =
                cones[shape] ?? block.finder.cone(of: support(of: task.observables), startsAtZero: false)
            cones[shape] = cone
            guard cone.gates.isEmpty else {
                return [
                    BlockCone(
                        task: index, observables: task.observables.indices, block: block, steps: cone.gates,
                        support: cone.support, register: task.register)
                ]
            }
            return runs(of: task.observables).map { run in
                BlockCone(
                    task: index, observables: run, block: block, steps: [],
                    support: support(of: task.observables[run]), register: task.register)
            }
        }
    }

    /// The cone of `observables` with what they have become at the block's start, by block qubit.
    private init(
        task: Int, observables: Range<Int>, block: NoisyCircuit, steps: [Int], support: [Int: Support],
        register: [Int]
    ) {
        self.task = task
        self.observables = observables
        self.block = block
        self.steps = steps
        // An observable may sit on a qubit that the block leaves alone; the support has it too.
        qubits = support.keys.sorted()
        self.register = qubits.map { register[$0] }
        self.support = Dictionary(uniqueKeysWithValues: support.map { (register[$0.key], $0.value) })
    }

    /// The longest ranges of neighbours that sit on the same qubits.
    private static func runs(of observables: [PauliString]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in observables.indices {
            if let last = runs.last,
                observables[last.lowerBound].factors.map(\.qubit) == observables[index].factors.map(\.qubit)
            {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    private static func support(of observables: some Sequence<PauliString>) -> [Int: Support] {
        var support: [Int: Support] = [:]
        for factor in observables.flatMap(\.factors) {
            support[factor.qubit] = support[factor.qubit, default: .none].union(.axis(factor.pauli))
        }
        return support
    }
}

/// A cone of the encoding and the registers that are read from it.
struct ConeCluster {
    /// The kept steps of the encoding.
    let steps: [Int]
    /// The encoding's qubits the cone needs: the first register's in its order, the other registers', the rest; under
    /// noise the rest in the order in which they can be left out of account, last ones first.
    let qubits: [Int]
    /// The distinct registers that are read.
    let registers: [[Int]]
    /// The block cones that are read here, each with its register.
    let blocks: [(block: Int, register: Int)]

    /// Cones that together serve every block: a cone that lies within another is read from that one.
    static func covering(_ blocks: [BlockCone], encoding: NoisyCircuit, isNoisy: Bool) -> [ConeCluster] {
        var blocksByRegister: [[Int]: [Int]] = [:]
        var registers: [[Int]] = []
        for (index, block) in blocks.enumerated() {
            if blocksByRegister[block.register] == nil { registers.append(block.register) }
            blocksByRegister[block.register, default: []].append(index)
        }
        let supports = registers.map { register in
            blocksByRegister[register]!.reduce(into: [Int: Support]()) { union, block in
                union.merge(blocks[block].support) { $0.union($1) }
            }
        }
        let finder = encoding.finder
        let spans = supports.map { support in
            finder.qubits(of: finder.cone(of: support, startsAtZero: true), reading: support)
        }

        var owner = Array(registers.indices)
        var clustersOfQubit: [Int: [Int]] = [:]
        let order = registers.indices.sorted { (spans[$1].count, $0) < (spans[$0].count, $1) }
        for register in order {
            let candidates = spans[register].first.flatMap { clustersOfQubit[$0] } ?? []
            if let container = candidates.first(where: { spans[register].isSubset(of: spans[$0]) }) {
                owner[register] = container
            } else {
                for qubit in spans[register] { clustersOfQubit[qubit, default: []].append(register) }
            }
        }

        return registers.indices.filter { owner[$0] == $0 }.map { leader in
            let read = [leader] + registers.indices.filter { owner[$0] == leader && $0 != leader }
            let support = read.reduce(into: [Int: Support]()) { union, register in
                union.merge(supports[register]) { $0.union($1) }
            }
            let cone = finder.cone(of: support, startsAtZero: true)
            let others = Set(read.dropFirst().flatMap { registers[$0] }).subtracting(registers[leader])
            let qubits = finder.qubits(of: cone, reading: support)
            var rest = qubits.subtracting(registers[leader]).subtracting(others).sorted()
            if isNoisy {
                var lastUse: [Int: Int] = [:]
                for index in cone.gates {
                    for qubit in encoding.steps[index].qubits { lastUse[qubit] = index }
                }
                rest.sort { (lastUse[$1, default: 0], $0) < (lastUse[$0, default: 0], $1) }
            }
            return ConeCluster(
                steps: cone.gates, qubits: registers[leader] + others.sorted() + rest,
                registers: read.map { registers[$0] },
                blocks: read.enumerated().flatMap { position, register in
                    blocksByRegister[registers[register]]!.map { ($0, position) }
                })
        }
    }
}
