import LinearAlgebra
import Testing

@Suite struct SymmetricMatrixTests {
    /// Of small numbers, so that a few roundings of 1e-16 are all that can go wrong.
    static let tolerance = 1e-12
    static let matrix = SymmetricMatrix(order: 3, elements: [4, 1, 0, 1, 3, -1, 0, -1, 2])

    @Test func solutionsSolve() throws {
        let solution = try #require(Self.matrix.solving([1, 2, 3]))
        for (value, expected) in zip(Self.matrix.multiplied(by: solution), [1, 2, 3]) {
            #expect(abs(value - Double(expected)) < Self.tolerance)
        }
        #expect(SymmetricMatrix(order: 0).solving([]) == [])
    }

    @Test func anIndefiniteMatrixHasNoSolution() {
        #expect(SymmetricMatrix(order: 2, elements: [0, 1, 1, 0]).solving([1, 1]) == nil)
    }

    /// `A v = lambda v`, and the eigenvalues of [[2, 1], [1, 2]] are 1 and 3.
    @Test func eigenvectorsAreStretched() {
        let (values, vectors) = Self.matrix.eigensystem()
        for (value, vector) in zip(values, vectors) {
            for (image, element) in zip(Self.matrix.multiplied(by: vector), vector) {
                #expect(abs(image - value * element) < Self.tolerance)
            }
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < Self.tolerance)
        }
        let small = SymmetricMatrix(order: 2, elements: [2, 1, 1, 2]).eigensystem().values
        #expect(abs(small[0] - 1) < Self.tolerance && abs(small[1] - 3) < Self.tolerance)
    }

    @Test func partsAndMultiplesKeepTheirPlaces() {
        let part = Self.matrix.restricted(to: [2, 0])
        #expect(part.elements == [2, 0, 0, 4])
        #expect(Self.matrix.scaled(by: 2)[1, 2] == -2)
        #expect(Self.matrix.addingToDiagonal(0.5).diagonal == [4.5, 3.5, 2.5])
        #expect(SymmetricMatrix(order: 2, elements: [1, 2, 4, 1])[0, 1] == 3)
    }

    @Test func blocksAreAddedInTheirPlaces() {
        var matrix = SymmetricMatrix(order: 3)
        matrix.add(Matrix(rows: [[1, 2], [4, 5]]), at: [2, 0])
        matrix.add(Matrix(rows: [[7]]), at: [2])
        #expect(matrix.elements == [5, 0, 3, 0, 0, 0, 3, 0, 8])
    }
}
