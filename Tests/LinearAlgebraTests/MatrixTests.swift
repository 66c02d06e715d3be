import LinearAlgebra
import Testing

@Suite struct MatrixTests {
    private let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]])

    @Test func rowsAreStoredOneAfterAnother() {
        #expect(matrix.elements == (1...12).map(Float.init))
        #expect(matrix == Matrix(rows: 4, columns: 3, elements: (1...12).map(Float.init)))
        #expect(matrix[2, 1] == 8)
        #expect(Array(matrix.row(1)) == [4, 5, 6])
        #expect(matrix.column(2) == [3, 6, 9, 12])
    }

    @Test func elementsCanBeReplaced() {
        var changed = matrix
        changed[3, 0] = -1
        #expect(Array(changed.row(3)) == [-1, 11, 12])
        #expect(matrix[3, 0] == 10)
    }

    @Test func gatheringFollowsTheGivenOrderAndRepeats() {
        let gathered = matrix.gathering(rows: [3, 0, 3])
        #expect(gathered == Matrix(rows: [[10, 11, 12], [1, 2, 3], [10, 11, 12]]))
        #expect(matrix.gathering(rows: []) == Matrix(rows: 0, columns: 3))
        #expect(matrix.gathering(columns: [2, 0]).slice(rows: 0..<2) == Matrix(rows: [[3, 1], [6, 4]]))
        #expect(matrix.gathering(columns: []) == Matrix(rows: 4, columns: 0))
    }

    @Test func sliceIsARangeOfRows() {
        #expect(matrix.slice(rows: 1..<3) == Matrix(rows: [[4, 5, 6], [7, 8, 9]]))
        #expect(matrix.slice(rows: 4..<4) == Matrix(rows: 0, columns: 3))
    }

    @Test func mapKeepsTheShape() {
        let tens = matrix.map { 10 * $0 }
        #expect(tens == Matrix(rows: [[10, 20, 30], [40, 50, 60], [70, 80, 90], [100, 110, 120]]))
    }

    @Test func emptyMatricesKeepTheirOtherSize() {
        #expect(Matrix(rows: 0, columns: 5).elements.isEmpty)
        #expect(Matrix(rows: 5, columns: 0).elements.isEmpty)
        #expect(Matrix(rows: 0, columns: 5) != Matrix(rows: 5, columns: 0))
        #expect(Matrix(rows: []) == Matrix(rows: 0, columns: 0))
    }

    @Test func vectorIsAddedToEveryRow() {
        var shifted = matrix
        shifted.addToRows([10, 20, 30])
        #expect(shifted == Matrix(rows: [[11, 22, 33], [14, 25, 36], [17, 28, 39], [20, 31, 42]]))
    }

    @Test func columnSumsRunOverRows() {
        #expect(matrix.columnSums() == [22, 26, 30])
        #expect(Matrix(rows: 0, columns: 2).columnSums() == [0, 0])
    }
}
