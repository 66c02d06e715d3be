/// One stage of an encoding: a data rotation on every qubit, trainable rotations on every qubit, an entangler.
public struct EncodingStage: Hashable, Sendable {
    /// The axis of the data rotation.
    public var dataAxis: Pauli
    /// The axes of the trainable rotations, first to last.
    public var trainableAxes: [Pauli]
    /// The stage's two-qubit gates.
    public var entangler: Entangler

    /// A stage.
    public init(data dataAxis: Pauli, trainable trainableAxes: [Pauli], entangler: Entangler) {
        self.dataAxis = dataAxis
        self.trainableAxes = trainableAxes
        self.entangler = entangler
    }
}

/// Which features a stage's data rotations read.
public enum FeatureLayout: Hashable, Sendable {
    /// Qubit `i` of stage `s` reads feature `s n + i`; the tail is padded with zeros.
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

    /// An encoding of `featureCount` features.
    public init(
        qubitCount: Int, featureCount: Int, stages: [EncodingStage], layout: FeatureLayout = .perQubit
    ) {
        self.qubitCount = qubitCount
        self.featureCount = featureCount
        self.stages = stages
        self.layout = layout
    }

    /// The encoding's circuit; trainable angles are numbered by stage, then axis, then qubit.
    public var circuit: Circuit {
        let parameterCount = stages.reduce(0) { $0 + $1.trainableAxes.count * qubitCount }
        var circuit = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount, featureCount: featureCount)
        var parameter = 0
        for (index, stage) in stages.enumerated() {
            for qubit in 0..<qubitCount {
                let feature =
                    switch layout {
                    case .perQubit: index * qubitCount + qubit
                    case .perStage: index
                    }
                if feature < featureCount {
                    circuit.appendUnchecked(.rotation(stage.dataAxis, qubit, .feature(feature)))
                }
            }
            for axis in stage.trainableAxes {
                for qubit in 0..<qubitCount {
                    circuit.appendUnchecked(.rotation(axis, qubit, .parameter(parameter)))
                    parameter += 1
                }
            }
            for gate in stage.entangler.gates(count: qubitCount) { circuit.appendUnchecked(gate) }
        }
        return circuit
    }
}
