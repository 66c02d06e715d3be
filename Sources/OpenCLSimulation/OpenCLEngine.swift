import COpenCL
import Execution
import Kernels
import LinearAlgebra
import Randomness

/// Evaluates batches on one device: keeps a pipeline for each of a few plans and splits batches that do not fit.
package final class OpenCLEngine {
    private var queue: DeviceQueue
    private let precision: OpenCLPrecision
    private let scheduler: BatchScheduler
    private let source: KernelSource
    private let cache: ProgramCache
    private let shape: OpenCLWorkShape
    private var kernels: [WorkShape: KernelSet] = [:]
    private var pipelines: [ExecutionPlan.ID: PlanPipeline] = [:]

    /// What small circuits need.
    private static let smallWorkspace = Workspace.amplitudes(qubits: 5, states: 2)

    /// An engine whose kernels are already built for small circuits, so that a compiler's refusal is seen at once.
    ///
    /// `functions` replaces the loader's.
    package init(
        _ device: OpenCLDevice, _ precision: OpenCLPrecision, memory: Int, shape: OpenCLWorkShape,
        source: KernelSource = .embedded, cache: ProgramCache = .standard(), functions: qmtl_opencl? = nil
    ) throws(OpenCLError) {
        if precision == .double, !device.hasDoublePrecision {
            throw .noDoublePrecision(device: device.name)
        }
        if let functions {
            queue = try DeviceQueue(device, functions)
        } else {
            queue = try DeviceQueue(device, OpenCLLibrary().functions)
        }
        queue.stageTransfers()
        self.precision = precision
        self.source = source
        self.cache = cache
        self.shape = shape
        scheduler = BatchScheduler(budget: memory)
        _ = try kernels(for: WorkShape(shape, device, precision, Self.smallWorkspace))
    }

    /// The kernels started so far.
    package var launchCount: Int { queue.launchCount }

    /// The first words of the stream that `Philox(seed:purpose:index:)` draws from, drawn on the device.
    package func randomWords(
        seed: UInt64, purpose: Philox.Purpose, index: UInt32, count: Int
    ) throws(OpenCLError) -> [UInt32] {
        let blockCount = (count + 3) / 4
        let blocks = try DeviceBuffer(byteCount: 16 * blockCount, queue)
        let kernels = try kernels(for: WorkShape(shape, queue.device, precision, Self.smallWorkspace))
        func word(_ bits: UInt64) -> KernelArgument {
            .number(Int(Int32(truncatingIfNeeded: bits)))
        }
        try queue.run(
            kernels.randomWords, groups: blockCount, groupSize: 1,
            [
                word(seed), word(seed >> 32), word(UInt64(purpose.rawValue)), word(UInt64(index)),
                .number(blockCount), .buffer(blocks.handle),
            ])
        var words = [UInt32](repeating: 0, count: 4 * blockCount)
        var failure: OpenCLError?
        words.withUnsafeMutableBufferPointer { target in
            do throws(OpenCLError) { try queue.read(blocks, into: target) } catch { failure = error }
        }
        if let failure { throw failure }
        return Array(words.prefix(count))
    }

    /// Expectation values, `[samples x readouts]`.
    package func expectations(_ plan: ExecutionPlan, _ inputs: ParameterBatch) throws(BackendError) -> Matrix
    {
        let pipeline = try pipeline(for: plan)
        var output = Output(plan, sampleCount: inputs.sampleCount)
        for samples in try pipeline.launches(inputs.sampleCount, scheduler) {
            try split(samples, pipeline) { samples throws(OpenCLError) in
                try read(inputs, samples, pipeline, into: &output)
            }
        }
        return output.expectations
    }

    /// Expectation values and the gradients of features and trainable angles.
    package func gradients(
        _ plan: ExecutionPlan, _ inputs: ParameterBatch, _ cotangent: Cotangent
    ) throws(BackendError) -> CircuitGradients {
        let pipeline = try pipeline(for: plan)
        var output = Output(plan, sampleCount: inputs.sampleCount)
        // A cotangent is asked for once a sample, also where a launch is repeated in parts.
        var weights = Matrix(rows: inputs.sampleCount, columns: plan.plainCircuit.readoutCount)
        var weighted = 0
        for samples in try pipeline.launches(inputs.sampleCount, scheduler) {
            try split(samples, pipeline) { samples throws(OpenCLError) in
                try read(inputs, samples, pipeline, into: &output)
                if samples.lowerBound >= weighted {
                    let whole = samples == 0..<inputs.sampleCount
                    let values = output.expectations
                    let found = cotangent(
                        whole ? values : values.slice(rows: samples), samples: samples, team: .allCores)
                    weights.replace(rows: samples, with: found)
                    weighted = samples.upperBound
                }
                try output.add(pipeline, weights.slice(rows: samples), samples, &queue)
            }
        }
        return CircuitGradients(
            expectations: output.expectations, features: output.features,
            parameters: output.parameters.map { Float($0) })
    }

    private func read(
        _ inputs: ParameterBatch, _ samples: Range<Int>, _ pipeline: PlanPipeline, into output: inout Output
    ) throws(OpenCLError) {
        try output.expectations.withRows(samples) { rows throws(OpenCLError) in
            try pipeline.forward(inputs, samples, into: rows, &queue)
        }
    }

    /// Runs `body` on all samples, or, where the device runs out of memory, on halves of them, one after the other.
    private func split(
        _ samples: Range<Int>, _ pipeline: PlanPipeline,
        _ body: (Range<Int>) throws(OpenCLError) -> Void
    ) throws(BackendError) {
        do {
            try body(samples)
        } catch let error where error.isShortageOfMemory {
            guard pipeline.takeSmallerLaunches(than: samples.count) else {
                // The device has less than the budget; how much it does not tell.
                let needed = pipeline.size.fixedBytes + pipeline.size.bytesPerTile
                throw .outOfMemory(
                    qubits: pipeline.size.qubits, neededBytes: needed,
                    availableBytes: min(scheduler.budget, needed - 1))
            }
            let middle = samples.lowerBound + samples.count / 2
            try split(samples.lowerBound..<middle, pipeline, body)
            try split(middle..<samples.upperBound, pipeline, body)
        } catch {
            throw .unavailable(backend: "opencl", reason: "\(error)")
        }
    }

    private func pipeline(for plan: ExecutionPlan) throws(BackendError) -> PlanPipeline {
        if let known = pipelines[plan.id] { return known }
        let shape = WorkShape(shape, queue.device, precision, .back(plan))
        let size = PlanSize(plan, shape, precision, queue.device, budget: scheduler.budget)
        let needed = size.fixedBytes + size.bytesPerTile
        guard needed <= scheduler.budget, size.isAddressable else {
            throw .outOfMemory(
                qubits: size.qubits, neededBytes: needed, availableBytes: min(scheduler.budget, needed - 1))
        }
        // A few plans are kept, so that alternating plans keep their memory.
        if pipelines.count >= 4 { pipelines.removeAll() }
        let pipeline: PlanPipeline
        do {
            pipeline = PlanPipeline(
                plan, shape, precision, size, try kernels(for: shape),
                largestAllocation: queue.device.largestAllocation)
        } catch {
            throw .unavailable(backend: "opencl", reason: "\(error)")
        }
        pipelines[plan.id] = pipeline
        return pipeline
    }

    private func kernels(for shape: WorkShape) throws(OpenCLError) -> KernelSet {
        if let known = kernels[shape] { return known }
        let built = try KernelSet(source, shape, precision, cache: cache, queue)
        kernels[shape] = built
        return built
    }
}

