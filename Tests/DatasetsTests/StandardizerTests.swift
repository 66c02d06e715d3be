import Datasets
import LinearAlgebra
import Testing

@Suite struct StandardizerTests {
    // Column 0 over rows 0 and 1: mean 2, deviations -1 and 1, so scale 1. Column 1: mean 0.1, constant.
    @Test func usesTheGivenSamplesOnly() {
        let features = Matrix(rows: [[1, 0.1], [3, 0.1], [100, 5]])
        let standardizer = Standardizer(fitting: features, samples: [0, 1])
        #expect(standardizer == Standardizer(mean: [2, 0.1], scale: [1, 1]))
        #expect(standardizer.apply(to: features) == Matrix(rows: [[-1, 0], [1, 0], [98, 4.9]]))
    }

    @Test func aConstantFeatureOfAnySizeKeepsItsScale() {
        for value: Float in [0, 1e-30, 0.1, -3.3e20] {
            let features = Matrix(rows: 1000, columns: 1, repeating: value)
            #expect(Standardizer(fitting: features, samples: 0..<1000).scale == [1])
        }
    }

    @Test func aSourceIsStandardizedByItsTrainingSamples() {
        let source = DataSource(
            features: Matrix(rows: [[0], [4], [9]]), labels: Matrix(rows: [[0], [1], [1]]),
            splits: [.train, .train, .test])
        #expect(source.standardizer() == Standardizer(mean: [2], scale: [2]))
    }
}
