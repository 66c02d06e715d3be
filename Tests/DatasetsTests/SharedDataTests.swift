import Datasets
import SharedData
import Testing

/// The descriptions of the real sets against their READMEs.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.requirement)"))
struct SharedDataTests {
    @Test func glueHasASourceForEachTask() throws {
        let glue = try SharedData.load("glue")
        #expect(glue.tasks.map(\.name) == ["cola", "sst2", "mrpc", "rte", "stsb", "qnli"])
        #expect(glue.tasks.map(\.metric) == [.matthews, .accuracy, .f1, .accuracy, .pearson, .accuracy])
        // Numbers of training, validation and test samples, from the set's README.
        let counts = [
            [5000, 400, 1043], [3000, 400, 872], [3668, 408, 1725], [2240, 250, 277], [2500, 500, 1379],
            [2500, 400, 1000],
        ]
        for (index, source) in glue.sources.enumerated() {
            #expect(Split.allCases.map { source.samples(of: $0).count } == counts[index])
            for task in glue.tasks.indices {
                #expect(source.labels.column(task).allSatisfy { $0.isNaN == (task != index) })
            }
        }
        #expect(glue.featureCount == 256)
        // The raw scores of STS-B.
        #expect(glue.sources[4].labels.column(4).max() == 5 && glue.sources[4].labels.column(4).min() == 0)
    }

    @Test(arguments: ["sst2", "stsb", "qnli"]) func singleTasksLoad(_ name: String) throws {
        let set = try SharedData.load("glue", tasks: [name])
        #expect(set.tasks.map(\.name) == [name] && set.sources.count == 1)
    }

    @Test func chestKeepsPatientsTogetherInNewSplits() throws {
        let chest = try SharedData.load("chest")
        let source = chest.sources[0]
        #expect(source.features.rows == 1000 && chest.featureCount == 128 && chest.foldCount == 5)
        // Positive films in the training split, from the set's README.
        let positives = chest.tasks.indices.map { task in
            source.samples(of: .train).count { source.labels[$0, task] == 1 }
        }
        #expect(positives == [313, 95, 92, 55, 53])
        let resplit = try chest.resplit(seed: 1).sources[0]
        let groups = try #require(resplit.groups)
        for (_, films) in Dictionary(grouping: groups.indices, by: { groups[$0] }) {
            #expect(Set(films.map { resplit.splits[$0] }).count == 1)
        }
    }

    @Test func mustardJoinsItsViews() throws {
        let mustard = try SharedData.load("mustard")
        #expect(mustard.featureCount == 384 + 384 + 11 + 12 + 5)
        #expect(Split.allCases.map { mustard.sources[0].samples(of: $0).count } == [483, 69, 138])
        for fold in 0..<mustard.foldCount { #expect(try mustard.withFold(fold).sources.count == 1) }
    }

    @Test func mustardPlusPlusHasFourTasks() throws {
        let mustard = try SharedData.load("mustard-plus-plus")
        #expect(mustard.tasks.map(\.kind) == [.binary, .classes(3), .classes(10), .classes(10)])
        let labels = mustard.sources[0].labels
        #expect((0..<3).map { label in labels.column(1).count { $0 == Float(label) } } == [847, 172, 183])
        #expect(labels.column(2).count { $0 == 7 } == 226 && !labels.column(3).contains(7))
    }
}
