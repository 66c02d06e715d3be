import Execution

/// The memory that a plan needs on a device, found without allocating anything.
///
/// Counted in floating point, since sizes of circuits that are far too wide overflow integers.
struct PlanSize {
    /// Bytes whatever the number of samples: task blocks, their matrices, angles.
    let fixedBytes: Int
    /// Bytes for each tile of samples.
    let bytesPerTile: Int
    /// The largest buffer, in bytes whatever the number of samples and for each tile.
    let largestBuffer: (fixed: Int, perTile: Int)
    /// Whether the offsets of the plan's tables, which are of 32 bits, reach everything.
    let isAddressable: Bool
    /// The most qubits that are simulated together, in cones and task blocks.
    let qubits: Int

    init(_ plan: ExecutionPlan, _ shape: WorkShape, _ precision: OpenCLPrecision) {
        func power(_ exponent: Int) -> Double {
            Double(sign: .plus, exponent: min(exponent, 1000), significand: 1)
        }
        var (coneStates, reduced, coneGradients) = (0.0, 0.0, 0.0)
        for group in plan.encodings {
            let cones = Double(group.instances.count)
            coneStates += cones * 2 * power(group.program.qubitCount)
            reduced += cones * group.registers.reduce(0) { $0 + power(2 * $1.count) }
            coneGradients += cones * Double(group.program.slotBound)
        }
        var (headStates, matrices, headGradients, headAngles) = (0.0, 0.0, 0.0, 0.0)
        for group in plan.heads {
            let tasks = Double((group.members.count + shape.tile - 1) / shape.tile * shape.tile)
            let dimension = power(group.program.qubitCount)
            headStates += tasks * 2 * dimension * dimension
            matrices += tasks * dimension * dimension * Double(group.observables.count)
            headGradients += tasks * dimension * Double(group.program.slotBound)
            headAngles += tasks * Double(group.program.slotBound)
        }
        let (features, readouts) = (
            Double(plan.plainCircuit.featureCount), Double(plan.plainCircuit.readoutCount)
        )
        let dualRows = shape.statesInGlobalMemory ? coneStates : 0
        let number = Double(precision.byteCount)
        let rows = coneStates + dualRows + 2 * reduced + coneGradients + 2 * features + readouts
        let tileBytes = Double(shape.tile) * (rows * number + 4 * (2 * features + 2 * readouts))
        let fixed = 2 * headStates + 2 * matrices + headGradients + 2 * headAngles
        let parameters = Double(plan.plainCircuit.parameterCount) * (3 * number + 4)
        func clamped(_ value: Double) -> Int { Int(min(value.rounded(.up), 0x1p60)) }
        fixedBytes = clamped(fixed * number + parameters)
        bytesPerTile = clamped(tileBytes)
        let largestRow = max(coneStates, reduced, coneGradients, features)
        largestBuffer = (
            clamped(max(headStates, matrices, headGradients) * number),
            clamped(Double(shape.tile) * largestRow * number)
        )
        let offsets = [headStates, matrices, headGradients, headAngles, coneStates, reduced, coneGradients]
        isAddressable = offsets.allSatisfy { $0 < Double(Int32.max) }
        qubits = plan.widestProgram
    }
}

extension ExecutionPlan {
    /// The most qubits that are simulated together, in cones and task blocks.
    var widestProgram: Int { max(widestCone, heads.reduce(0) { max($0, $1.program.qubitCount) }) }
}

extension Program {
    /// At least the number of angle rows: features, trainable angles and constants.
    fileprivate var slotBound: Int { featureSlotCount + parameterSlotCount + constants.count }
}
