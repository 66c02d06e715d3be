import ArgumentParser

/// What every command has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON object on standard output, everything else on standard error.")
    var json = false

    @Flag(name: .shortAndLong, help: "No remarks and no progress, only the answer and errors.")
    var quiet = false

    var console: Console { Console(isJSON: json, isQuiet: quiet) }
}
