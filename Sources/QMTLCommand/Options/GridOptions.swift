import ArgumentParser
import QMTL

/// How many processes and machines share the runs of a grid.
struct GridOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only part i of n, counted from 1; the tables are made when all parts are there.",
            valueName: "i/n"))
    var shard: GridShard?

    @Option(
        help: ArgumentHelp(
            "Runs side by side, each on its share of the threads (default: one a thread).", valueName: "n"))
    var jobs: Int?

    /// The same, for the whole grid.
    var withoutShard: GridOptions {
        var options = self
        options.shard = nil
        return options
    }

    mutating func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is \(jobs), but must be at least 1.") }
    }
}

extension GridShard: ExpressibleByArgument {
    /// A part such as `2/8`.
    public init?(argument: String) { self.init(argument) }
}
