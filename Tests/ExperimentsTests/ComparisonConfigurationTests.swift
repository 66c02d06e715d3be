import Circuits
import Experiments
import Foundation
import Testing
import Training

struct ComparisonConfigurationTests {
    private let folder = URL(filePath: "/unused")

    @Test func everySeedRunsEveryHeadInTurn() throws {
        var configuration = ComparisonConfiguration()
        configuration.heads = [HeadChoice(.linear), HeadChoice(.quantum, preset: .deep)]
        configuration.seeds = 2
        configuration.run.seed = 7
        let grid = try configuration.grid(in: folder, foldCount: 0, tasks: [], text: "")
        #expect(
            grid.runs.map(\.cell.path) == [
                "linear/seed-7", "quantum-deep/seed-7", "linear/seed-8", "quantum-deep/seed-8",
            ])
        let runs = grid.runs.map(\.configuration)
        #expect(runs.map(\.seed) == [7, 7, 8, 8])
        #expect(runs.map(\.head.kind) == [.linear, .quantum, .linear, .quantum])
        #expect(runs[1].head.preset == "deep")
        #expect(runs[0].optimizer == runs[1].optimizer && runs[0].trunk == runs[1].trunk)
    }

    @Test func aSetWithFoldsIsRunOnEach() throws {
        var configuration = ComparisonConfiguration()
        configuration.heads = [HeadChoice(.linear)]
        configuration.seeds = 1
        let runs = try configuration.grid(in: folder, foldCount: 3, tasks: [], text: "").runs
        #expect(runs.map(\.cell.fold) == [0, 1, 2])
        #expect(runs[2].cell.path == "linear/seed-1/fold-2")
        #expect(runs[2].configuration.dataset.fold == 2)
        configuration.run.dataset.fold = 1
        #expect(
            try configuration.grid(in: folder, foldCount: 3, tasks: [], text: "").runs.map(\.cell.fold) == [1]
        )
    }

    @Test func tasksAreLearntAloneAfterAllElse() throws {
        var configuration = ComparisonConfiguration()
        configuration.heads = [HeadChoice(.linear), HeadChoice(.sliced)]
        configuration.singleTask = [HeadChoice(.quantum), HeadChoice(.sliced)]
        configuration.seeds = 1
        let runs = try configuration.grid(in: folder, foldCount: 2, tasks: ["a", "b/c"], text: "").runs
        #expect(
            runs.map(\.cell.path) == [
                "linear/seed-1/fold-0", "sliced/seed-1/fold-0", "linear/seed-1/fold-1",
                "sliced/seed-1/fold-1",
                "sliced/task-a/seed-1/fold-0", "sliced/task-b%2Fc/seed-1/fold-0",
                "sliced/task-a/seed-1/fold-1", "sliced/task-b%2Fc/seed-1/fold-1",
            ])
        #expect(
            runs.map(\.configuration.dataset.tasks) == [nil, nil, nil, nil, ["a"], ["b/c"], ["a"], ["b/c"]])
        // One task alone is what it is together.
        #expect(try configuration.grid(in: folder, foldCount: 0, tasks: ["a"], text: "").runs.count == 2)
    }

    @Test func writtenConfigurationsAreReadAgainAndRunsAreComparisons() throws {
        var configuration = ComparisonConfiguration()
        configuration.heads = [HeadChoice(.quantum, preset: .separable)]
        configuration.seeds = 5
        configuration.singleTask = [HeadChoice(.linear)]
        configuration.primary = PrimaryComparisons(
            HeadChoice(.quantum, preset: .separable), against: [HeadChoice(.linear)])
        configuration.run.epochs = 9
        let data = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(ComparisonConfiguration.self, from: data) == configuration)

        var run = RunConfiguration()
        run.batch = 17
        let read = try JSONDecoder().decode(
            ComparisonConfiguration.self, from: JSONEncoder().encode(run))
        #expect(read.run == run)
        #expect(read.heads == ComparisonConfiguration().heads)
    }

    @Test func nothingToCompareIsNamed() {
        var configuration = ComparisonConfiguration()
        configuration.heads = []
        #expect(throws: ExperimentError.noHeads) { try configuration.validate() }
        configuration.heads = [HeadChoice(.linear), HeadChoice(.linear)]
        #expect(throws: ExperimentError.repeatedHead(name: "linear")) { try configuration.validate() }
        configuration.heads = [HeadChoice(.linear)]
        configuration.singleTask = [HeadChoice(.sliced), HeadChoice(.sliced)]
        #expect(throws: ExperimentError.repeatedHead(name: "sliced")) { try configuration.validate() }
        configuration.singleTask = []
        configuration.primary = PrimaryComparisons(HeadChoice(.linear), against: [])
        #expect(throws: ExperimentError.noHeads) { try configuration.validate() }
        configuration.primary?.against = [HeadChoice(.sliced), HeadChoice(.linear)]
        #expect(throws: ExperimentError.ownRival(name: "linear")) { try configuration.validate() }
        configuration.seeds = 0
        #expect(throws: ExperimentError.invalidSize(name: "the number of seeds", value: 0)) {
            try configuration.validate()
        }
    }
}
