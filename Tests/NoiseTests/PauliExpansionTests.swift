import Circuits
import Noise
import Testing

/// Channels as sums of Pauli operators on both sides.
struct PauliExpansionTests {
    /// A depolarising channel leaves a qubit alone with probability 1 - 3p/4.
    @Test func mixturesHaveProbabilities() throws {
        let expansion = PauliExpansion(try Channel.depolarizing(probability: 0.2).transfer)
        #expect(expansion.isMixture && expansion.unitary == nil && !expansion.isIdentity)
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

    /// Rotations about Z, Y and Z give the unitary back, also at the poles.
    @Test(arguments: GateKind.allCases.filter { $0.qubitCount == 1 }, [0.3, .pi, -2.8])
    func turnsOfOneQubitAreRotations(gate: GateKind, angle: Double) throws {
        let transfer = Channel.overRotation(of: gate, angle: angle).transfer
        let error = try #require(CoherentError(transfer, PauliExpansion(transfer)))
        var product = TransferMatrix.identity(qubitCount: 1)
        for rotation in error.rotations {
            guard case .single(let axis, 0, let angle) = rotation else {
                Issue.record("\(rotation)")
                continue
            }
            product = .rotation(axis, angle: angle) * product
        }
        for (found, expected) in zip(product.entries, transfer.entries) {
            #expect(abs(found - expected) < 1e-7)
        }
    }

    /// The excess phase of a controlled gate is `exp(i angle (1 - Z)(1 - P) / 4)`.
    @Test(arguments: [GateKind.controlledZ, .controlledX], [0.2, -1.1])
    func excessPhasesOfControlledGatesAreRotations(gate: GateKind, angle: Double) throws {
        let transfer = Channel.overRotation(of: gate, angle: angle).transfer
        let error = try #require(CoherentError(transfer, PauliExpansion(transfer)))
        let target: Pauli = gate == .controlledZ ? .z : .x
        let angles = error.rotations.map { rotation in
            switch rotation {
            case .single(let axis, let position, let angle):
                #expect(axis == (position == 0 ? .z : target))
                return angle
            case .pair(let axis, let control, let angle):
                #expect(axis == target && control == 0)
                return angle
            }
        }
        for (found, sign) in zip(angles, [1.0, 1, -1]) { #expect(abs(found - sign * angle / 2) < 1e-9) }
    }

    /// Channels that lose something are no rotations.
    @Test func otherChannelsAreNoRotations() throws {
        for channel in [try Channel.bitFlip(probability: 0.1), try .amplitudeDamping(probability: 0.1)] {
            #expect(CoherentError(channel.transfer, PauliExpansion(channel.transfer)) == nil)
        }
    }
}
