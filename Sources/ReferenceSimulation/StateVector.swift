import Circuits
import Numerics

/// The amplitudes of a pure state, one complex number per basis state; qubit 0 is the least significant bit.
public struct StateVector: Sendable {
    /// One amplitude.
    public typealias Amplitude = Complex<Double>

    /// The number of qubits.
    public let qubitCount: Int
    /// The amplitudes, `[2^qubits]`.
    public private(set) var amplitudes: [Amplitude]

    /// All qubits in |0>.
    public init(qubitCount: Int) {
        self.qubitCount = qubitCount
        amplitudes = Array(repeating: .zero, count: 1 << qubitCount)
        amplitudes[0] = .one
    }

    /// The zero vector, which sums start from.
    static func zero(qubitCount: Int) -> StateVector {
        var vector = StateVector(qubitCount: qubitCount)
        vector.amplitudes[0] = .zero
        return vector
    }

    /// Applies a gate; `angle` is the value of a rotation's angle in radians and not read for other gates.
    public mutating func apply(_ gate: Gate, angle: Double = 0) {
        switch gate {
        case .hadamard(let qubit): apply(.hadamard, to: qubit)
        case .pauli(let pauli, let qubit): apply(QubitMatrix(pauli), to: qubit)
        case .rotation(let axis, let qubit, _): apply(.rotation(axis, angle), to: qubit)
        case .controlledZ(let first, let second):
            for index in amplitudes.indices where index >> first & index >> second & 1 == 1 {
                amplitudes[index] = -amplitudes[index]
            }
        case .controlledX(let control, let target):
            for index in amplitudes.indices where index >> control & 1 == 1 && index >> target & 1 == 0 {
                amplitudes.swapAt(index, index | 1 << target)
            }
        }
    }

    /// Applies the inverse of `apply(gate, angle: angle)`.
    public mutating func applyInverse(of gate: Gate, angle: Double = 0) {
        apply(gate, angle: -angle)  // without an angle, every gate is its own inverse
    }

    /// The state after every factor of a product of Pauli operators.
    public func applying(_ string: PauliString) -> StateVector {
        var image = self
        for factor in string.factors { image.apply(.pauli(factor.pauli, factor.qubit)) }
        return image
    }

    /// The expectation value of `observable`, in `-1...1`.
    public func expectation(of observable: PauliString) -> Double {
        inner(applying(observable)).real
    }

    /// The inner product `<self|other>`.
    public func inner(_ other: StateVector) -> Amplitude {
        zip(amplitudes, other.amplitudes).reduce(.zero) { $0 + $1.0.conjugate * $1.1 }
    }

    /// Adds `factor * other`; the sum need not be a normalised state.
    mutating func add(_ factor: Double, _ other: StateVector) {
        for index in amplitudes.indices { amplitudes[index] += Complex(factor) * other.amplitudes[index] }
    }

    private mutating func apply(_ matrix: QubitMatrix, to qubit: Int) {
        let bit = 1 << qubit
        for index in amplitudes.indices where index & bit == 0 {
            let (zero, one) = (amplitudes[index], amplitudes[index | bit])
            amplitudes[index] = matrix.zeroZero * zero + matrix.zeroOne * one
            amplitudes[index | bit] = matrix.oneZero * zero + matrix.oneOne * one
        }
    }
}
