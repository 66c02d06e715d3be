import Circuits
import Noise
import Numerics

/// The density matrix of a state, or any other operator on its qubits; qubit 0 is the least significant bit of an index.
struct DensityMatrix {
    typealias Entry = Complex<Double>

    let qubitCount: Int
    /// Row by row, `[2^qubits x 2^qubits]`.
    private(set) var entries: [Entry]

    private var dimension: Int { 1 << qubitCount }

    /// All qubits in |0>.
    init(qubitCount: Int) {
        self.qubitCount = qubitCount
        entries = Array(repeating: .zero, count: 1 << (2 * qubitCount))
        entries[0] = .one
    }

    /// The zero operator.
    static func zero(qubitCount: Int) -> DensityMatrix {
        var matrix = DensityMatrix(qubitCount: qubitCount)
        matrix.entries[0] = .zero
        return matrix
    }

    /// `factor` times a product of Pauli operators, added.
    mutating func add(_ factor: Double, _ string: PauliString) {
        for column in 0..<dimension {
            var (row, value) = (column, Entry(factor))
            for pauli in string.factors {
                let bit = column >> pauli.qubit & 1
                switch pauli.pauli {
                case .x: row ^= 1 << pauli.qubit
                case .y:
                    row ^= 1 << pauli.qubit
                    value *= bit == 0 ? .i : -.i
                case .z: if bit == 1 { value = -value }
                }
            }
            entries[row * dimension + column] += value
        }
    }

    /// `factor * other`, added.
    mutating func add(_ factor: Double, _ other: DensityMatrix) {
        for index in entries.indices { entries[index] += Entry(factor) * other.entries[index] }
    }

    /// `Tr(self * other)`.
    func trace(_ other: DensityMatrix) -> Entry {
        var sum = Entry.zero
        for row in 0..<dimension {
            for column in 0..<dimension {
                sum += entries[row * dimension + column] * other.entries[column * dimension + row]
            }
        }
        return sum
    }

    /// `sum K self K^dagger` for operators on some qubits.
    func applying(_ operators: [Operator], on qubits: [Int]) -> DensityMatrix {
        var sum = DensityMatrix.zero(qubitCount: qubitCount)
        for matrix in operators {
            var term = self
            term.multiplyLeft(matrix, qubits)
            term.multiplyRight(adjointOf: matrix, qubits)
            sum.add(1, term)
        }
        return sum
    }

    /// `sum K^dagger self K`: what an observable was before the operators acted on the state.
    func applyingAdjoint(_ operators: [Operator], on qubits: [Int]) -> DensityMatrix {
        applying(operators.map(\.conjugateTransposed), on: qubits)
    }

    /// `matrix * self`.
    mutating func multiplyLeft(_ matrix: Operator, _ qubits: [Int]) {
        for column in 0..<dimension {
            transform(matrix, qubits, stride: dimension, offset: column, conjugates: false)
        }
    }

    /// `self * matrix^dagger`.
    mutating func multiplyRight(adjointOf matrix: Operator, _ qubits: [Int]) {
        for row in 0..<dimension {
            transform(matrix, qubits, stride: 1, offset: row * dimension, conjugates: true)
        }
    }

    /// Multiplies a row or column of the operator, as a vector over basis states, by a matrix on some qubits.
    private mutating func transform(
        _ matrix: Operator, _ qubits: [Int], stride: Int, offset: Int, conjugates: Bool
    ) {
        let mask = qubits.reduce(0) { $0 | 1 << $1 }
        let places = (0..<matrix.dimension).map { index in
            qubits.enumerated().reduce(0) { $0 | (index >> $1.offset & 1) << $1.element }
        }
        for rest in 0..<dimension where rest & mask == 0 {
            let values = places.map { entries[offset + (rest | $0) * stride] }
            for row in 0..<matrix.dimension {
                entries[offset + (rest | places[row]) * stride] = values.indices.reduce(.zero) {
                    let factor = matrix[row, $1]
                    return $0 + (conjugates ? factor.conjugate : factor) * values[$1]
                }
            }
        }
    }
}

extension Operator {
    /// The conjugate transpose.
    fileprivate var conjugateTransposed: Operator {
        Operator(
            dimension: dimension,
            entries: (0..<dimension * dimension).map {
                self[$0 % dimension, $0 / dimension].conjugate
            })
    }

    /// The matrix of a gate on its own qubits; `angle` is the value of a rotation's angle.
    init(_ gate: Gate, angle: Double) {
        let qubits = gate.qubits
        let own = gate.relabelled { qubits.firstIndex(of: $0)! }
        let size = 1 << qubits.count
        let columns = (0..<size).map { column in
            var state = StateVector(qubitCount: qubits.count)
            for qubit in qubits.indices where column >> qubit & 1 == 1 { state.apply(.pauli(.x, qubit)) }
            state.apply(own, angle: angle)
            return state.amplitudes
        }
        self.init(dimension: size, entries: (0..<size * size).map { columns[$0 % size][$0 / size] })
    }
}
