import Circuits
import Noise
import Testing

/// Two-qubit channels as sums of products of maps on each qubit.
struct TransferProductsTests {
    @Test func productsAddUpToTheChannel() throws {
        let depolarizing = try Channel.depolarizing(probability: 0.1, qubitCount: 2).transfer
        let pauli = try Channel.pauli(probabilities: ["XY": 0.1, "ZI": 0.2]).transfer
        let damping = try Channel.amplitudeDamping(probability: 0.3).transfer
        let turned = Channel.overRotation(of: .controlledX, angle: 0.3).transfer
        // Controlled Z is a sum over the two values of a qubit, so on states one over two times two of them; depolarising
        // adds the map to the identity.
        let cases: [(matrix: TransferMatrix, count: Int?)] = [
            (.identity(qubitCount: 2), 1), (.controlledZ, 4), (depolarizing, 2),
            (depolarizing * .controlledZ, 5),
            (damping.onPair(position: 1) * .controlledZ * damping.onPair(position: 0), 4),
            (pauli * turned, nil),
        ]
        for (matrix, count) in cases {
            let products = matrix.products
            #expect(products.count == count ?? products.count)
            for row in 0..<16 {
                for column in 0..<16 {
                    let sum = products.reduce(0) {
                        $0 + $1.first[4 * (row & 3) + (column & 3)]
                            * $1.second[4 * (row >> 2) + (column >> 2)]
                    }
                    #expect(abs(sum - matrix[row, column]) < 1e-12)
                }
            }
        }
    }
}
