import Circuits
import Numerics

extension Channel {
    /// `rho -> (1 - p) rho + p I / 2^k` on one or two qubits.
    /// - Throws: `NoiseError.outOfRange` where `p` is not in `0...1`.
    public static func depolarizing(probability: Double, qubitCount: Int = 1) throws(NoiseError) -> Channel {
        try check(probability, "probability")
        return depolarizing(parameter: probability, qubitCount: qubitCount)
    }

    /// The same for `p` up to `4^k / (4^k - 1)`, where the identity's share is gone.
    static func depolarizing(parameter: Double, qubitCount: Int) -> Channel {
        let count = 1 << (2 * qubitCount)
        let share = parameter / Double(count)
        return pauli(
            shares: (0..<count).map { $0 == 0 ? max(0, 1 - share * Double(count - 1)) : share },
            qubitCount: qubitCount)
    }

    /// X with probability `p`.
    /// - Throws: `NoiseError.outOfRange`.
    public static func bitFlip(probability: Double) throws(NoiseError) -> Channel {
        try pauli(probabilities: ["X": probability])
    }

    /// Z with probability `p`.
    /// - Throws: `NoiseError.outOfRange`.
    public static func phaseFlip(probability: Double) throws(NoiseError) -> Channel {
        try pauli(probabilities: ["Z": probability])
    }

    /// Products of Pauli operators with probabilities, the identity with the rest.
    ///
    /// The keys are words of I, X, Y, Z, all of one or all of two letters; the first letter is the first qubit's.
    /// - Throws: `NoiseError.outOfRange` also where the probabilities add up to more than 1, `.invalidPauli`.
    public static func pauli(probabilities: [String: Double]) throws(NoiseError) -> Channel {
        let qubitCount = probabilities.keys.first?.count ?? 1
        var shares = [Double](repeating: 0, count: 1 << (2 * qubitCount))
        for (word, probability) in probabilities.sorted(by: { $0.key < $1.key }) {
            let digits = word.compactMap { Array("IXYZ").firstIndex(of: $0) }
            guard digits.count == qubitCount, word.count == qubitCount, (1...2).contains(qubitCount) else {
                throw .invalidPauli(word)
            }
            try check(probability, word)
            shares[digits.enumerated().reduce(0) { $0 | $1.element << (2 * $1.offset) }] += probability
        }
        let sum = shares[1...].reduce(0, +)
        try check(sum, "the sum of probabilities")
        shares[0] = 1 - sum
        return pauli(shares: shares, qubitCount: qubitCount)
    }

    private static func pauli(shares: [Double], qubitCount: Int) -> Channel {
        Channel(
            known: shares.indices.filter { $0 == 0 || shares[$0] > 0 }.map {
                Complex(shares[$0].squareRoot()) * Operator.pauli($0, qubitCount: qubitCount)
            })
    }

    /// |1> falls to |0> with probability `p`.
    /// - Throws: `NoiseError.outOfRange`.
    public static func amplitudeDamping(probability: Double) throws(NoiseError) -> Channel {
        try check(probability, "probability")
        return relaxation(decay: probability, coherence: (1 - probability).squareRoot())
    }

    /// The environment learns with probability `p` whether the qubit is |1>: coherences shrink by `sqrt(1 - p)`.
    /// - Throws: `NoiseError.outOfRange`.
    public static func phaseDamping(probability: Double) throws(NoiseError) -> Channel {
        try check(probability, "probability")
        return relaxation(decay: 0, coherence: (1 - probability).squareRoot())
    }

    /// What a qubit with relaxation time `t1` and coherence time `t2` loses in `time`, all in one unit.
    ///
    /// Populations approach |0> as `exp(-time / t1)`, coherences shrink by `exp(-time / t2)`; Aer's definition at zero
    /// temperature. Times may be infinite.
    /// - Throws: `NoiseError.outOfRange` where a time is not positive, `.impossibleTimes` where `t2 > 2 t1`.
    public static func thermalRelaxation(t1: Double, t2: Double, time: Double) throws(NoiseError) -> Channel {
        guard t1 > 0 else { throw .outOfRange(name: "t1", value: t1, range: "a positive time") }
        guard t2 > 0 else { throw .outOfRange(name: "t2", value: t2, range: "a positive time") }
        guard time >= 0 else { throw .outOfRange(name: "time", value: time, range: "0 or a positive time") }
        guard t2 <= 2 * t1 else { throw .impossibleTimes(t1: t1, t2: t2) }
        return relaxation(decay: 1 - Double.exp(-time / t1), coherence: Double.exp(-time / t2))
    }

    /// |1> loses `decay` to |0>; coherences are multiplied by `coherence`, at most `sqrt(1 - decay)`.
    private static func relaxation(decay: Double, coherence: Double) -> Channel {
        let kept = max(0, 1 - decay - coherence * coherence).squareRoot()
        let operators = [
            [1, 0, 0, coherence], [0, decay.squareRoot(), 0, 0], [0, 0, 0, kept],
        ].map { Operator(dimension: 2, entries: $0.map { Complex($0) }) }
        return Channel(
            known: operators.enumerated().filter { $0.offset == 0 || $0.element.entries != zero }.map(
                \.element))
    }

    private static let zero = [Operator.Entry](repeating: .zero, count: 4)

    /// A coherent error: a gate of this kind turns too far by `angle`, in radians.
    ///
    /// Rotations and Pauli gates turn about their own axis, `exp(-i angle P / 2)`, the Hadamard gate about its; controlled
    /// gates give their phase of -1 a further `exp(i angle)`.
    public static func overRotation(of gate: GateKind, angle: Double) -> Channel {
        func turn(_ axis: Operator) -> Channel {
            Channel(known: [
                Complex(Double.cos(angle / 2)) * Operator.pauli(0, qubitCount: 1)
                    + Complex(0, -Double.sin(angle / 2)) * axis
            ])
        }
        func phase(target: Operator) -> Channel {
            // |1><1| on the control, (1 - P) / 2 on the target.
            let excess = Complex(Double.cos(angle) - 1, Double.sin(angle))
            return Channel(known: [
                Operator(dimension: 4) { row, column in
                    let identity: Operator.Entry = row == column ? .one : .zero
                    guard row & 1 == 1, column & 1 == 1 else { return identity }
                    let half = (row == column ? .one : .zero) - target[row >> 1, column >> 1]
                    return identity + excess * Complex(0.5) * half
                }
            ])
        }
        func pauli(_ axis: Pauli) -> Operator { .pauli(axis.digit, qubitCount: 1) }
        switch gate {
        case .hadamard: return turn(Complex((0.5 as Double).squareRoot()) * (pauli(.x) + pauli(.z)))
        case .pauliX, .rotationX: return turn(pauli(.x))
        case .pauliY, .rotationY: return turn(pauli(.y))
        case .pauliZ, .rotationZ: return turn(pauli(.z))
        case .controlledZ: return phase(target: pauli(.z))
        case .controlledX: return phase(target: pauli(.x))
        }
    }

    private static func check(_ value: Double, _ name: String) throws(NoiseError) {
        guard (0...1).contains(value) else {
            throw .outOfRange(name: name, value: value, range: "a probability from 0 to 1")
        }
    }
}

extension Pauli {
    /// The operator's digit in an index of the Pauli basis; 0 is the identity.
    package var digit: Int {
        switch self {
        case .x: 1
        case .y: 2
        case .z: 3
        }
    }
}
