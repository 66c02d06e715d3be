import Execution

/// Operations and numbers of one sample in all encoding cones.
struct ConeCost {
    var (forward, backward, states, reduced, slots, featureSlots) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ plan: ExecutionPlan) {
        for group in plan.encodings {
            let count = Double(group.instances.count)
            reduced += count * group.registers.reduce(0) { $0 + power(2 * $1.count) }
            if let transfer = group.transfer {
                let run = TransferCost(transfer)
                forward += count * run.forward
                // States are simulated again on the way back.
                backward += count * (run.forward + run.backward)
                let rotations = transfer.rotations
                slots += count * Double(rotations.count)
                featureSlots +=
                    count * Double(rotations.count { if case .feature = $0 { true } else { false } })
                continue
            }
            let run = RunCost(group.program)
            var (reducing, applying) = (0.0, 0.0)
            for register in group.registers {
                let size = power(register.count)
                reducing += 4 * (size + 1) * run.dimension
                applying += 8 * size * run.dimension
            }
            forward += count * (run.forward + reducing)
            backward += count * (run.backward + applying)
            states += count * 2 * run.dimension
            slots += count * Double(group.program.featureSlotCount + group.program.parameterSlotCount)
            featureSlots += count * Double(group.program.featureSlotCount)
        }
    }
}

/// Operations and numbers of all task blocks.
struct HeadCost {
    var (forward, backward, conjugation, states, entries, slots, angles) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ plan: ExecutionPlan) {
        for group in plan.heads {
            let (count, observables) = (Double(group.members.count), Double(group.observables.count))
            let run = RunCost(group.program)
            entries += count * observables * run.dimension * run.dimension
            angles += count * Double(group.program.parameterSlotCount)
            if let transfer = group.transfer {
                let run = TransferCost(transfer)
                forward += count * observables * run.backward
                backward += count * observables * (run.forward + run.backward)
                slots += count * observables * Double(transfer.rotations.count)
                continue
            }
            forward += count * run.dimension * run.forward
            backward += count * run.dimension * run.backward
            conjugation += count * observables * 4 * run.dimension * run.dimension * (run.dimension + 1)
            states += count * 2 * run.dimension * run.dimension
            slots += count * run.dimension * Double(group.program.parameterSlotCount)
        }
    }
}

/// Operations that take one state through a program and back.
private struct RunCost {
    let dimension: Double
    let forward: Double
    let backward: Double

    init(_ program: Program) {
        dimension = Double(program.dimension)
        var (rotations, opened, layers) = (0.0, true, 0.0)
        for operation in program.operations {
            switch operation {
            case .rotate: if !opened { rotations += 1 }
            case .controlledZ:
                opened = false
                layers += 1
            }
        }
        // A rotation is 28 operations a pair of amplitudes; back, two of them and 24 for the projections. An opening
        // product state is 12 an amplitude; back, its prefixes again and 28 for the contraction.
        forward = dimension * (12 + 14 * rotations + layers)
        backward = dimension * (40 + 40 * rotations + 2 * layers)
    }
}

/// Operations that take one state of a noisy program forward, and a dual back with all gradients.
private struct TransferCost {
    private(set) var forward = 0.0
    private(set) var backward = 0.0

    init(_ program: TransferProgram) {
        if program.openedQubits > 0 {
            program.opening?.prefix(program.openedQubits).forEach { add($0) }
            // Three products for every entry of all but the last qubit; back, those and three sums of two.
            forward += power(2 * program.openedQubits)
            backward += 4 * power(2 * program.openedQubits)
        }
        for operation in program.operations {
            let entries = power(2 * operation.activeQubits)
            switch operation.action {
            case .single(_, let factors):
                add(factors)
                // Four numbers become three; back, the gradients of twelve.
                forward += 18 / 4 * entries
                backward += (18 + (operation.hasAngle ? 24 : 0)) / 4 * entries
            case .pair(_, _, let matrix):
                let operations = 2 * Double(matrix.entries.count { $0 != 0 }) / 16 * entries
                forward += operations
                backward += operations
            }
        }
    }

    /// Fusing factors, and going back through them: two products of matrices at most.
    private mutating func add(_ factors: [TransferProgram.Factor]) {
        forward += 72 * Double(factors.count)
        backward += 72 * Double(factors.count)
    }
}
