import Execution
import LinearAlgebra

extension Engine {
    /// Expectation values and the gradients of each task's share of a loss, for a plan in which every cone is read by one
    /// task; of the plain circuit.
    func taskGradients(
        _ inputs: ParameterBatch, cotangent: Cotangent, scheduler: BatchScheduler
    ) throws(BackendError) -> TaskGradients {
        let footprints = plan.plainFootprints
        let tasks = taskOfCone
        var features = TaskArrays<Float>(rows: inputs.sampleCount, widths: footprints.map(\.features.count))
        var encoding = TaskArrays<Double>(rows: 1, widths: footprints.map(\.parameters.count))
        var parameters = [Double](repeating: 0, count: plan.plainCircuit.parameterCount)
        let output = try features.withPointer { features, featureStarts throws(BackendError) in
            try encoding.withPointer { encoding, encodingStarts throws(BackendError) in
                try parameters.withUnsafeMutableBufferPointer { parameters throws(BackendError) in
                    nonisolated(unsafe) let (features, encoding) = (features, encoding)
                    return try sweep(
                        inputs, cotangent: cotangent, scheduler: scheduler, blockGradients: parameters
                    ) { samples in
                        for (group, batch) in encodings.enumerated() {
                            let stride = batch.stride
                            batch.backwardByCone { cone, slopes, sums in
                                let task = tasks[group][cone]
                                let width = footprints[task].features.count
                                let target = features + featureStarts[task] + samples.lowerBound * width
                                for slot in 0..<width {
                                    for sample in 0..<samples.count {
                                        target[sample * width + slot] = Float(
                                            slopes[slot * stride + sample])
                                    }
                                }
                                for slot in footprints[task].parameters.indices {
                                    encoding[encodingStarts[task] + slot] += Double(sums[slot])
                                }
                            }
                        }
                    }
                }
            }
        }
        for (task, footprint) in footprints.enumerated() {
            for (slot, parameter) in footprint.parameters.enumerated() {
                parameters[parameter] += encoding.values[encoding.starts[task] + slot]
            }
        }
        return TaskGradients(
            expectations: output, features: features.gradients(footprints.map(\.features)),
            encoding: encoding.gradients(footprints.map(\.parameters)),
            parameters: parameters.map { Float($0) })
    }

    /// The task that reads each cone of each encoding group.
    private var taskOfCone: [[Int]] {
        var tasks = plan.encodings.map { $0.instances.map { _ in 0 } }
        for head in plan.heads {
            for member in head.members { tasks[head.encoding][member.instance] = member.task }
        }
        return tasks
    }
}

/// A matrix for each task, one after the other, so that threads write to places of their own.
private struct TaskArrays<Element: BinaryFloatingPoint> {
    private let rows: Int
    /// The first element of each task.
    let starts: [Int]
    private(set) var values: [Element]

    init(rows: Int, widths: [Int]) {
        self.rows = rows
        starts = widths.reduce(into: [0]) { $0.append($0.last! + rows * $1) }
        // At least one, so that there is an address.
        values = [Element](repeating: 0, count: max(starts.last!, 1))
    }

    mutating func withPointer<Result>(
        _ body: (_ values: UnsafeMutablePointer<Element>, _ starts: [Int]) throws(BackendError) -> Result
    ) throws(BackendError) -> Result {
        let starts = starts
        return try values.withUnsafeMutableBufferPointer { values throws(BackendError) in
            try body(values.baseAddress!, starts)
        }
    }

    /// The matrices with their columns.
    func gradients(_ columns: [[Int]]) -> [SparseGradient] {
        columns.enumerated().map { task, columns in
            let part = values[starts[task]..<starts[task + 1]]
            return SparseGradient(
                columns: columns,
                values: Matrix(rows: rows, columns: columns.count, elements: part.map { Float($0) }))
        }
    }
}
