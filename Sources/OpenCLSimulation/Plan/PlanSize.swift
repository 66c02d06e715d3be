import Execution

/// The memory that a plan needs on a device, found without allocating anything.
///
/// Counted in floating point, since sizes of circuits that are far too wide overflow integers.
struct PlanSize {
    /// Bytes whatever the number of samples: task blocks, their matrices, angles, and what groups have of their own.
    let fixedBytes: Int
    /// Bytes for each tile of samples.
    let bytesPerTile: Int
    /// The largest buffer, in bytes whatever the number of samples and for each tile.
    let largestBuffer: (fixed: Int, perTile: Int)
    /// Under noise, the work-groups that take tiles in turns at most, and the numbers that each has of its own for a lane.
    let groups: (limit: Int, numbersPerLane: Int)
    /// Whether the offsets of the plan's tables, which are of 32 bits, reach everything, and one buffer what a group has.
    let isAddressable: Bool
    /// The most qubits that are simulated together, in cones and task blocks.
    let qubits: Int

    /// The size of `plan`, whose groups share at most about half of `budget` bytes.
    init(
        _ plan: ExecutionPlan, _ shape: WorkShape, _ precision: OpenCLPrecision, _ device: OpenCLDevice,
        budget: Int
    ) {
        var (coneStates, reduced, coneGradients) = (0.0, 0.0, 0.0)
        for group in plan.encodings {
            let cones = Double(group.instances.count)
            coneStates += group.transfer == nil ? cones * 2 * power(group.program.qubitCount) : 0
            reduced += cones * group.registers.reduce(0) { $0 + power(2 * $1.count) }
            coneGradients += cones * Double(group.transfer?.rotations.count ?? group.program.slotBound)
        }
        var (headStates, matrices, headGradients, headAngles) = (0.0, 0.0, 0.0, 0.0)
        for group in plan.heads {
            let tasks = Double((group.members.count + shape.tile - 1) / shape.tile * shape.tile)
            let dimension = power(group.program.qubitCount)
            let observables = Double(group.observables.count)
            headStates += group.transfer == nil ? tasks * 2 * dimension * dimension : 0
            matrices += tasks * dimension * dimension * observables
            headGradients +=
                tasks
                * (group.transfer.map { observables * Double($0.rotations.count) }
                    ?? dimension * Double(group.program.slotBound))
            headAngles += tasks * Double(group.program.slotBound)
        }
        let (features, readouts) = (
            Double(plan.plainCircuit.featureCount), Double(plan.plainCircuit.readoutCount)
        )
        let dualRows = shape.statesInGlobalMemory ? coneStates : 0
        let number = Double(precision.byteCount)
        let rows = coneStates + dualRows + 2 * reduced + coneGradients + 2 * features + readouts
        let tileBytes = Double(shape.tile) * (rows * number + 4 * (2 * features + 2 * readouts))
        let parameters = Double(plan.plainCircuit.parameterCount) * (3 * number + 4)
        let fixed = (2 * headStates + 2 * matrices + headGradients + 2 * headAngles) * number + parameters

        let scratch = plan.transfers.reduce(0) { largest, program in
            let state = shape.statesInGlobalMemory ? power(2 * program.qubitCount) : 0
            return max(largest, TransferLayout(program).state + state)
        }
        let groupBytes = max(Double(shape.tile) * scratch * number, 1)
        let spare = (Double(budget) - fixed - tileBytes) / 2
        let mostGroups = min(spare, Double(device.largestAllocation)) / groupBytes
        let limit = min(max(mostGroups, 1), Double(16 * device.computeUnits)).rounded(.down)
        groups = (Int(limit), Int(min(scratch, 0x1p60)))

        func clamped(_ value: Double) -> Int { Int(min(value.rounded(.up), 0x1p60)) }
        fixedBytes = clamped(fixed + limit * groupBytes)
        bytesPerTile = clamped(tileBytes)
        let largestRow = max(coneStates, reduced, coneGradients, features)
        largestBuffer = (
            clamped(max(headStates, matrices, headGradients) * number),
            clamped(Double(shape.tile) * largestRow * number)
        )
        let offsets = [
            headStates, matrices, headGradients, headAngles, coneStates, reduced, coneGradients, scratch,
        ]
        isAddressable =
            offsets.allSatisfy { $0 < Double(Int32.max) } && groupBytes <= Double(device.largestAllocation)
        qubits = plan.widestProgram
    }
}

extension ExecutionPlan {
    /// The most qubits that are simulated together, in cones and task blocks.
    var widestProgram: Int { max(widestCone, heads.reduce(0) { max($0, $1.program.qubitCount) }) }

    /// The noisy programs, none without noise.
    fileprivate var transfers: [TransferProgram] {
        encodings.compactMap(\.transfer) + heads.compactMap(\.transfer)
    }
}

extension Program {
    /// At least the number of angle rows: features, trainable angles and constants.
    fileprivate var slotBound: Int { featureSlotCount + parameterSlotCount + constants.count }
}
