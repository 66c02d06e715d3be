import Circuits
import Numerics

extension TransferMatrix {
    /// The rotation `exp(-i angle P / 2)`.
    public static func rotation(_ axis: Pauli, angle: Double) -> TransferMatrix {
        let matrix =
            Complex(Double.cos(angle / 2)) * Operator.pauli(0, qubitCount: 1)
            + Complex(0, -Double.sin(angle / 2)) * Operator.pauli(axis.digit, qubitCount: 1)
        return TransferMatrix(krausOperators: [matrix], qubitCount: 1)
    }

    /// Z on one qubit where the other is 1.
    public static let controlledZ = TransferMatrix(
        krausOperators: [
            Operator(dimension: 4) { row, column in row != column ? .zero : row == 3 ? -.one : .one }
        ], qubitCount: 2)
}
