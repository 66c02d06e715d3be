import LinearAlgebra
import Testing

/// The sizes of a product `[rows x inner] [inner x columns]`.
struct ProductShape: Sendable, CustomTestStringConvertible {
    let rows: Int
    let inner: Int
    let columns: Int

    var testDescription: String { "\(rows) x \(inner) x \(columns)" }

    /// Every combination of sizes: empty, single, odd, and beyond a block of the library's kernels.
    static let all: [ProductShape] = {
        let sizes = [0, 1, 3, 65]
        return sizes.flatMap { rows in
            sizes.flatMap { inner in
                sizes.map { ProductShape(rows: rows, inner: inner, columns: $0) }
            }
        }
    }()
}

@Suite struct ProductsTests {
    static let orientations: [(Matrix.Orientation, Matrix.Orientation)] = [
        (.plain, .plain), (.plain, .transposed), (.transposed, .plain), (.transposed, .transposed),
    ]

    @Test(arguments: ProductShape.all)
    func equalsItsDefinitionInEveryOrientation(_ shape: ProductShape) {
        let left = Self.factor(rows: shape.rows, columns: shape.inner, offset: 300)
        let right = Self.factor(rows: shape.inner, columns: shape.columns, offset: 1100)
        let expected = Self.definition(left, right)
        for (leftOrientation, rightOrientation) in Self.orientations {
            let product = Matrix.product(
                leftOrientation == .plain ? left : Self.transpose(left), leftOrientation,
                rightOrientation == .plain ? right : Self.transpose(right), rightOrientation)
            #expect(product.rows == shape.rows && product.columns == shape.columns)
            let gap = zip(product.elements, expected).map { abs(Double($0) - $1) }.max() ?? 0
            #expect(gap <= Self.roundingBound(terms: shape.inner))
        }
    }

    @Test func smallProductByHand() {
        // 1*5 + 2*7 = 19, 1*6 + 2*8 = 22, 3*5 + 4*7 = 43, 3*6 + 4*8 = 50.
        let left = Matrix(rows: [[1, 2], [3, 4]])
        let right = Matrix(rows: [[5, 6], [7, 8]])
        let product = Matrix.product(left, .plain, right)
        #expect(product == Matrix(rows: [[19, 22], [43, 50]]))
    }

    @Test func productOverNoTermsIsZero() {
        let product = Matrix.product(Matrix(rows: 2, columns: 0), .plain, Matrix(rows: 0, columns: 3))
        #expect(product == Matrix(rows: 2, columns: 3, repeating: 0))
    }

    /// Bounds the rounding error of a sum of `terms` products of factors within `-1...1`, in any order.
    private static func roundingBound(terms: Int) -> Double {
        Double(terms * terms) * Double(Float.ulpOfOne)
    }

    /// A matrix of numbers within `-1...1` without a pattern that a transposed index could keep.
    private static func factor(rows: Int, columns: Int, offset: Int) -> Matrix {
        let elements = (0..<rows * columns).map { Float(($0 * 7919 + offset) % 2003 - 1001) / 1001 }
        return Matrix(rows: rows, columns: columns, elements: elements)
    }

    private static func transpose(_ matrix: Matrix) -> Matrix {
        Matrix(
            rows: matrix.columns, columns: matrix.rows,
            elements: (0..<matrix.columns).flatMap(matrix.column))
    }

    private static func definition(_ left: Matrix, _ right: Matrix) -> [Double] {
        (0..<left.rows).flatMap { row in
            (0..<right.columns).map { column in
                (0..<left.columns).reduce(0) { $0 + Double(left[row, $1]) * Double(right[$1, column]) }
            }
        }
    }
}
