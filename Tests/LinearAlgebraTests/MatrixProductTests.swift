import LinearAlgebra
import Testing

/// Products large enough to be cut into panels, with panels that stick out on both sides.
@Suite struct MatrixProductTests {
    private static let (m, n, k) = (33, 257, 130)
    private static let left: [Double] = numbers(count: m * k, offset: 300)
    private static let right: [Double] = numbers(count: k * n, offset: 1100)

    @Test(arguments: [1, 2, 3])
    func panelsGiveTheSameOnAnyNumberOfThreads(_ threads: Int) {
        let alone = Self.multiply(Float.self, threads: 1)
        #expect(Self.multiply(Float.self, threads: threads) == alone)
    }

    @Test func panelsEqualTheDefinition() {
        let definition = (0..<Self.m * Self.n).map { index in
            (0..<Self.k).reduce(0) { sum, term in
                sum + Self.left[index / Self.n * Self.k + term] * Self.right[term * Self.n + index % Self.n]
            }
        }
        // The rounding of `k` products of factors within -1...1, and of the factors themselves, in any order.
        let bound = Double(Self.k * (Self.k + 2))
        let single = zip(Self.multiply(Float.self, threads: 2), definition).map { abs(Double($0) - $1) }
        #expect(single.allSatisfy { $0 <= bound * Double(Float.ulpOfOne) })
        let double = zip(Self.multiply(Double.self, threads: 2), definition).map { abs($0 - $1) }
        #expect(double.allSatisfy { $0 <= bound * Double.ulpOfOne })
    }

    @Test func betaScalesWhatIsThere() {
        let product = Self.multiply(Double.self, threads: 2)
        let added = Self.multiply(Double.self, threads: 2, beta: 2, start: 10)
        #expect(zip(product, added).allSatisfy { abs($0 + 20 - $1) < 1e-12 })
    }

    private static func multiply<Scalar: MatrixScalar>(
        _: Scalar.Type, threads: Int, beta: Scalar = 0, start: Scalar = 0
    ) -> [Scalar] {
        let left = left.map { Scalar($0) }
        let right = right.map { Scalar($0) }
        var output = [Scalar](repeating: start, count: m * n)
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                output.withUnsafeMutableBufferPointer { output in
                    Scalar.multiply(
                        m, n, k, MatrixFactor(left.baseAddress!, stride: k),
                        MatrixFactor(right.baseAddress!, stride: n), beta: beta, output: output.baseAddress!,
                        stride: n, team: ThreadTeam(size: threads))
                }
            }
        }
        return output
    }

    private static func numbers(count: Int, offset: Int) -> [Double] {
        (0..<count).map { Double(($0 * 7919 + offset) % 2003 - 1001) / 1001 }
    }
}
