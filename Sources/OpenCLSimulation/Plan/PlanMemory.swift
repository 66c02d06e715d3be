/// The device memory of one plan, for up to `tileCount` tiles of samples.
///
/// `groupNumbers` are what all work-groups of a noisy plan have of their own.
final class PlanMemory {
    let tileCount: Int
    let tables: DeviceBuffer
    /// Trainable angles, then constants.
    let angles: DeviceBuffer
    /// Feature angles, `[samples x features]`.
    let features: DeviceBuffer
    /// Cosines and sines of half angles: fixed ones, then features as rows of samples.
    let cosines: DeviceBuffer
    let sines: DeviceBuffer
    /// States of task blocks' columns, then of cones; duals likewise, of cones only where states are in global memory.
    let states: DeviceBuffer
    let duals: DeviceBuffer
    /// Rows of reduced states and of effective observables.
    let reduced: DeviceBuffer
    let weights: DeviceBuffer
    let matrices: DeviceBuffer
    let matrixGradients: DeviceBuffer
    /// Numbers of channels and observables, and what each work-group has of its own, under noise.
    let numbers: DeviceBuffer
    let scratch: DeviceBuffer
    /// Gradients by lane, of task blocks, then of cones.
    let gradients: DeviceBuffer
    /// `[samples x readouts]`; the cotangent also as rows of samples.
    let values: DeviceBuffer
    let cotangent: DeviceBuffer
    let spread: DeviceBuffer
    /// `[samples x features]`.
    let featureGradients: DeviceBuffer
    let parameterGradients: DeviceBuffer

    init(
        _ tables: PlanTables, features featureCount: Int, readouts readoutCount: Int, tileCount: Int,
        groupNumbers: Int, _ shape: WorkShape, _ precision: OpenCLPrecision, _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) {
        self.tileCount = tileCount
        let (row, number, float) = (tileCount * shape.tile, precision.byteCount, MemoryLayout<Float>.size)
        let angleCount = tables.parameterCount + tables.constants.count
        let halfAngles = tables.fixedAngleCount + featureCount * row
        let states = tables.headStates + tables.coneStateRows * row
        self.tables = try DeviceBuffer(byteCount: tables.words.count * MemoryLayout<Int32>.size, queue)
        angles = try DeviceBuffer(byteCount: angleCount * number, queue)
        features = try DeviceBuffer(byteCount: featureCount * row * float, queue)
        cosines = try DeviceBuffer(byteCount: halfAngles * number, queue)
        sines = try DeviceBuffer(byteCount: halfAngles * number, queue)
        self.states = try DeviceBuffer(byteCount: states * number, queue)
        duals = try DeviceBuffer(
            byteCount: (shape.statesInGlobalMemory ? states : tables.headStates) * number, queue)
        reduced = try DeviceBuffer(byteCount: tables.reducedRows * row * number, queue)
        weights = try DeviceBuffer(byteCount: tables.reducedRows * row * number, queue)
        matrices = try DeviceBuffer(byteCount: tables.matrices * number, queue)
        matrixGradients = try DeviceBuffer(byteCount: tables.matrices * number, queue)
        numbers = try DeviceBuffer(byteCount: tables.numbers.count * number, queue)
        scratch = try DeviceBuffer(byteCount: groupNumbers * number, queue)
        gradients = try DeviceBuffer(
            byteCount: (tables.headGradients + tables.coneGradientRows * row) * number, queue)
        values = try DeviceBuffer(byteCount: readoutCount * row * float, queue)
        cotangent = try DeviceBuffer(byteCount: readoutCount * row * float, queue)
        spread = try DeviceBuffer(byteCount: readoutCount * row * number, queue)
        featureGradients = try DeviceBuffer(byteCount: featureCount * row * float, queue)
        parameterGradients = try DeviceBuffer(byteCount: tables.parameterCount * float, queue)
        try queue.write(tables.words, to: self.tables)
        try queue.write(tables.numbers, to: numbers, precision)
        // Lanes of padding are read but never written.
        try queue.write([UInt8](repeating: 0, count: tables.matrices * number), to: matrixGradients)
    }
}
