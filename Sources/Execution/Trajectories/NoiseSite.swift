import Circuits
import Noise
import Randomness

/// A channel in an unravelled circuit: gates whose angles are drawn, so that the channel is their mean.
///
/// A channel is `sum_ij chi_ij P_i rho P_j` over products of Pauli operators. One term is drawn, with the modulus of its
/// coefficient for its probability. Where `i = j` that is a Pauli operator, a rotation by pi. Where not, the two sides
/// of rho differ: a further qubit, the *branch qubit*, starts in `(|0> + |1>) / sqrt 2`, its |0> carries the left side and its
/// |1> the right one, and X on it reads `Re <right|P|left>`. What only the left side has is controlled by that qubit, and the
/// coefficient's phase turns it. The sum of moduli, the site's `norm`, multiplies what is read.
struct NoiseSite {
    /// An operator that is applied to both sides or to the left one, and the feature that is its angle.
    private struct Slot {
        let axis: Pauli
        let position: Int
        let isOneSided: Bool
        let feature: Int

        /// The angle of each rotation that applies the operator.
        var angle: Float { isOneSided ? .pi / 2 : .pi }

        /// Whether a term applies the operator.
        func isNeeded(by term: PauliExpansion.Term) -> Bool {
            let index = isOneSided ? term.left ^ term.right : term.right
            let digit = index >> (2 * position) & 3
            return axis == .x ? digit == 1 || digit == 2 : digit >= 2
        }
    }

    /// What is drawn.
    private struct Outcome {
        /// The slots whose operator is applied, as features with angles.
        let angles: [(feature: Int, angle: Float)]
        /// What the branch qubit is turned by.
        let turn: Double
    }

    /// The sum of the moduli of the coefficients.
    let norm: Double
    private let slots: [Slot]
    private let outcomes: [Outcome]
    /// For each outcome, the least word that is beyond it.
    private let thresholds: [UInt64]

    /// A site of the channel with this expansion, whose angles are features from `firstFeature` on.
    init(_ expansion: PauliExpansion, qubitCount: Int, firstFeature: Int) {
        norm = expansion.norm
        var slots: [Slot] = []
        for position in 0..<qubitCount {
            for isOneSided in [false, true] {
                // Z before X on the left alone; the order of what both sides have changes no more than a common phase.
                for axis in [Pauli.z, .x] {
                    let slot = Slot(
                        axis: axis, position: position, isOneSided: isOneSided,
                        feature: firstFeature + slots.count)
                    if expansion.terms.contains(where: slot.isNeeded) { slots.append(slot) }
                }
            }
        }
        self.slots = slots
        outcomes = expansion.terms.map { term in
            Outcome(
                angles: slots.filter { $0.isNeeded(by: term) }.map { ($0.feature, $0.angle) },
                turn: Self.turn(term))
        }
        var sum = 0.0
        thresholds = expansion.terms.map {
            sum += $0.weight
            return UInt64(sum / expansion.norm * 0x1p32)
        }
    }

    /// The number of features.
    var featureCount: Int { slots.count }

    /// What the branch qubit is turned by about Z, so that |0> gains the phase that the term has and its gates lack.
    ///
    /// Both sides have `P_j`, the left one also `P_k` for `k = i xor j`, where `P_k P_j = i^n P_i`; and rotations by pi are
    /// `-i X` and `-i Z`, hence `i Y` for Y.
    private static func turn(_ term: PauliExpansion.Term) -> Double {
        let own = term.left ^ term.right
        if own == 0 { return 0 }
        var turns = -PauliExpansion.quarterTurns(own, term.right)
        for position in 0..<2 {
            switch own >> (2 * position) & 3 {
            case 0: break
            case 2: turns -= 1
            default: turns += 1
            }
        }
        return -(term.phase + Double(turns) * .pi / 2)
    }

    /// Appends the site's gates on `wires`; only a mixture of Pauli operators needs no `branch` qubit.
    func append(to gates: inout [Gate], wires: [Int], branch: Int?) {
        for slot in slots {
            let wire = wires[slot.position]
            let rotation = Gate.rotation(slot.axis, wire, .feature(slot.feature))
            gates.append(rotation)
            guard slot.isOneSided else { continue }
            let branch = branch!
            // Twice there on |0>, there and back on |1>.
            let control =
                slot.axis == .x
                ? Gate.controlledZ(branch, wire) : Gate.controlledX(control: branch, target: wire)
            gates += [control, rotation, control]
        }
    }

    /// Draws a term: writes its angles into a row of features and returns the turn of the branch qubit.
    func draw(_ generator: inout Philox, into features: UnsafeMutablePointer<Float>) -> Double {
        let word = UInt64(generator.nextWord())
        // Rounding may leave the last threshold below 2^32.
        let outcome = outcomes[thresholds.firstIndex { word < $0 } ?? outcomes.count - 1]
        for (feature, angle) in outcome.angles { features[feature] = angle }
        return outcome.turn
    }
}
