import Foundation
import LinearAlgebra
import Testing
import Training

@Suite struct TrunkTests {
    /// A trunk with weight 1 and bias 0 shows its hyperbolic tangent.
    static func tanh(_ values: [Float]) -> [Float] {
        Trunk(inputCount: 1, width: 1)
            .representation(of: Matrix(rows: values.count, columns: 1, elements: values), parameters: [1, 0])
            .elements
    }

    @Test func tanhAgreesWithTheLibrary() {
        let values = (-120_000...120_000).map { Float($0) * 1e-4 }
        let worst = zip(values, Self.tanh(values)).map { abs(Foundation.tanh(Double($0)) - Double($1)) }.max()
        #expect(worst! < 2e-7)
    }

    @Test func tanhOfExtremes() {
        let values: [Float] = [0, .infinity, -.infinity, 1e30, -1e30, 1e-30, .leastNonzeroMagnitude]
        let results = Self.tanh(values)
        #expect(results[0] == 0 && results[5] == 0 && results[6] == 0)
        #expect(results[1...4] == [1, -1, 1, -1])
        #expect(Self.tanh([.nan])[0].isNaN)
    }

    @Test func tanhIsOdd() {
        let values = (0..<1000).map { Float($0) * 0.013 }
        #expect(Self.tanh(values.map(-)) == Self.tanh(values).map(-))
    }

    /// z = W f + w0 by hand: W = [[1, 2], [0, -1]], w0 = [0.5, 0], f = [0.1, 0.2].
    @Test func representationIsTanhOfALinearMap() {
        let trunk = Trunk(inputCount: 2, width: 2)
        let result = trunk.representation(
            of: Matrix(rows: [[0.1, 0.2]]), parameters: [1, 2, 0, -1, 0.5, 0])
        #expect(trunk.parameterCount == 6)
        #expect(abs(result[0, 0] - Float(Foundation.tanh(1.0))) < 2e-7)
        #expect(abs(result[0, 1] - Float(Foundation.tanh(-0.2))) < 2e-7)
    }
}
