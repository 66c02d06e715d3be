import Foundation

/// Features as the amplitudes of a state: a map from features to angles, and the circuit that reads these angles.
///
/// The state is `sum_i a_i |i>` with the features in order, then the padding, divided by their norm. Each qubit from the
/// last to the first is rotated about Y by an angle for each value of the qubits above it: `2^n - 1` rotations with
/// controlled X gates between them. Where a norm is zero, its angle and the slopes of both are zero.
/// Source: Möttönen et al., *Transformation of quantum states using uniformly controlled rotations*
/// (quant-ph/0407010).
public struct AmplitudeEncoding: Hashable, Sendable {
    /// The number of features `d`, at most `2^n`.
    public let featureCount: Int
    /// The number of qubits `n`.
    public let qubitCount: Int
    /// What the amplitudes behind the features are, before the division by the norm.
    public let padding: Double

    /// The widest encoding: its circuit has some hundred thousand gates.
    public static let widest = 16

    /// An encoding of `featureCount` features on `qubitCount` qubits.
    /// - Throws: `CircuitError.amplitudesTooWide`, `.tooManyFeatures`.
    public init(featureCount: Int, qubitCount: Int, padding: Double = 0) throws(CircuitError) {
        guard qubitCount <= Self.widest else {
            throw .amplitudesTooWide(qubits: qubitCount, limit: Self.widest)
        }
        guard featureCount <= 1 << qubitCount else {
            throw .tooManyFeatures(count: featureCount, capacity: 1 << qubitCount, encoding: "amplitude")
        }
        self.featureCount = featureCount
        self.qubitCount = qubitCount
        self.padding = padding
    }

    /// The number of angles, `2^n - 1`.
    public var angleCount: Int { (1 << qubitCount) - 1 }

    /// The circuit whose features are the angles.
    public var circuit: Circuit {
        var circuit = Circuit(qubitCount: qubitCount, featureCount: angleCount)
        for level in 0..<qubitCount {
            let target = qubitCount - 1 - level
            let count = 1 << level
            for index in 0..<count {
                circuit.appendUnchecked(.rotation(.y, target, .feature(count - 1 + index)))
                guard level > 0 else { continue }
                let changed = (Self.gray(index) ^ Self.gray((index + 1) % count)).trailingZeroBitCount
                circuit.appendUnchecked(.controlledX(control: target + 1 + changed, target: target))
            }
        }
        return circuit
    }

    /// The angles of `features`, in radians.
    public func angles(of features: [Float]) -> [Float] {
        let norms = norms(of: features)
        var angles = [Float](repeating: 0, count: angleCount)
        for level in 0..<qubitCount {
            let count = 1 << level
            let branches = (0..<count).map { node in
                let (left, right) = (norms[level + 1][2 * node], norms[level + 1][2 * node + 1])
                return 2 * atan2(right, left)
            }
            let sums = Self.walshHadamard(branches)
            for index in 0..<count {
                angles[count - 1 + index] = Float(sums[Self.gray(index)] / Double(count))
            }
        }
        return angles
    }

    /// The gradient of `features` from that of their angles.
    public func gradient(_ angleGradient: [Float], features: [Float]) -> [Float] {
        let norms = norms(of: features)
        var slopes = [0.0]  // of the norms at a level, which the norm of the whole does not reach
        for level in 0..<qubitCount {
            let count = 1 << level
            var sums = [Double](repeating: 0, count: count)
            for index in 0..<count {
                sums[Self.gray(index)] = Double(angleGradient[count - 1 + index]) / Double(count)
            }
            let branches = Self.walshHadamard(sums)
            var below = [Double](repeating: 0, count: 2 * count)
            for node in 0..<count {
                let norm = norms[level][node]
                guard norm > 0 else { continue }
                let (left, right) = (norms[level + 1][2 * node], norms[level + 1][2 * node + 1])
                let turn = 2 * branches[node] / (norm * norm)
                below[2 * node] = slopes[node] * left / norm - turn * right
                below[2 * node + 1] = slopes[node] * right / norm + turn * left
            }
            slopes = below
        }
        return slopes.prefix(featureCount).map { Float($0) }
    }

    /// The norms of the amplitudes under every node of the tree, level by level; the last level has the amplitudes.
    private func norms(of features: [Float]) -> [[Double]] {
        precondition(features.count == featureCount, "one value per feature")
        let rest = [Double](repeating: padding, count: (1 << qubitCount) - featureCount)
        var levels = [features.map(Double.init) + rest]
        while let below = levels.first, below.count > 1 {
            levels.insert(
                (0..<below.count / 2).map { hypot(below[2 * $0], below[2 * $0 + 1]) }, at: 0)
        }
        return levels
    }

    /// `sum_j (-1)^(popcount(i & j)) values[j]` for every `i`.
    private static func walshHadamard(_ values: [Double]) -> [Double] {
        var result = values
        var half = 1
        while half < result.count {
            for start in stride(from: 0, to: result.count, by: 2 * half) {
                for index in start..<start + half {
                    let (first, second) = (result[index], result[index + half])
                    (result[index], result[index + half]) = (first + second, first - second)
                }
            }
            half *= 2
        }
        return result
    }

    private static func gray(_ index: Int) -> Int { index ^ index >> 1 }
}
