import Circuits

extension ExecutionPlan {
    /// Whether every cone is read by one task only, so that one sweep gives each task's gradients apart.
    package var separatesTasks: Bool {
        var readers = encodings.map { $0.instances.map { _ in 0 } }
        for head in heads {
            for member in head.members { readers[head.encoding][member.instance] += 1 }
        }
        return readers.allSatisfy { $0.allSatisfy { $0 == 1 } }
    }

    /// The same circuit with a cone for each task, also where several tasks could read one.
    package var separatingTasks: ExecutionPlan {
        if separatesTasks { return self }
        var instances: [[EncodingGroup.Instance]] = encodings.map { _ in [] }
        let separateHeads = heads.map { head in
            HeadGroup(
                program: head.program, observables: head.observables, encoding: head.encoding,
                register: head.register,
                members: head.members.map { member in
                    instances[head.encoding].append(encodings[head.encoding].instances[member.instance])
                    return HeadGroup.Member(
                        task: member.task, instance: instances[head.encoding].count - 1,
                        parameters: member.parameters, firstReadout: member.firstReadout)
                })
        }
        let separateEncodings = zip(encodings, instances).map { group, instances in
            EncodingGroup(program: group.program, registers: group.registers, instances: instances)
        }
        return ExecutionPlan(
            circuit: circuit, expansion: expansion, deadParameters: deadParameters,
            encodings: separateEncodings, heads: separateHeads)
    }

    private init(
        circuit: MultiTaskCircuit, expansion: AngleExpansion?, deadParameters: [Int],
        encodings: [EncodingGroup], heads: [HeadGroup]
    ) {
        self.circuit = circuit
        self.expansion = expansion
        self.deadParameters = deadParameters
        self.encodings = encodings
        self.heads = heads
    }
}
