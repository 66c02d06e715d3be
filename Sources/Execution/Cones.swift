import Circuits
import Noise

/// The part of a task's block that its observables depend on.
struct BlockCone {
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
    static func of(_ circuit: MultiTaskCircuit, noise: NoiseModel?, folds: Int) -> [BlockCone] {
        struct Shape: Hashable {
            let block: NoisyCircuit
            let observables: [PauliString]
        }
        var cones: [Shape: LightCone] = [:]
        return circuit.tasks.map { task in
            let block = NoisyCircuit(task.block, noise: noise, folds: folds) { task.register[$0] }
            let shape = Shape(block: block, observables: task.observables)
            let cone =
                cones[shape] ?? block.finder.cone(of: support(of: task.observables), startsAtZero: false)
            cones[shape] = cone
            // An observable may sit on a qubit that the block leaves alone; the cone's support has it too.
            let qubits = cone.support.keys.sorted()
            return BlockCone(
                block: block, steps: cone.gates, qubits: qubits, register: qubits.map { task.register[$0] },
                support: Dictionary(
                    uniqueKeysWithValues: cone.support.map { (task.register[$0.key], $0.value) }))
        }
    }

    private static func support(of observables: [PauliString]) -> [Int: Support] {
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
    /// The tasks, each with the register it reads.
    let tasks: [(task: Int, register: Int)]

    /// Cones that together serve every block: a cone that lies within another is read from that one.
    static func covering(_ blocks: [BlockCone], encoding: NoisyCircuit, isNoisy: Bool) -> [ConeCluster] {
        var tasksByRegister: [[Int]: [Int]] = [:]
        var registers: [[Int]] = []
        for (task, block) in blocks.enumerated() {
            if tasksByRegister[block.register] == nil { registers.append(block.register) }
            tasksByRegister[block.register, default: []].append(task)
        }
        let supports = registers.map { register in
            tasksByRegister[register]!.reduce(into: [Int: Support]()) { union, task in
                union.merge(blocks[task].support) { $0.union($1) }
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
                tasks: read.enumerated().flatMap { position, register in
                    tasksByRegister[registers[register]]!.map { ($0, position) }
                })
        }
    }
}
