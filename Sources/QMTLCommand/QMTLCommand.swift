import ArgumentParser
import Foundation

/// The `qmtl` program.
@main
struct QMTLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qmtl",
        abstract: "Quantum heads for multi-task learning: train them, and compare them with classical ones.",
        discussion: """
            Start with 'qmtl compare --dataset digits --heads quantum,linear,sliced --seeds 3'.

            Results go to standard output, as one JSON object with --json; all else goes to standard error. Exit status: \
            0 done, 1 the work failed, 64 wrong usage or configuration, 65 bad input file, 69 backend not available, \
            130 interrupted with the state saved.
            """,
        version: Version.current,
        subcommands: [
            CompareCommand.self, SweepCommand.self, TrainCommand.self, EvaluateCommand.self,
            PredictCommand.self, DataCommand.self, RunCommand.self, ExportCommand.self,
            ReportCommand.self, ParamsCommand.self, BenchCommand.self, DevicesCommand.self,
            DiagnoseCommand.self, JobsCommand.self,
        ])

    /// Parses the arguments, runs the command so that signals can interrupt it, and turns its error into an exit status.
    static func main() async {
        keepFreedMemory()
        do {
            let command = try parseAsRoot()
            try await Interruption.whileCancelling {
                var command = command
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            }
        } catch {
            Failure.exit(error)
        }
    }

    /// Keeps what a step's arrays give back for the next step, which otherwise finds new pages to be cleared each time.
    private static func keepFreedMemory() {
        // Of glibc alone, whose Swift module leaves it out.
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let setOption = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
        let (trimThreshold, mapThreshold): (Int32, Int32) = (-1, -3)
        _ = setOption(mapThreshold, 32 << 20)
        _ = setOption(trimThreshold, 512 << 20)
    }
}
