import ArgumentParser

/// The files that a page's pictures go into.
struct PlotOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Formats of the pictures in the folder plots beside the page: svg, png or both; png needs rsvg-convert \
            (default: svg for a comparison or a sweep, none for a run).
            """, valueName: "svg,png"))
    var plots: List<PlotFormat>?

    /// The writer of what is asked for, else of `formats`.
    /// - Throws: `CommandError.noConverter`.
    func writer(default formats: [PlotFormat]) throws -> PlotWriter {
        try PlotWriter(plots?.elements ?? formats)
    }
}

/// A format of plot files.
enum PlotFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case svg, png
}
