import Circuits
import Numerics

/// A channel that is a few rotations: a unitary of one qubit, or of two what a gate of two axes can turn too far.
package struct CoherentError: Sendable {
    /// One rotation.
    package enum Rotation: Sendable, Equatable {
        /// `exp(-i angle P / 2)` on the qubit at a position.
        case single(Pauli, position: Int, angle: Double)
        /// `exp(-i angle Z P / 2)` with Z on the qubit at a position and P on the other.
        case pair(Pauli, control: Int, angle: Double)
    }

    /// The rotations, first to last.
    package let rotations: [Rotation]

    /// The rotations that a channel is a product of; nil where it is none.
    package init?(_ channel: TransferMatrix, _ expansion: PauliExpansion) {
        guard let coefficients = expansion.unitary else { return nil }
        if channel.qubitCount == 1 {
            rotations = Self.eulerRotations(channel)
        } else if let commuting = Self.commutingRotations(coefficients) {
            rotations = commuting
        } else {
            return nil
        }
    }

    /// Rotations about Z, Y and Z of one qubit.
    private static func eulerRotations(_ turn: TransferMatrix) -> [Rotation] {
        let cosine = max(-1, min(1, turn[3, 3]))
        let angles: [Double]
        if abs(cosine) < 1 - 1e-14 {
            angles = [
                Double.atan2(y: turn[3, 2], x: -turn[3, 1]), Double.acos(cosine),
                Double.atan2(y: turn[2, 3], x: turn[1, 3]),
            ]
        } else {
            // At the poles only the sum or the difference of the outer angles is defined.
            let sign: Double = cosine > 0 ? 1 : -1
            angles = [0, Double.acos(sign), Double.atan2(y: sign * turn[2, 1], x: sign * turn[1, 1])]
        }
        return zip([Pauli.z, .y, .z], angles).map { .single($0, position: 0, angle: $1) }
    }

    /// `exp(i (a A + b B + c A B))` for operators A and B on either qubit, one of them Z.
    private static func commutingRotations(_ coefficients: [Int: Operator.Entry]) -> [Rotation]? {
        var axes: [Pauli] = []
        for position in 0..<2 {
            let digits = Set(coefficients.keys.map { $0 >> (2 * position) & 3 }).subtracting([0])
            guard digits.count <= 1 else { return nil }
            axes.append(Pauli.allCases.first { digits.contains($0.digit) } ?? .z)
        }
        guard let control = axes.firstIndex(of: .z) else { return nil }
        let indices = [axes[0].digit, axes[1].digit << 2, axes[0].digit | axes[1].digit << 2]
        // Eigenvalues have modulus 1; their logarithms are those of the exponent.
        var exponents = [0.0, 0, 0]
        for signs in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
            let characters = [signs.0, signs.1, signs.0 * signs.1]
            let value = zip(indices, characters).reduce(coefficients[0] ?? .zero) {
                $0 + Complex($1.1) * (coefficients[$1.0] ?? .zero)
            }
            for (index, sign) in characters.enumerated() { exponents[index] += sign * value.phase / 4 }
        }
        return [
            .single(axes[0], position: 0, angle: -2 * exponents[0]),
            .single(axes[1], position: 1, angle: -2 * exponents[1]),
            .pair(axes[1 - control], control: control, angle: -2 * exponents[2]),
        ]
    }
}
