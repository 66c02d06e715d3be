import Circuits
import Foundation

/// A training step whose values and gradients are known in double precision from other simulators.
///
/// The `deep-step` and `paper-step` vectors were computed by PennyLane (default.qubit, backpropagation, float64) and agree
/// with an independent adjoint method to 1e-12.
struct ReferenceStep {
    let circuit: MultiTaskCircuit
    /// `[samples x features]`.
    let features: [[Double]]
    /// The encoding's angles, then each block's.
    let parameters: [Double]
    /// `[samples x readouts]`.
    let expectations: [[Double]]
    /// Of the loss by the expectation values, `[samples x readouts]`.
    let cotangent: @Sendable (_ sample: Int, _ expectations: [Double]) -> [Double]
    let featureGradient: [[Double]]
    let parameterGradient: [Double]
}

/// `deep-step-*.json`; names as in the file.
struct DeepStepVectors: Decodable {
    let n: Int, d: Int, q: Int, m: Int, B: Int, T: Int
    let x: [[Double]], y: [[Double]]
    let phi: [[Double]], theta: [[Double]]
    let a: [[[Double]]], b: [[[Double]]], c: [[Double]]
    let E: [[Double]]
    let loss: Double
    let d_x: [[Double]], d_phi: [[Double]], d_theta: [[Double]]
    let d_a: [[[Double]]], d_b: [[[Double]]], d_c: [[Double]]

    func step() throws -> ReferenceStep {
        let circuit = try Preset.deep.circuit(
            outputs: Array(repeating: 1, count: T),
            sizes: .init(qubits: n, features: d, register: q, layers: m))
        let labels = y
        let count = Double(B * T)
        return ReferenceStep(
            circuit: circuit, features: x, parameters: flat(phi, theta, a, b, c), expectations: E,
            cotangent: { sample, expectations in
                zip(expectations, labels[sample]).map { expectation, label in
                    let p = (1 + expectation) / 2
                    return (p - label) / (p * (1 - p)) / 2 / count
                }
            },
            featureGradient: d_x, parameterGradient: flat(d_phi, d_theta, d_a, d_b, d_c))
    }

    /// The mean binary cross-entropy of `p = (1 + E) / 2`; no probability of these vectors is near its clipping bounds.
    func loss(of expectations: [[Double]]) -> Double {
        let terms = zip(expectations.joined(), y.joined()).map { expectation, label in
            let p = (1 + expectation) / 2
            return -(label * log(p) + (1 - label) * log(1 - p))
        }
        return terms.reduce(0, +) / Double(terms.count)
    }

    /// Stage by stage all `phi` then all `theta`; task by task and layer by layer all `a` then all `b`; `c` closes a task.
    private func flat(
        _ phi: [[Double]], _ theta: [[Double]], _ a: [[[Double]]], _ b: [[[Double]]], _ c: [[Double]]
    ) -> [Double] {
        let encoding = zip(phi, theta).flatMap { $0 + $1 }
        let blocks = (0..<T).flatMap { task in zip(a[task], b[task]).flatMap { $0 + $1 } + c[task] }
        return encoding + blocks
    }
}

/// `paper-step.json`; names as in the file.
struct PaperStepVectors: Decodable {
    struct Block: Decodable {
        let a: [Double], b: [Double], c: [Double]
        var flat: [Double] { a + b + c }
    }

    let registers: [Int]
    let observables: [String]
    let x: [[Double]], phi: [[Double]], blocks: [Block]
    let E: [[Double]], cotangent: [[Double]]
    let d_x: [[Double]], d_phi: [[Double]], d_blocks: [Block]

    /// Registers of 1, 2 and 4 qubits belong to tasks of one output, three classes and five classes.
    func step() throws -> ReferenceStep {
        let outputs = registers.map { [1: 1, 2: 3, 4: 5][$0]! }
        let weights = cotangent
        return ReferenceStep(
            circuit: try Preset.paper.circuit(outputs: outputs), features: x,
            parameters: phi.flatMap { $0 } + blocks.flatMap(\.flat), expectations: E,
            cotangent: { sample, _ in weights[sample] },
            featureGradient: d_x, parameterGradient: d_phi.flatMap { $0 } + d_blocks.flatMap(\.flat))
    }
}

/// Reads `Vectors/<name>.json`.
func vectors<Vectors: Decodable>(_ name: String, as type: Vectors.Type) throws -> Vectors {
    let url = Bundle.module.bundleURL.appending(path: "Vectors/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
