import Execution
import LinearAlgebra

/// Where an engine writes gradients task by task: the arrays of `SparseGradients`, filled from any thread.
struct TaskGradientTarget {
    let features: UnsafeMutableBufferPointer<Float>
    let featureStarts: [Int]
    /// Sums over launches and samples.
    let encoding: UnsafeMutableBufferPointer<Double>
    let encodingStarts: [Int]
    /// The samples of the launch.
    let samples: Range<Int>
}

extension Engine {
    /// Expectation values and the gradients of each task's share of a loss, for a plan in which every task reads one cone; of
    /// the plain circuit.
    func taskGradients(
        _ inputs: ParameterBatch, cotangent: Cotangent, scheduler: BatchScheduler
    ) throws(BackendError) -> TaskGradients {
        let layout = taskLayout
        var features = SparseGradients(rows: inputs.sampleCount, columns: layout.features)
        var encoding = SparseGradients(rows: 1, columns: layout.encoding)
        var sums = [Double](repeating: 0, count: encoding.values.count)
        var parameters = [Double](repeating: 0, count: plan.plainCircuit.parameterCount)
        let (featureStarts, encodingStarts) = (features.starts, encoding.starts)
        let output = try features.values.withUnsafeMutableBufferPointer { features throws(BackendError) in
            try sums.withUnsafeMutableBufferPointer { sums throws(BackendError) in
                try parameters.withUnsafeMutableBufferPointer { parameters throws(BackendError) in
                    try sweep(
                        inputs, cotangent: cotangent, scheduler: scheduler, blockGradients: parameters,
                        extra: layout.extraMemory
                    ) { samples, slopes in
                        let target = TaskGradientTarget(
                            features: features, featureStarts: featureStarts, encoding: sums,
                            encodingStarts: encodingStarts, samples: samples)
                        for (group, batch) in encodings.enumerated() {
                            if let shared = layout.shared[group] {
                                shared.addGradients(
                                    batch, heads: heads, cotangent: slopes, readoutCount: readoutCount,
                                    to: target)
                            } else {
                                addGradients(batch, taskOfCone: layout.taskOfCone[group], to: target)
                            }
                        }
                    }
                }
            }
        }
        for (index, sum) in sums.enumerated() { encoding.values[index] = Float(sum) }
        for (task, columns) in layout.encoding.enumerated() {
            for (slot, parameter) in columns.enumerated() {
                parameters[parameter] += sums[encodingStarts[task] + slot]
            }
        }
        return TaskGradients(
            expectations: output, features: features, encoding: encoding,
            parameters: parameters.map { Float($0) })
    }

    /// The gradients of cones that one task reads: one sweep for each.
    private func addGradients(
        _ batch: EncodingBatch<Real>, taskOfCone: [Int], to target: TaskGradientTarget
    ) {
        let stride = batch.stride
        let (featureSlots, parameterSlots) = (
            batch.angleRows.featureSlotCount, batch.angleRows.parameterSlotCount
        )
        nonisolated(unsafe) let target = target
        batch.backwardByCone { cone, slopes, sums in
            let task = taskOfCone[cone]
            let first = target.featureStarts[task] + target.samples.lowerBound * featureSlots
            for sample in 0..<target.samples.count {
                for slot in 0..<featureSlots {
                    target.features[first + sample * featureSlots + slot] = Float(
                        slopes[slot * stride + sample])
                }
            }
            for slot in 0..<parameterSlots {
                target.encoding[target.encodingStarts[task] + slot] += Double(sums[slot])
            }
        }
    }
}

/// Who reads what, for gradients task by task.
struct TaskLayout<Real: SimulationReal> {
    /// The feature angles that each task depends on.
    let features: [[Int]]
    /// The encoding's trainable angles that each task depends on.
    let encoding: [[Int]]
    /// The task that reads each cone of each encoding group, the last one where there are several.
    let taskOfCone: [[Int]]
    /// What sweeps each encoding group whose cones several tasks read.
    let shared: [SharedCones<Real>?]

    /// Bytes beyond those of a plain sweep.
    var extraMemory: (bytesPerSample: Int, fixedBytes: Int) {
        let shared = shared.compactMap { $0 }
        return (
            shared.reduce(0) { $0 + $1.bytesPerSample }, shared.reduce(0) { $0 + $1.fixedBytes }
        )
    }

    init(_ engine: Engine<Real>) {
        let plan = engine.plan
        let footprints = plan.plainFootprints
        features = footprints.map(\.features)
        encoding = footprints.map(\.parameters)
        var tasks = plan.encodings.map { $0.instances.map { _ in 0 } }
        for head in plan.heads {
            for member in head.members { tasks[head.encoding][member.instance] = member.task }
        }
        taskOfCone = tasks
        let separated = plan.conesOfOneTask
        shared = plan.encodings.indices.map { separated[$0] ? nil : SharedCones(engine, encoding: $0) }
    }
}
