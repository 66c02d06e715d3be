import Execution
import LinearAlgebra

/// The launches that evaluate one plan; owns what is prepared for it and reuses it from step to step.
///
/// A pass is a fixed number of launches, whatever the numbers of tasks, samples, features, gates and groups of cones.
final class PlanPipeline {
    let plan: ExecutionPlan
    let shape: WorkShape
    let kernels: KernelSet
    let tables: PlanTables
    let size: PlanSize
    private let precision: OpenCLPrecision
    private let largestAllocation: Int
    /// The most tiles of a launch, once the device has refused more.
    private var tileLimit = 1 << 40
    /// The most work-groups that take tiles in turns, likewise.
    private var groupLimit: Int
    private var memory: PlanMemory?

    init(
        _ plan: ExecutionPlan, _ shape: WorkShape, _ precision: OpenCLPrecision, _ size: PlanSize,
        _ kernels: KernelSet, largestAllocation: Int
    ) {
        self.plan = plan
        self.shape = shape
        self.precision = precision
        self.size = size
        self.kernels = kernels
        self.largestAllocation = largestAllocation
        groupLimit = size.groups.limit
        tables = PlanTables(plan, tile: shape.tile)
    }

    /// Consecutive ranges of samples, each of which fits the budget and the device's largest allocation.
    func launches(_ sampleCount: Int, _ scheduler: BatchScheduler) throws(BackendError) -> [Range<Int>] {
        let tileCount = (sampleCount + shape.tile - 1) / shape.tile
        let byBudget = try scheduler.launches(
            sampleCount: tileCount, bytesPerSample: size.bytesPerTile, fixedBytes: size.fixedBytes,
            qubits: size.qubits)
        let byAllocation = try BatchScheduler(budget: largestAllocation).launches(
            sampleCount: tileCount, bytesPerSample: size.largestBuffer.perTile,
            fixedBytes: size.largestBuffer.fixed, qubits: size.qubits)
        let byLimit = try BatchScheduler(budget: tileLimit).launches(
            sampleCount: tileCount, bytesPerSample: 1, fixedBytes: 0, qubits: size.qubits)
        let tiles = [byBudget, byAllocation, byLimit].max { $0.count < $1.count } ?? byBudget
        return tiles.map { $0.lowerBound * shape.tile..<min($0.upperBound * shape.tile, sampleCount) }
    }

    /// Gives up the memory, and keeps to launches of half of `samples` from now on; false where these fill one tile only.
    func takeSmallerLaunches(than samples: Int) -> Bool {
        memory = nil
        tileLimit = max(1, rowLength(samples) / shape.tile / 2)
        groupLimit = max(1, groupLimit / 2)
        return samples > shape.tile
    }

    /// Evaluates `samples` into `values`, `[samples.count x readouts]`, and leaves their states for `backward`.
    func forward(
        _ inputs: ParameterBatch, _ samples: Range<Int>, into values: UnsafeMutableBufferPointer<Float>,
        _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        let (memory, row) = (try memory(for: samples.count, queue), rowLength(samples.count))
        try queue.write(
            inputs.parameters.map(Double.init) + tables.constants, to: memory.angles, precision)
        let columns = plan.plainCircuit.featureCount
        try inputs.features.elements.withBuffer { elements throws(OpenCLError) in
            let rows = elements[samples.lowerBound * columns..<samples.upperBound * columns]
            try queue.write(UnsafeBufferPointer(rebasing: rows), to: memory.features)
        }
        let plan = KernelArgument.buffer(memory.tables.handle)
        let angles: [KernelArgument] = [.buffer(memory.cosines.handle), .buffer(memory.sines.handle)]
        try runItems(
            kernels.halfAngles, tables.fixedAngleCount + columns * row,
            [
                plan, .buffer(memory.angles.handle), .buffer(memory.features.handle),
                .number(tables.fixedAngleCount), .number(columns), .number(samples.count), .number(row),
            ] + angles, &queue)
        try runCircuits(memory, row, &queue)
        try runItems(
            kernels.expectations, tables.readingCount * row / shape.vector,
            [
                plan, .number(tables.readingCount), .number(samples.count), .number(row),
                .number(self.plan.plainCircuit.readoutCount), .buffer(memory.reduced.handle),
                .buffer(memory.matrices.handle), .buffer(memory.values.handle),
            ], &queue)
        try queue.read(memory.values, into: values)
    }

