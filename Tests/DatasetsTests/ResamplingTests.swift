import Datasets
import LinearAlgebra
import Testing

/// `count` samples of a three-class task (every fifth one of class 2) and of a task that only some are labelled for.
private func dataset(_ count: Int, folds: [Int]? = nil, groups: [Int]? = nil) -> Dataset {
    let labels = (0..<count).map { sample -> [Float] in
        let kind = sample % 5 == 4 ? 2 : sample % 2
        let some = sample % 4 == 0 ? Float.nan : Float(sample % 3 % 2)
        return [Float(kind), some]
    }
    return Dataset(
        name: "made", tasks: [.init(name: "kind", kind: .classes(3)), .init(name: "some", kind: .binary)],
        sources: [
            DataSource(
                features: Matrix(rows: count, columns: 2), labels: Matrix(rows: labels),
                splits: [Split](repeating: .train, count: count), folds: folds, groups: groups)
        ])
}

@Suite struct ResamplingTests {
    @Test func aNewSplitIsStratifiedAndSeeded() throws {
        let set = dataset(200)
        let fractions = try SplitFractions([0.6, 0.2, 0.2])
        let first = try set.resplit(seed: 1, fractions: fractions).sources[0]
        #expect(Split.allCases.map { first.samples(of: $0).count } == [120, 40, 40])
        let rare = first.samples(of: .test).count { first.labels[$0, 0] == 2 }
        #expect((7...9).contains(rare))  // 40 samples of the class, a fifth of them
        #expect(try set.resplit(seed: 1, fractions: fractions).sources[0].splits == first.splits)
        #expect(try set.resplit(seed: 2, fractions: fractions).sources[0].splits != first.splits)
    }

    @Test func groupsStayTogether() throws {
        let groups = (0..<300).map { $0 * $0 / 2000 }  // groups of many sizes
        let source = try dataset(300, groups: groups).resplit(seed: 5).sources[0]
        for (_, samples) in Dictionary(grouping: 0..<300, by: { groups[$0] }) {
            #expect(Set(samples.map { source.splits[$0] }).count == 1)
        }
        #expect((180...240).contains(source.samples(of: .train).count))
    }

    @Test func foldsRotateThroughTheSplits() throws {
        let folds = (0..<60).map { $0 / 12 }
        let set = dataset(60, folds: folds)
        #expect(set.foldCount == 5)
        let splits = try set.withFold(4).sources[0].splits
        #expect(splits == folds.map { $0 == 4 ? .test : $0 == 0 ? .validation : .train })
        #expect(throws: DatasetError.unavailableFold(dataset: "made", fold: 5, count: 5)) {
            try set.withFold(5)
        }
        #expect(throws: DatasetError.unavailableFold(dataset: "made", fold: 0, count: 0)) {
            try dataset(60).withFold(0)
        }
    }

    @Test func fractionsMustShareOneWhole() {
        for shares in [[0.5, 0.5], [0.5, 0.5, 0], [0.5, 0.3, 0.3], [1.2, -0.1, -0.1]] {
            #expect(throws: DatasetError.invalidFractions(shares)) { try SplitFractions(shares) }
        }
    }

    @Test func aSetTooSmallToSplitIsRefused() {
        #expect(
            throws: DatasetError.emptySplit(dataset: "made", split: .validation, tasks: ["kind", "some"])
        ) {
            try dataset(2).resplit(seed: 0)
        }
    }

    @Test func aTaskWithOneTrainingLabelIsRefused() {
        let source = DataSource(
            features: Matrix(rows: 6, columns: 1), labels: Matrix(rows: [[1], [1], [0], [1], [0], [1]]),
            splits: [.train, .train, .test, .test, .validation, .validation])
        let set = Dataset(name: "made", tasks: [.init(name: "one", kind: .binary)], sources: [source])
        #expect(throws: DatasetError.tooFewLabels(task: "one", labels: [1])) { try set.validate() }
    }
}
