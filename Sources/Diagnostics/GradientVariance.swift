import Circuits
import Execution
import LinearAlgebra
import Randomness

/// How the variance of gradients falls with the number of qubits and layers: whether a circuit can be trained.
///
/// Source: McClean et al., *Barren plateaus in quantum neural network training landscapes* (arXiv:1803.11173); that one
/// qubit's readout falls slower than one of all qubits is of Cerezo et al. (arXiv:2001.00550).
public struct GradientVariance: Codable, Sendable, Equatable {
    /// The variance at one size.
    public struct Point: Codable, Sendable, Equatable {
        /// The number of qubits.
        public let qubits: Int
        /// The number of layers or stages.
        public let layers: Int
        /// The number of angles whose derivative is not always zero.
        public let liveAngles: Int
        /// The mean over these angles of the variance of a derivative over random angles and features.
        public let variance: Double
    }

    /// What was varied, for instance `sim-6, Z on one qubit`.
    public let name: String
    /// The variances, by layers, then qubits.
    public let points: [Point]

    /// A task block behind no encoding, on registers of `qubits` qubits with `layers` layers.
    ///
    /// `isGlobal`: whether Z is read on all qubits at once, or on the first one.
    /// - Throws: `CircuitError`, `BackendError`.
    public init(
        of block: TaskBlock, name: String, qubits: [Int], layers: [Int], isGlobal: Bool, samples: Int,
        seed: UInt64, backend: any Backend
    ) async throws {
        var points: [Point] = []
        for layerCount in layers {
            for qubitCount in qubits {
                var sized = block
                sized.layers = layerCount
                let observable = PauliString.all(.z, on: Array(0..<(isGlobal ? qubitCount : 1)))
                let sampled = try SampledCircuit(
                    sized.circuit(qubitCount: qubitCount), observables: [observable])
                points.append(
                    try await Self.point(
                        sampled, qubits: qubitCount, layers: layerCount, samples: samples, seed: seed,
                        backend: backend))
            }
        }
        self.name = "\(name), Z on \(isGlobal ? "all qubits" : "one qubit")"
        self.points = points
    }

    /// A preset's circuit of binary tasks, by its first readout.
    ///
    /// Presets whose tasks share qubits have that many qubits, and features for each of `layers` stages; the others have
    /// one task for each qubit, and stages of their own.
    /// - Throws: `CircuitError`, `BackendError`.
    public init(
        of preset: Preset, qubits: [Int], layers: [Int], samples: Int, seed: UInt64, backend: any Backend
    ) async throws {
        var points: [Point] = []
        for stages in preset.hasFreeStages ? layers : [0] {
            for qubitCount in qubits {
                let circuit = try preset.circuit(binaryTasksOn: qubitCount, stages: stages)
                points.append(
                    try await Self.point(
                        try SampledCircuit(circuit, task: 0), qubits: qubitCount,
                        layers: circuit.stageCount, samples: samples, seed: seed, backend: backend))
            }
        }
        name = "\(preset.name), first readout"
        self.points = points
    }

    private static func point(
        _ sampled: SampledCircuit, qubits: Int, layers: Int, samples: Int, seed: UInt64,
        backend: any Backend
    ) async throws(BackendError) -> Point {
        var stream = Philox(seed: seed, purpose: .diagnosis, index: 1)
        let features = stream.matrix(rows: samples, columns: sampled.featureCount, in: featureRange)
        let angles = stream.matrix(rows: samples, columns: sampled.parameterCount, in: turn)
        let (_, derivatives) = try await sampled.jacobian(features.beside(angles), on: backend)
        let variances = (0..<sampled.parameterCount).compactMap { angle -> Double? in
            let column = sampled.featureCount + angle
            let values = (0..<samples).map { Double(derivatives[0][$0, column]) }
            guard values.contains(where: { $0 != 0 }) else { return nil }
            let mean = values.reduce(0, +) / Double(samples)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(samples - 1)
        }
        return Point(
            qubits: qubits, layers: layers, liveAngles: variances.count,
            variance: variances.reduce(0, +) / Double(max(variances.count, 1)))
    }
}

extension Matrix {
    /// The columns of this matrix, then those of `other`.
    func beside(_ other: Matrix) -> Matrix {
        Matrix(
            rows: rows, columns: columns + other.columns,
            elements: (0..<rows).flatMap { Array(row($0)) + Array(other.row($0)) })
    }
}

extension Preset {
    /// Whether the number of stages follows from the number of features.
    var hasFreeStages: Bool {
        switch stages {
        case .fixed, .amplitude: false
        case .repeated: true
        }
    }

    /// The circuit of binary tasks on `qubits` qubits: one task for each qubit where tasks have qubits of their own, one
    /// task else, with features for `count` stages where their number is free.
    func circuit(binaryTasksOn qubits: Int, stages count: Int) throws(CircuitError) -> MultiTaskCircuit {
        var sizes = Sizes()
        switch stages {
        case .fixed, .amplitude: break
        case .repeated(let stage, _): sizes.features = count * stage.dataAxes.count * qubits
        }
        switch placement {
        case .local: return try circuit(outputs: Array(repeating: 1, count: qubits), sizes: sizes)
        case .shared:
            sizes.qubits = qubits
            if stages == .amplitude { sizes.features = 1 << qubits }
            return try circuit(outputs: [1], sizes: sizes)
        }
    }
}
