import Foundation
import QMTL

/// Writes the pictures of a page into the folder `plots` beside it.
struct PlotWriter: Sendable {
    private static let folderName = "plots"
    private static let converterName = "rsvg-convert"
    /// Pixels of a PNG file per pixel of its picture: sharp in print and on fine screens.
    private static let zoom = "3"

    private let formats: Set<PlotFormat>
    private let converter: URL?

    /// A writer of these formats.
    /// - Throws: `CommandError.noConverter` where PNG files are asked for and nothing makes them, before any work is done.
    init(_ formats: [PlotFormat]) throws(CommandError) {
        self.formats = Set(formats)
        converter = Self.program(Self.converterName)
        if self.formats.contains(.png), converter == nil {
            throw .noConverter(program: Self.converterName)
        }
    }

    /// Writes `plots`, in place of what an earlier call left in `folder`; does nothing without a format.
    /// - Throws: `DatasetError.unwritableFile`; `CommandError.failedConversion`.
    func write(_ plots: [PlotFile], in folder: URL) throws {
        guard !formats.isEmpty else { return }
        let target = folder.appending(path: Self.folderName)
        try RunFolder(target).create()
        let earlier =
            (try? FileManager.default.contentsOfDirectory(at: target, includingPropertiesForKeys: nil))
        for file in earlier ?? [] where PlotFormat(rawValue: file.pathExtension) != nil {
            try? FileManager.default.removeItem(at: file)
        }
        for plot in plots {
            let picture = target.appending(path: plot.name + ".svg")
            try AtomicFile.write(plot.svg.utf8, to: picture)
            if formats.contains(.png) {
                try convert(picture, to: target.appending(path: plot.name + ".png"))
                if !formats.contains(.svg) { try? FileManager.default.removeItem(at: picture) }
            }
        }
    }

    private func convert(_ picture: URL, to file: URL) throws {
        let process = Process()
        process.executableURL = converter
        process.arguments = ["--zoom", Self.zoom, "--output", file.path, picture.path]
        do { try process.run() } catch {
            throw CommandError.failedConversion(file: file.relativePath, program: Self.converterName)
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandError.failedConversion(file: file.relativePath, program: Self.converterName)
        }
    }

    /// The program called `name` in `PATH`; nil where there is none.
    private static func program(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
