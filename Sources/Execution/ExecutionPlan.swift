import Circuits
import Noise
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
    /// The noise the circuit is evaluated under; nil for none.
    public let noise: NoiseModel?
    /// How often each noisy gate is undone and run again: the strength of noise is `2 folds + 1` times that of the model.
    public let folds: Int
    /// How inputs and gradients of `plainCircuit` follow from those of `circuit`; nil where the two are the same.
    package let expansion: AngleExpansion?
    /// The trainable angles that no readout can see, ascending; their gradients are exactly zero.
    public let deadParameters: [Int]
    /// The encoding's cones, grouped by program.
    package let encodings: [EncodingGroup]
    /// The task blocks, grouped by program, observables and register position.
    package let heads: [HeadGroup]

    /// A plan of `circuit` under `noise`, each noisy gate folded `folds` times.
    ///
    /// Folding replaces a gate `G` by `G (G^-1 G)^folds`, each of them noisy, to learn how results depend on the strength
    /// of noise. Source: Giurgica-Tiron et al., *Digital zero noise extrapolation for quantum error mitigation*
    /// (arXiv:2005.10921).
    public init(_ circuit: MultiTaskCircuit, noise: NoiseModel? = nil, folds: Int = 0) {
        precondition(folds >= 0, "a number of folds")
        self.circuit = circuit
        self.noise = noise
        self.folds = folds
        expansion = AngleExpansion(circuit)
        let plain = expansion?.circuit ?? circuit
        let encoding = NoisyCircuit(plain.encoding, noise: noise, folds: folds)
        let blocks = BlockCone.of(plain, noise: noise, folds: folds)
        let clusters = ConeCluster.covering(blocks, encoding: encoding, isNoisy: noise != nil)
        (encodings, heads) = Self.group(
            plain, noise: noise, encoding: encoding, blocks: blocks, clusters: clusters)

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
        /// The kept steps of the encoding, channels included.
        let steps: [Int]
        /// The feature in each feature slot.
        package let features: [Int]
        /// The trainable angle in each parameter slot.
        package let parameters: [Int]
    }

    /// The gates every cone runs.
    package let program: Program
    /// The gates with their channels; nil without noise.
    package let transfer: TransferProgram?
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

    /// The gates every block runs, on the register's qubits.
    package let program: Program
    /// The gates with their channels; nil without noise.
    package let transfer: TransferProgram?
    /// The observables, on the program's qubits.
    package let observables: [PauliString]
    /// The readout error of each of the program's qubits.
    package let readoutErrors: [ReadoutError?]
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
        let transfer: TransferProgram?
        let registers: [[Int]]
    }

    private struct HeadShape: Hashable {
        let program: Program
        let transfer: TransferProgram?
        let observables: [PauliString]
        let readoutErrors: [ReadoutError?]
        let encoding: Int
        let register: Int
    }

    private static func group(
        _ circuit: MultiTaskCircuit, noise: NoiseModel?, encoding source: NoisyCircuit, blocks: [BlockCone],
        clusters: [ConeCluster]
    ) -> ([EncodingGroup], [HeadGroup]) {
        var encodings: [EncodingGroup] = []
        var encodingIndex: [EncodingShape: Int] = [:]
        var heads: [HeadGroup] = []
        var headIndex: [HeadShape: Int] = [:]
        for cluster in clusters {
            let lowered = LoweredCircuit(source.gates(cluster.steps), qubits: cluster.qubits)
            let position = Dictionary(uniqueKeysWithValues: cluster.qubits.enumerated().map { ($1, $0) })
            let registers = cluster.registers.map { $0.map { position[$0]! } }
            let transfer = noise.map { _ in
                LoweredTransfer(source, kept: cluster.steps, qubits: cluster.qubits, registers: registers)
            }
            let shape = EncodingShape(
                program: lowered.program, transfer: transfer?.program, registers: registers)
            let encoding = encodingIndex[shape] ?? encodings.count
            if encoding == encodings.count {
                encodingIndex[shape] = encoding
                encodings.append(
                    EncodingGroup(
                        program: lowered.program, transfer: transfer?.program, registers: registers,
                        instances: []))
            }
            let instance = encodings[encoding].instances.count
            encodings[encoding].instances.append(
                EncodingGroup.Instance(
                    qubits: cluster.qubits, steps: cluster.steps,
                    features: transfer?.features ?? lowered.features,
                    parameters: transfer?.parameters ?? lowered.parameters))
            for (index, register) in cluster.blocks {
                let block = blocks[index]
                let task = block.task
                let lowered = LoweredCircuit(block.block.gates(block.steps), qubits: block.qubits)
                let transfer = noise.map { _ in
                    LoweredTransfer(block.block, kept: block.steps, qubits: block.qubits, registers: nil)
                }
                let inside = Dictionary(uniqueKeysWithValues: block.qubits.enumerated().map { ($1, $0) })
                let shape = HeadShape(
                    program: lowered.program, transfer: transfer?.program,
                    observables: circuit.tasks[task].observables[block.observables].map {
                        $0.relabelled { inside[$0]! }
                    },
                    readoutErrors: block.register.map { noise?.readoutError(of: $0) },
                    encoding: encoding, register: register)
                let head = headIndex[shape] ?? heads.count
                if head == heads.count {
                    headIndex[shape] = head
                    heads.append(
                        HeadGroup(
                            program: shape.program, transfer: shape.transfer,
                            observables: shape.observables, readoutErrors: shape.readoutErrors,
                            encoding: encoding, register: register, members: []))
                }
                let offset = circuit.blockParameters[task].lowerBound
                heads[head].members.append(
                    HeadGroup.Member(
                        task: task, instance: instance,
                        parameters: (transfer?.parameters ?? lowered.parameters).map { $0 + offset },
                        firstReadout: circuit.readouts[task].lowerBound + block.observables.lowerBound))
            }
        }
        return (encodings, heads)
    }
}
