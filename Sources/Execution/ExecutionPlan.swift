import Circuits
import Synchronization

/// A multi-task circuit made ready for a backend: validated, cut to its causal cones, lowered and grouped by shape.
///
/// A readout needs only the reduced state of its register, and that needs only the encoding's cone of the register. Cones
/// that run the same program form a group, so a backend simulates (cone, sample) pairs as one batch of small circuits.
/// A task block is a small matrix in the Heisenberg picture; blocks of one shape form a group too.
public struct ExecutionPlan: Sendable, Identifiable {
    /// Tells plans apart, so that backends can keep what they prepare for one.
    public struct ID: Hashable, Sendable {
        private static let count = Atomic(0)
        private let number: Int

        fileprivate init() { number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    /// The plan's identity; copies of a plan share it.
    public let id = ID()
    /// The circuit the plan evaluates.
    public let circuit: MultiTaskCircuit
    /// How inputs and gradients of `plainCircuit` follow from those of `circuit`; nil where the two are the same.
    package let expansion: AngleExpansion?
    /// The trainable angles that no readout can see, ascending; their gradients are exactly zero.
    public let deadParameters: [Int]
    /// The encoding's cones, grouped by program.
    package let encodings: [EncodingGroup]
    /// The task blocks, grouped by program, observables and register position.
    package let heads: [HeadGroup]

    /// A plan of `circuit`.
    public init(_ circuit: MultiTaskCircuit) {
        self.circuit = circuit
        expansion = AngleExpansion(circuit)
        let plain = expansion?.circuit ?? circuit
        let blocks = BlockCone.of(plain)
        let clusters = ConeCluster.covering(blocks, encoding: plain.encoding)
        (encodings, heads) = Self.group(plain, blocks: blocks, clusters: clusters)

        var (live, liveFeatures) = (Set<Int>(), Set<Int>())
        for encoding in encodings {
            for instance in encoding.instances {
                live.formUnion(instance.parameters)
                if expansion != nil { liveFeatures.formUnion(instance.features) }
            }
        }
        for head in heads {
            for member in head.members { live.formUnion(member.parameters) }
        }
        if let expansion {
            live = expansion.parameters(behindFeatures: liveFeatures, parameters: live)
        }
        deadParameters = (0..<circuit.parameterCount).filter { !live.contains($0) }
    }

    /// The circuit that backends run: each angle is a single entry or a number.
    package var plainCircuit: MultiTaskCircuit { expansion?.circuit ?? circuit }

    /// The largest number of qubits that are simulated together.
    public var widestCone: Int { encodings.reduce(0) { max($0, $1.program.qubitCount) } }
}

/// Encoding cones that run the same program.
package struct EncodingGroup: Sendable {
    /// One cone.
    package struct Instance: Sendable {
        /// The circuit's qubit behind each program qubit.
        package let qubits: [Int]
        /// The feature in each feature slot.
        package let features: [Int]
        /// The trainable angle in each parameter slot.
        package let parameters: [Int]
    }

    /// What every cone runs.
    package let program: Program
    /// The registers whose reduced states are read from every cone, as program qubits.
    package let registers: [[Int]]
    /// The cones.
    package fileprivate(set) var instances: [Instance]
}

/// Task blocks of one program that read the same register of the same encoding group.
package struct HeadGroup: Sendable {
    /// One task's block.
    package struct Member: Sendable {
        /// The task.
        package let task: Int
        /// The cone whose reduced state the task reads, in the encoding group.
        package let instance: Int
        /// The trainable angle in each parameter slot.
        package let parameters: [Int]
        /// The column of the task's first readout.
        package let firstReadout: Int
    }

    /// What every block runs, on the register's qubits.
    package let program: Program
    /// The observables, on the program's qubits.
    package let observables: [PauliString]
    /// The encoding group that is read.
    package let encoding: Int
    /// The register of that group that is read.
    package let register: Int
    /// The tasks, by ascending instance.
    package fileprivate(set) var members: [Member]
}

extension ExecutionPlan {
    private struct EncodingShape: Hashable {
        let program: Program
        let registers: [[Int]]
    }

    private struct HeadShape: Hashable {
        let program: Program
        let observables: [PauliString]
        let encoding: Int
        let register: Int
    }

    private static func group(
        _ circuit: MultiTaskCircuit, blocks: [BlockCone], clusters: [ConeCluster]
    ) -> ([EncodingGroup], [HeadGroup]) {
        var encodings: [EncodingGroup] = []
        var encodingIndex: [EncodingShape: Int] = [:]
        var heads: [HeadGroup] = []
        var headIndex: [HeadShape: Int] = [:]
        for cluster in clusters {
            let lowered = LoweredCircuit(circuit.encoding, kept: cluster.gates, qubits: cluster.qubits)
            let position = Dictionary(uniqueKeysWithValues: cluster.qubits.enumerated().map { ($1, $0) })
            let registers = cluster.registers.map { $0.map { position[$0]! } }
            let shape = EncodingShape(program: lowered.program, registers: registers)
            let encoding = encodingIndex[shape] ?? encodings.count
            if encoding == encodings.count {
                encodingIndex[shape] = encoding
                encodings.append(
                    EncodingGroup(program: lowered.program, registers: registers, instances: []))
            }
            let instance = encodings[encoding].instances.count
            encodings[encoding].instances.append(
                EncodingGroup.Instance(
                    qubits: cluster.qubits, features: lowered.features, parameters: lowered.parameters))
            for (index, register) in cluster.blocks {
                let block = blocks[index]
                let task = block.task
                let lowered = LoweredCircuit(
                    circuit.tasks[task].block, kept: block.gates, qubits: block.qubits)
                let inside = Dictionary(uniqueKeysWithValues: block.qubits.enumerated().map { ($1, $0) })
                let shape = HeadShape(
                    program: lowered.program,
                    observables: circuit.tasks[task].observables[block.observables].map {
                        $0.relabelled { inside[$0]! }
                    },
                    encoding: encoding, register: register)
                let head = headIndex[shape] ?? heads.count
                if head == heads.count {
                    headIndex[shape] = head
                    heads.append(
                        HeadGroup(
                            program: shape.program, observables: shape.observables, encoding: encoding,
                            register: register, members: []))
                }
                let offset = circuit.blockParameters[task].lowerBound
                heads[head].members.append(
                    HeadGroup.Member(
                        task: task, instance: instance, parameters: lowered.parameters.map { $0 + offset },
                        firstReadout: circuit.readouts[task].lowerBound + block.observables.lowerBound))
            }
        }
        return (encodings, heads)
    }
}
