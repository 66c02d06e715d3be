/// Which features a stage's data rotations read.
public enum FeatureLayout: Hashable, Sendable {
    /// Qubit `i` of stage `s` reads feature `s n + i`, or `(s A + a) n + i` for axis `a` of `A`; what lies behind the last
    /// feature is left out.
    case perQubit
    /// Every qubit of stage `s` reads feature `s`.
    case perStage
}

/// A shared, task-independent encoding of a sample's features: stages on `n` qubits.
public struct Encoding: Hashable, Sendable {
    /// The number of qubits.
    public var qubitCount: Int
    /// The number of features `d`.
    public var featureCount: Int
    /// The stages, first to last.
    public var stages: [EncodingStage]
    /// Which features the data rotations read.
    public var layout: FeatureLayout
    /// How often all stages are run, each time with the same features and with trainable angles of its own.
    public var uploads: Int

    /// An encoding of `featureCount` features.
    public init(
        qubitCount: Int, featureCount: Int, stages: [EncodingStage], layout: FeatureLayout = .perQubit,
        uploads: Int = 1
    ) {
        self.qubitCount = qubitCount
        self.featureCount = featureCount
        self.stages = stages
        self.layout = layout
        self.uploads = uploads
    }

    /// The number of stages that are run.
    public var stageCount: Int { stages.count * uploads }

    /// The encoding's circuit; trainable angles are numbered by stage, then in the order of their gates: by axis, then
    /// qubit, a scale before its shift.
    public var circuit: Circuit {
        var gates: [Gate] = []
        var parameterCount = 0
        func nextAngle() -> Angle {
            defer { parameterCount += 1 }
            return .parameter(parameterCount)
        }
        for _ in 0..<uploads {
            var firstFeature = 0
            for stage in stages {
                appendData(of: stage, firstFeature: firstFeature, to: &gates, nextAngle)
                for axis in stage.trainableAxes {
                    for qubit in 0..<qubitCount { gates.append(.rotation(axis, qubit, nextAngle())) }
                }
                gates += stage.entangler.gates(count: qubitCount)
                firstFeature += places(in: stage)
            }
        }
        var circuit = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount, featureCount: featureCount)
        for gate in gates { circuit.appendUnchecked(gate) }
        return circuit
    }

    /// The number of features that a stage has places for.
    private func places(in stage: EncodingStage) -> Int {
        switch layout {
        case .perQubit: stage.dataAxes.count * qubitCount
        case .perStage: stage.dataAxes.count
        }
    }

    private func appendData(
        of stage: EncodingStage, firstFeature: Int, to gates: inout [Gate], _ nextAngle: () -> Angle
    ) {
        func feature(axis: Int, qubit: Int) -> Angle? {
            let place =
                switch layout {
                case .perQubit: axis * qubitCount + qubit
                case .perStage: axis
                }
            return firstFeature + place < featureCount ? .feature(firstFeature + place) : nil
        }
        if stage.opensWithHadamards { gates += (0..<qubitCount).map { .hadamard($0) } }
        for (index, axis) in stage.dataAxes.enumerated() {
            for qubit in 0..<qubitCount {
                guard let feature = feature(axis: index, qubit: qubit) else { continue }
                if stage.isRescaled {
                    gates.append(.rotation(axis, qubit, nextAngle() * feature))
                    gates.append(.rotation(axis, qubit, nextAngle()))
                } else {
                    gates.append(.rotation(axis, qubit, feature))
                }
            }
        }
        for (first, second) in Entangler(stage.products).pairs(count: qubitCount) {
            guard let one = feature(axis: 0, qubit: first), let two = feature(axis: 0, qubit: second)
            else { continue }
            gates += Gate.rotationZZ(first, second, one * two)
        }
    }
}
