import Circuits
import Noise

extension ExecutionPlan {
    /// Whether each task reads one cone; observables behind an empty block may read several.
    package var readsOneConePerTask: Bool {
        heads.reduce(0) { $0 + $1.members.count } == circuit.tasks.count
    }

    /// For each encoding group whether its cones are read by one task each, so that one sweep gives the tasks' gradients apart.
    package var conesOfOneTask: [Bool] {
        var readers = encodings.map { $0.instances.map { _ in 0 } }
        for head in heads {
            for member in head.members { readers[head.encoding][member.instance] += 1 }
        }
        return readers.map { $0.allSatisfy { $0 == 1 } }
    }

    /// The same circuit with a cone for each task, also where several tasks could read one.
    package var separatingTasks: ExecutionPlan {
        if conesOfOneTask.allSatisfy(\.self) { return self }
        var instances: [[EncodingGroup.Instance]] = encodings.map { _ in [] }
        let separateHeads = heads.map { head in
            HeadGroup(
                program: head.program, transfer: head.transfer, observables: head.observables,
                readoutErrors: head.readoutErrors, encoding: head.encoding, register: head.register,
                members: head.members.map { member in
                    instances[head.encoding].append(encodings[head.encoding].instances[member.instance])
                    return HeadGroup.Member(
                        task: member.task, instance: instances[head.encoding].count - 1,
                        parameters: member.parameters, firstReadout: member.firstReadout)
                })
        }
        let separateEncodings = zip(encodings, instances).map { group, instances in
            EncodingGroup(
                program: group.program, transfer: group.transfer, registers: group.registers,
                instances: instances)
        }
        return ExecutionPlan(
            circuit: circuit, noise: noise, folds: folds, expansion: expansion,
            deadParameters: deadParameters,
            encodings: separateEncodings, heads: separateHeads)
    }

    private init(
        circuit: MultiTaskCircuit, noise: NoiseModel?, folds: Int, expansion: AngleExpansion?,
        deadParameters: [Int],
        encodings: [EncodingGroup], heads: [HeadGroup]
    ) {
        self.circuit = circuit
        self.noise = noise
        self.folds = folds
        self.expansion = expansion
        self.deadParameters = deadParameters
        self.encodings = encodings
        self.heads = heads
    }
}
