import Numerics

/// A channel as a sum of Pauli operators on both sides, `C(rho) = sum_ij chi_ij P_i rho P_j`: its process matrix.
///
/// An index of a product of Pauli operators has one base-4 digit (I, X, Y, Z) a qubit, the first qubit's lowest.
package struct PauliExpansion: Sendable {
    /// One term.
    ///
    /// For `left != right` it stands for the pair `P_i rho P_j` and `P_j rho P_i` with conjugate coefficients.
    package struct Term: Sendable {
        /// The operator on the left.
        package let left: Int
        /// The operator on the right.
        package let right: Int
        /// The modulus of the coefficient, of both coefficients together for a pair; positive.
        package let weight: Double
        /// The argument of the coefficient, in radians.
        package let phase: Double
    }

    /// The terms, the heaviest first.
    package let terms: [Term]
    /// The sum of squared moduli of all coefficients: 1 for a unitary, else less.
    private let purity: Double

    /// The expansion of the channel with this matrix.
    ///
    /// The maps `P_i rho P_j` are orthogonal, so each coefficient is an overlap.
    package init(_ channel: TransferMatrix) {
        let count = channel.dimension
        var terms: [Term] = []
        var purity = 0.0
        for left in 0..<count {
            for right in left..<count {
                var sum = Complex<Double>.zero
                for column in 0..<count {
                    let between = left ^ column
                    let turns = Self.quarterTurns(left, column) + Self.quarterTurns(between, right)
                    sum += Self.power(-turns) * Complex(channel[between ^ right, column])
                }
                let modulus = sum.length / Double(count)
                guard modulus > 1e-12 else { continue }
                let multiplicity: Double = left == right ? 1 : 2
                purity += multiplicity * modulus * modulus
                terms.append(
                    Term(left: left, right: right, weight: multiplicity * modulus, phase: sum.phase))
            }
        }
        self.terms = terms.sorted { ($1.weight, $0.left, $0.right) < ($0.weight, $1.left, $1.right) }
        self.purity = purity
    }

    /// The sum of the weights: 1 for a mixture of Pauli operators, more for every other channel.
    package var norm: Double { terms.reduce(0) { $0 + $1.weight } }

    /// Whether the channel applies Pauli operators with probabilities.
    package var isMixture: Bool { terms.allSatisfy { $0.left == $0.right } }

    /// Whether the channel does nothing.
    package var isIdentity: Bool { isMixture && terms.count == 1 && terms[0].left == 0 }

    /// Whether the channel is a unitary.
    package var isUnitary: Bool { abs(purity - 1) < 1e-9 }

    /// The power of i in `P_first P_second = i^n P_(first xor second)`.
    package static func quarterTurns(_ first: Int, _ second: Int) -> Int {
        var (first, second, turns) = (first, second, 0)
        while first > 0, second > 0 {
            let (one, two) = (first & 3, second & 3)
            if one != 0, two != 0, one != two { turns += (two - one + 3) % 3 == 1 ? 1 : 3 }
            (first, second) = (first >> 2, second >> 2)
        }
        return turns & 3
    }

    private static func power(_ turns: Int) -> Complex<Double> {
        [.one, .i, -.one, -.i][turns & 3]
    }
}

extension TransferMatrix {
    /// The angles of the rotations about Z, Y and Z, first to last, that a one-qubit unitary is a product of.
    package var eulerAngles: (first: Double, second: Double, third: Double) {
        precondition(qubitCount == 1, "rotations of one qubit")
        let cosine = max(-1, min(1, self[3, 3]))
        // Near the poles only the sum or the difference of the outer angles is defined.
        guard abs(cosine) < 1 - 1e-14 else {
            let sign: Double = cosine > 0 ? 1 : -1
            return (0, Double.acos(sign), Double.atan2(y: sign * self[2, 1], x: sign * self[1, 1]))
        }
        return (
            Double.atan2(y: self[3, 2], x: -self[3, 1]), Double.acos(cosine),
            Double.atan2(y: self[2, 3], x: self[1, 3])
        )
    }
}
