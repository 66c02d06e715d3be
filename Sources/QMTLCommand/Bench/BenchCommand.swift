import ArgumentParser

/// Measurements of speed.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure speed.", subcommands: [BenchStepCommand.self])
}
