import Configuration
import Experiments
import Foundation
import Testing

struct SweepConfigurationTests {
    private static func configuration(_ text: String) throws -> SweepConfiguration {
        try ConfigurationFile.decode(defaults: SweepConfiguration(), yaml: text, path: "text")
    }

    @Test func manyTasksHaveFewerSeeds() throws {
        let configuration = try Self.configuration(
            """
            tasks: [2, 256]
            heads: [linear, sliced]
            seeds: 3
            many_tasks: {above: 128, seeds: 1}
            seed: 5
            """)
        try configuration.validate()
        let grid = configuration.grid(in: URL(filePath: "/unused"), text: "")
        #expect(
            grid.runs.map(\.cell.path) == [
                "tasks-2/linear/seed-5", "tasks-2/sliced/seed-5",
                "tasks-256/linear/seed-5", "tasks-256/sliced/seed-5",
                "tasks-2/linear/seed-6", "tasks-2/sliced/seed-6",
                "tasks-2/linear/seed-7", "tasks-2/sliced/seed-7",
            ])
        #expect(grid.runs[3].configuration.dataset.name == "digits:256")
        #expect(grid.runs[3].configuration.head.kind == .sliced)
    }

    @Test func countedHeadsAreMeasuredOnly() throws {
        let configuration = try Self.configuration("heads: [linear]\ncounted: all\ntasks: [4]")
        #expect(configuration.allHeads.count == HeadChoice.all.count)
        #expect(configuration.allHeads.first == HeadChoice(.linear))
        #expect(configuration.grid(in: URL(filePath: "/unused"), text: "").runs.count == 3)
        let again: SweepConfiguration = try ConfigurationFile.decode(
            yaml: ConfigurationFile.encode(configuration), path: "text")
        #expect(again == configuration)
    }

    @Test(arguments: [
        ("dataset: {name: chest}", ExperimentError.noFamily(dataset: "chest")),
        ("tasks: [2, 4, 2]", .repeatedTaskCount(2)),
        ("tasks: [0]", .invalidSize(name: "a number of tasks", value: 0)),
        ("tasks: []", .invalidSize(name: "the number of task counts", value: 0)),
        ("seeds: 0", .invalidSize(name: "the number of seeds", value: 0)),
        ("many_tasks: {above: 4, seeds: 0}", .invalidSize(name: "many_tasks.seeds", value: 0)),
        ("timed_steps: 0", .invalidSize(name: "timed_steps", value: 0)),
        ("heads: []", .noHeads),
        ("heads: [linear, linear]", .repeatedHead(name: "linear")),
    ])
    func wrongSweepsAreNamed(text: String, error: ExperimentError) throws {
        let configuration = try Self.configuration(text)
        #expect(throws: error) { try configuration.validate() }
    }
}
