import Execution
import LinearAlgebra

/// Evaluates one plan in one precision; owns the memory of its steps and reuses it.
final class Engine<Real: SimulationReal> {
    let plan: ExecutionPlan
    let encodings: [EncodingBatch<Real>]
    let heads: [HeadBatch<Real>]
    private let features = Buffer<Real>()
    private let featureGradients = Buffer<Real>()
    private let parameters = Buffer<Real>()
    /// Expectation values, then their cotangents, `[samples x readouts]`.
    private let values = Buffer<Real>()
    let team: ThreadTeam
    /// What gradients task by task need beyond those of the whole.
    private(set) lazy var taskLayout = TaskLayout(self)

    init(_ plan: ExecutionPlan, set: Int32, team: ThreadTeam) {
        self.plan = plan
        self.team = team
        encodings = plan.encodings.map { EncodingBatch($0, set: set, team: team) }
        heads = plan.heads.map { HeadBatch($0, set: set, team: team) }
    }

    private var featureCount: Int { plan.plainCircuit.featureCount }
    var readoutCount: Int { plan.plainCircuit.readoutCount }

    func expectations(_ inputs: ParameterBatch, scheduler: BatchScheduler) throws(BackendError) -> Matrix {
        let launches = try launches(inputs.sampleCount, scheduler)
        prepareHeads(inputs.parameters)
        var output = Matrix(rows: inputs.sampleCount, columns: readoutCount)
        for samples in launches { read(inputs, samples, into: &output) }
        return output
    }

    func gradients(
        _ inputs: ParameterBatch, cotangent: Cotangent, scheduler: BatchScheduler
    ) throws(BackendError) -> CircuitGradients {
        var inputGradients = Matrix(rows: inputs.sampleCount, columns: featureCount)
        var parameterGradients = [Double](repeating: 0, count: plan.plainCircuit.parameterCount)
        let output = try parameterGradients.withUnsafeMutableBufferPointer {
            parameterGradients throws(BackendError) in
            try sweep(
                inputs, cotangent: cotangent, scheduler: scheduler, blockGradients: parameterGradients
            ) { samples, _ in
                featureGradients.clear(featureCount * samples.count)
                for encoding in encodings {
                    encoding.backward(
                        featureGradients: featureGradients.pointer,
                        parameterGradients: parameterGradients.baseAddress!)
                }
                inputGradients.elements.withUnsafeMutableBufferPointer { target in
                    guard let first = target.baseAddress else { return }
                    team.transpose(
                        featureGradients.pointer, rows: featureCount, columns: samples.count,
                        into: first + samples.lowerBound * featureCount)
                }
            }
        }
        return CircuitGradients(
            expectations: output, features: inputGradients, parameters: parameterGradients.map { Float($0) })
    }

    /// Takes the batch forward and, launch by launch, back to the effective observables of all cones, from which `body`
    /// goes on, given the launch's cotangents `[samples x readouts]`; then the heads back to the blocks' angles.
    ///
    /// Returns the expectation values, `[samples x readouts]`.
    func sweep(
        _ inputs: ParameterBatch, cotangent: Cotangent, scheduler: BatchScheduler,
        blockGradients: UnsafeMutableBufferPointer<Double>,
        extra: (bytesPerSample: Int, fixedBytes: Int) = (0, 0),
        _ body: (_ samples: Range<Int>, _ cotangent: UnsafePointer<Real>) -> Void
    ) throws(BackendError) -> Matrix {
        let launches = try launches(inputs.sampleCount, scheduler, extra: extra)
        prepareHeads(inputs.parameters)
        for head in heads { head.clearGradients() }
        var output = Matrix(rows: inputs.sampleCount, columns: readoutCount)
        for samples in launches {
            read(inputs, samples, into: &output)
            let whole = samples == 0..<inputs.sampleCount
            let weights = cotangent(
                whole ? output : output.slice(rows: samples), samples: samples, team: team)
            for (index, weight) in weights.elements.enumerated() { values.pointer[index] = Real(weight) }
            for encoding in encodings { encoding.clearWeights() }
            for head in heads {
                head.readBackward(
                    encodings[head.encoding], cotangent: values.pointer, readoutCount: readoutCount)
            }
            body(samples, values.pointer)
        }
        for head in heads { head.backward(parameterGradients: blockGradients.baseAddress!) }
        return output
    }

    private func launches(
        _ count: Int, _ scheduler: BatchScheduler,
        extra: (bytesPerSample: Int, fixedBytes: Int) = (0, 0)
    ) throws(BackendError) -> [Range<Int>] {
        try scheduler.launches(
            sampleCount: count,
            bytesPerSample: extra.bytesPerSample + encodings.reduce(0) { $0 + $1.bytesPerSample }
                + heads.reduce(0) { $0 + $1.bytesPerSample },
            fixedBytes: extra.fixedBytes + encodings.reduce(0) { $0 + $1.fixedBytes }
                + heads.reduce(0) { $0 + $1.fixedBytes },
            qubits: plan.widestCone)
    }

    private func prepareHeads(_ values: [Float]) {
        parameters.reserve(values.count)
        for (index, value) in values.enumerated() { parameters.pointer[index] = Real(value) }
        for head in heads { head.prepare(parameters: parameters.pointer) }
    }

    /// Encodes a range of samples and reads all expectation values into these rows of `output`.
    private func read(_ inputs: ParameterBatch, _ samples: Range<Int>, into output: inout Matrix) {
        features.reserve(featureCount * samples.count)
        inputs.features.elements.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            team.transpose(
                first + samples.lowerBound * featureCount, rows: samples.count, columns: featureCount,
                into: features.pointer)
        }
        for encoding in encodings {
            encoding.forward(
                features: features.pointer, sampleCount: samples.count, parameters: parameters.pointer)
        }
        values.reserve(readoutCount * samples.count)
        for head in heads {
            head.read(encodings[head.encoding], into: values.pointer, readoutCount: readoutCount)
        }
        output.elements.withUnsafeMutableBufferPointer { elements in
            let first = samples.lowerBound * readoutCount
            for index in 0..<readoutCount * samples.count {
                elements[first + index] = Float(values.pointer[index])
            }
        }
    }
}
