import Datasets
import Experiments
import Foundation
import Training

/// Small grids and what they tell.
enum GridFixture {
    /// A result whose figures do not matter.
    static let result = RunResult(
        dataset: "d", samples: RunResult.Samples(train: 3, validation: 1, test: 1), head: "linear",
        preset: nil, backend: "cpu", device: "test", seed: 1, version: "0",
        parameters: RunResult.Parameters(head: 1, interface: 1), circuit: nil, tasks: [],
        macro: RunResult.Macro(validation: 0, test: 0), bestEpoch: 1,
        seconds: RunResult.Seconds(train: 0, perStep: 0))

    /// Linear and sliced heads on two digit tasks, two seeds, one epoch; `adjust` changes a run's settings.
    static func grid(
        in folder: URL, adjust: (inout RunConfiguration) -> Void = { _ in }
    ) throws -> Grid {
        var configuration = ComparisonConfiguration()
        configuration.heads = [HeadChoice(.linear), HeadChoice(.sliced)]
        configuration.seeds = 2
        configuration.run.dataset.name = "digits:2"
        configuration.run.epochs = 1
        let grid = try configuration.grid(in: folder, foldCount: 0, tasks: [], text: "a: 1\n")
        return Grid(
            folder: folder,
            runs: grid.runs.map { run in
                var configuration = run.configuration
                adjust(&configuration)
                return Grid.Run(cell: run.cell, configuration: configuration)
            }, purpose: grid.purpose, configurationText: grid.configurationText)
    }

    /// Calls `body` with a new folder, which is deleted afterwards.
    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "qmtl-grid-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
