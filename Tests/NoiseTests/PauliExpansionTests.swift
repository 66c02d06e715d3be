import Circuits
import Noise
import Testing

/// Channels as sums of Pauli operators on both sides.
struct PauliExpansionTests {
    /// A depolarising channel leaves a qubit alone with probability 1 - 3p/4.
    @Test func mixturesHaveProbabilities() throws {
        let expansion = PauliExpansion(try Channel.depolarizing(probability: 0.2).transfer)
        #expect(expansion.isMixture && !expansion.isUnitary && !expansion.isIdentity)
        #expect(abs(expansion.norm - 1) < 1e-12)
        #expect(expansion.terms.map(\.left) == [0, 1, 2, 3])
        #expect(abs(expansion.terms[0].weight - 0.85) < 1e-12)
        #expect(PauliExpansion(try Channel.depolarizing(probability: 0).transfer).isIdentity)
    }

    /// `K0 = (1 + s)/2 I + (1 - s)/2 Z`, `K1 = sqrt(p)/2 (X + iY)`, so the moduli add up to `1 + p`.
    @Test(arguments: [0.01, 0.3, 1]) func dampingHasNormOnePlusItsProbability(p: Double) throws {
        let expansion = PauliExpansion(try Channel.amplitudeDamping(probability: p).transfer)
        #expect(!expansion.isMixture)
        #expect(abs(expansion.norm - (1 + p)) < 1e-12)
        let mixed = expansion.terms.filter { $0.left != $0.right }
        #expect(mixed.map { [$0.left, $0.right] } == [[0, 3], [1, 2]])
        // rho Z + Z rho with p/4 each, and -i X rho Y with its conjugate.
        #expect(mixed.allSatisfy { abs($0.weight - p / 2) < 1e-12 })
        #expect(abs(mixed[0].phase) < 1e-12 && abs(mixed[1].phase + .pi / 2) < 1e-12)
    }

    @Test func productsOfPauliOperators() {
        // XY = iZ, YX = -iZ, and qubit by qubit (X Y)(Y X) = (iZ)(-iZ).
        #expect(PauliExpansion.quarterTurns(1, 2) == 1)
        #expect(PauliExpansion.quarterTurns(2, 1) == 3)
        #expect(PauliExpansion.quarterTurns(1 | 2 << 2, 2 | 1 << 2) == 0)
        #expect(PauliExpansion.quarterTurns(3, 1 | 3 << 2) == 1)
    }

    /// Rotations about Z, Y and Z by the angles give the unitary back, also at the poles.
    @Test(arguments: GateKind.allCases.filter { $0.qubitCount == 1 }, [0.3, .pi, -2.8])
    func rotationsHaveEulerAngles(gate: GateKind, angle: Double) {
        let transfer = Channel.overRotation(of: gate, angle: angle).transfer
        #expect(PauliExpansion(transfer).isUnitary)
        let angles = transfer.eulerAngles
        let product =
            TransferMatrix.rotation(.z, angle: angles.third) * .rotation(.y, angle: angles.second)
            * .rotation(.z, angle: angles.first)
        for (found, expected) in zip(product.entries, transfer.entries) {
            #expect(abs(found - expected) < 1e-7)
        }
    }
}
