import Datasets
import Foundation
import Training

/// What the folder of a grid says of itself: `grid.json`.
public struct GridManifest: Codable, Sendable, Equatable {
    /// What the runs of a grid are for.
    public enum Purpose: String, Codable, Sendable {
        /// Heads are compared.
        case comparison
        /// Heads are compared as tasks are added.
        case sweep
        /// Settings are searched for.
        case tuning
    }

    /// What the runs are for.
    public let purpose: Purpose
    /// The places of all runs.
    public let runs: [GridCell]
    /// What a search has chosen for the runs; nil where there was none.
    public let tuned: TuningResult?

    /// A grid's description.
    public init(purpose: Purpose, runs: [GridCell], tuned: TuningResult? = nil) {
        self.purpose = purpose
        self.runs = runs
        self.tuned = tuned
    }

    /// The description in `folder`; nil for a folder that is not a grid's.
    /// - Throws: `TrainingError.unreadableFile` or `.damagedFile`.
    public init?(in folder: URL) throws(TrainingError) {
        let file = Self.url(in: folder)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw .unreadableFile(path: file.relativePath, reason: error.localizedDescription)
        }
        do {
            self = try JSONDecoder().decode(GridManifest.self, from: data)
        } catch {
            throw .damagedFile(path: file.relativePath, problem: "it does not list the runs of a grid")
        }
    }

    func write(in folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(encoder.encode(self) + Data("\n".utf8), to: Self.url(in: folder))
    }

    private static func url(in folder: URL) -> URL { folder.appending(path: "grid.json") }
}
