import Circuits
import Numerics

/// A matrix on one qubit; `oneZero` takes the amplitude of |0> to that of |1>.
struct QubitMatrix {
    var zeroZero: Complex<Double>
    var zeroOne: Complex<Double>
    var oneZero: Complex<Double>
    var oneOne: Complex<Double>

    static let hadamard = {
        let amplitude = Complex((0.5 as Double).squareRoot())
        return QubitMatrix(zeroZero: amplitude, zeroOne: amplitude, oneZero: amplitude, oneOne: -amplitude)
    }()

    /// `exp(-i angle P / 2) = cos(angle / 2) - i sin(angle / 2) P`.
    static func rotation(_ axis: Pauli, _ angle: Double) -> QubitMatrix {
        let cosine = Complex(Double.cos(angle / 2))
        let sine = Complex(0, -Double.sin(angle / 2))
        let pauli = QubitMatrix(axis)
        return QubitMatrix(
            zeroZero: cosine + sine * pauli.zeroZero, zeroOne: sine * pauli.zeroOne,
            oneZero: sine * pauli.oneZero, oneOne: cosine + sine * pauli.oneOne)
    }
}

extension QubitMatrix {
    /// The matrix of a Pauli operator.
    init(_ pauli: Pauli) {
        switch pauli {
        case .x: self.init(zeroZero: .zero, zeroOne: .one, oneZero: .one, oneOne: .zero)
        case .y: self.init(zeroZero: .zero, zeroOne: -.i, oneZero: .i, oneOne: .zero)
        case .z: self.init(zeroZero: .one, zeroOne: .zero, oneZero: .zero, oneOne: -.one)
        }
    }
}