    /// The gradients of the samples that `forward` took last: features `[samples.count x features]` and trainable angles.
    func backward(
        cotangent: Matrix, features: UnsafeMutableBufferPointer<Float>,
        parameters: UnsafeMutableBufferPointer<Float>, _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        let samples = cotangent.rows
        let (memory, row) = (try memory(for: samples, queue), rowLength(samples))
        try queue.write(cotangent.elements, to: memory.cotangent)
        try spread(samples, row, memory, &queue)
        let plan = KernelArgument.buffer(memory.tables.handle)
        try runCircuitsBack(memory, row, &queue)
        let columns = self.plan.plainCircuit.featureCount
        try runItems(
            kernels.featureGradients, columns * row / shape.vector,
            [
                plan, .number(columns), .number(samples), .number(row), .number(tables.headGradients),
                .buffer(memory.gradients.handle), .buffer(memory.featureGradients.handle),
            ], &queue)
        try queue.run(
            kernels.parameterGradients, groups: tables.parameterCount, groupSize: shape.group,
            [
                plan, .number(row), .buffer(memory.gradients.handle),
                .buffer(memory.parameterGradients.handle), .local(shape.group * precision.byteCount),
            ])
        try queue.read(memory.featureGradients, into: features)
        try queue.read(memory.parameterGradients, into: parameters)
    }

    /// The cotangent's way back to head matrices and reduced states.
    private func spread(
        _ samples: Int, _ row: Int, _ memory: PlanMemory, _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        let plan = KernelArgument.buffer(memory.tables.handle)
        let readouts = self.plan.plainCircuit.readoutCount
        try runItems(
            kernels.spreadCotangent, readouts * row,
            [
                .buffer(memory.cotangent.handle), .number(readouts), .number(samples), .number(row),
                .buffer(memory.spread.handle),
            ], &queue)
        let partials = shape.group * Blocking.tasks * Blocking.entries * precision.byteCount
        try queue.run(
            kernels.matrixGradients, groups: tables.matrixBlockCount, groupSize: shape.group,
            [
                plan, .number(row), .buffer(memory.reduced.handle), .buffer(memory.spread.handle),
                .buffer(memory.matrixGradients.handle), .local(partials),
            ])
        try runItems(
            kernels.effectiveObservables, tables.observableTileCount * row / shape.vector,
            [
                plan, .number(tables.observableTileCount), .number(row), .buffer(memory.matrices.handle),
                .buffer(memory.spread.handle), .buffer(memory.weights.handle),
            ], &queue)
    }

    /// Starts a kernel whose items are independent of each other.
    private func runItems(
        _ kernel: borrowing DeviceKernel, _ count: Int, _ arguments: [KernelArgument],
        _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        let groupSize = min(64, queue.device.largestGroup)
        try queue.run(kernel, groups: (count + groupSize - 1) / groupSize, groupSize: groupSize, arguments)
    }

    private func rowLength(_ samples: Int) -> Int { tables.padded(samples) }

    /// The tiles of all cones, which those of task blocks follow.
    func coneTiles(_ row: Int) -> Int { tables.coneCount * row / shape.tile }

    /// All tiles.
    func tileCount(_ row: Int) -> Int { coneTiles(row) + tables.headTileCount }

    /// The work-groups that take `tiles` of a noisy plan in turns.
    func turnTakers(_ tiles: Int) -> Int { min(groupLimit, tiles) }

    /// Local memory of a kernel.
    func local(_ workspace: Workspace) -> KernelArgument { .local(shape.bytes(workspace, precision)) }

    private func memory(
        for samples: Int, _ queue: borrowing DeviceQueue
    ) throws(OpenCLError) -> PlanMemory {
        let tileCount = rowLength(samples) / shape.tile
        if let memory, memory.tileCount >= tileCount { return memory }
        memory = nil
        let made = try PlanMemory(
            tables, features: plan.plainCircuit.featureCount, readouts: plan.plainCircuit.readoutCount,
            tileCount: tileCount,
            groupNumbers: turnTakers(self.tileCount(rowLength(samples))) * size.groups.numbersPerLane
                * shape.tile, shape,
            precision, queue)
        memory = made
        return made
    }
}

extension Array {
    /// `withUnsafeBufferPointer` for bodies of typed throws.
    fileprivate func withBuffer<Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Void
    ) throws(Failure) {
        var failure: Failure?
        withUnsafeBufferPointer { pointer in
            do throws(Failure) { try body(pointer) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
