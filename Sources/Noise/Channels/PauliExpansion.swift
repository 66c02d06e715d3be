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

    /// The coefficients `u_i` of the operator `sum u_i P_i` that the channel applies, up to a phase; nil where it applies several.
    package var unitary: [Int: Complex<Double>]? {
        guard abs(purity - 1) < 1e-9, let pivot = terms.first(where: { $0.left == $0.right }) else {
            return nil
        }
        // chi_ij = u_i conj(u_j), and the pivot's coefficient may be taken as positive.
        let modulus = pivot.weight.squareRoot()
        var coefficients = [pivot.left: Complex(modulus)]
        for term in terms where term.left != term.right {
            let coefficient = Complex(length: term.weight / 2 / modulus, phase: term.phase)
            if term.right == pivot.left { coefficients[term.left] = coefficient }
            if term.left == pivot.left { coefficients[term.right] = coefficient.conjugate }
        }
        return coefficients
    }

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
