/// A run between two controlled Z of a pair, by the angles that a rotation about ZZ and the turns around it take.
///
/// Devices rotate about ZZ by more than 0 and at most a quarter turn. `exp(-i a Z Z / 2)` at `a` beyond that is, up to a
/// phase, Z on both qubits after the rotation by `pi - a` between X on one of them: half turns, which join the runs
/// around. So one circuit serves every sample, and only its angles tell on which side a sample lies.
struct FoldedRun {
    /// The angles of a folded run, in the order of `values`.
    enum Part: Int, CaseIterable {
        /// Of the turn about Z before.
        case lambda
        /// Of the rotation about ZZ.
        case angle
        /// Half a turn where the rotation is folded, else 0.
        case flip
        /// Of the turn about Z after.
        case phi
    }

    /// The least angle in radians that a rotation about ZZ is given: devices refuse 0.
    static let leastAngle = 1e-9

    private let run: LocalRun

    init(_ run: LocalRun) { self.run = run }

    /// The angles where the run's own have these values, in the order of `Part`.
    func values(features: [Double], parameters: [Double]) -> [Double] {
        Self.values(
            QubitUnitary(run.gates) { $0.value(parameters: parameters, features: features) })
    }

    /// The angles of a unitary, in the order of `Part`.
    static func values(_ unitary: QubitUnitary) -> [Double] {
        let (phi, theta, lambda) = unitary.eulerAngles
        let isFolded = theta > .pi / 2
        let angle = max(leastAngle, isFolded ? .pi - theta : theta)
        return [lambda, angle, isFolded ? .pi : 0, phi]
    }
}