/// What a batch gives, gathered from its launches.
private struct Output {
    var expectations: Matrix
    var features: Matrix
    var parameters: [Double]

    init(_ plan: ExecutionPlan, sampleCount: Int) {
        expectations = Matrix(rows: sampleCount, columns: plan.plainCircuit.readoutCount)
        features = Matrix(rows: sampleCount, columns: plan.plainCircuit.featureCount)
        parameters = Array(repeating: 0, count: plan.plainCircuit.parameterCount)
    }

    /// Adds the gradients of the samples that `pipeline` went forward with last.
    mutating func add(
        _ pipeline: PlanPipeline, _ cotangent: Matrix, _ samples: Range<Int>, _ queue: inout DeviceQueue
    ) throws(OpenCLError) {
        var sums = Matrix(rows: 1, columns: parameters.count)
        try features.withRows(samples) { rows throws(OpenCLError) in
            try sums.withRows(0..<1) { sums throws(OpenCLError) in
                try pipeline.backward(cotangent: cotangent, features: rows, parameters: sums, &queue)
            }
        }
        for (index, sum) in sums.elements.enumerated() { parameters[index] += Double(sum) }
    }
}

extension Matrix {
    fileprivate mutating func replace(rows: Range<Int>, with matrix: Matrix) {
        elements.replaceSubrange(
            rows.lowerBound * columns..<rows.upperBound * columns, with: matrix.elements)
    }

    /// Lends some rows for writing.
    fileprivate mutating func withRows(
        _ rows: Range<Int>, _ body: (UnsafeMutableBufferPointer<Float>) throws(OpenCLError) -> Void
    ) throws(OpenCLError) {
        var failure: OpenCLError?
        let range = rows.lowerBound * columns..<rows.upperBound * columns
        elements.withUnsafeMutableBufferPointer { all in
            do throws(OpenCLError) {
                try body(UnsafeMutableBufferPointer(rebasing: all[range]))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }
}
