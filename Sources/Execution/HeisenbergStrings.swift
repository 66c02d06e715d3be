import Circuits

/// A Pauli string as masks: the qubits that it flips (X and Y), and those whose value gives a sign (Z and Y).
package struct PauliMasks: Hashable, Sendable {
    /// Bit `q` is set for X or Y on qubit `q`.
    package var flips: UInt64 = 0
    /// Bit `q` is set for Z or Y on qubit `q`.
    package var signs: UInt64 = 0

    /// The masks of a string.
    package init(_ string: PauliString) {
        for factor in string.factors { multiply(by: factor.pauli, on: factor.qubit) }
    }

    /// The same operators on other qubits: qubit `i` becomes `map[i]`.
    package func relabelled(_ map: [Int]) -> PauliMasks {
        var result = PauliMasks(PauliString([]))
        for (from, to) in map.enumerated() {
            result.flips |= (flips >> UInt64(from) & 1) << UInt64(to)
            result.signs |= (signs >> UInt64(from) & 1) << UInt64(to)
        }
        return result
    }

    /// Multiplies the string by an operator on one qubit, up to a phase.
    fileprivate mutating func multiply(by pauli: Pauli, on qubit: Int) {
        let bit = UInt64(1) << UInt64(qubit)
        if pauli != .z { flips ^= bit }
        if pauli != .x { signs ^= bit }
    }

    /// Whether the string commutes with an operator on one qubit.
    fileprivate func commutes(with pauli: Pauli, on qubit: Int) -> Bool {
        let (flip, sign) = (flips >> UInt64(qubit) & 1, signs >> UInt64(qubit) & 1)
        return switch pauli {
        case .x: sign == 0
        case .y: flip == sign
        case .z: flip == 0
        }
    }
}

extension Program {
    /// The Pauli strings of which `V^dagger P V` can be a sum, for the program `V` at any angles; nil for more than `limit`.
    ///
    /// A rotation about an axis that a string does not commute with adds their product; controlled Z maps strings to strings.
    package func heisenbergStrings(of observable: PauliString, limit: Int) -> Set<PauliMasks>? {
        var strings: Set = [PauliMasks(observable)]
        for operation in operations.reversed() {
            switch operation {
            case .rotate(let qubit, let factors):
                for factor in factors.reversed() {
                    for var string in strings where !string.commutes(with: factor.axis, on: qubit) {
                        string.multiply(by: factor.axis, on: qubit)
                        strings.insert(string)
                    }
                    if strings.count > limit { return nil }
                }
            case .controlledZ(let pairs):
                strings = Set(
                    strings.map { string in
                        var image = string
                        for pair in pairs {
                            image.signs ^= (string.flips >> UInt64(pair[0]) & 1) << UInt64(pair[1])
                            image.signs ^= (string.flips >> UInt64(pair[1]) & 1) << UInt64(pair[0])
                        }
                        return image
                    })
            }
        }
        return strings.count > limit ? nil : strings
    }
}
