import Datasets
import Execution
import Foundation
import Training

/// Measures what every head of a sweep costs at every number of tasks.
///
/// Costs lie beside the runs, `tasks-T/HEAD/cost.json`; what is there is not measured again. Measurements of one process
/// come one after the other, on all its threads. A head that takes more than half a second a step is not timed at more
/// tasks.
public struct SweepCosts: Sendable {
    /// A head at a number of tasks.
    public struct Place: Hashable, Sendable {
        /// The head.
        public let head: HeadChoice
        /// The number of tasks.
        public let tasks: Int

        var path: String { "tasks-\(tasks)/\(head.folderName)" }
        var name: String { "\(head.name), \(tasks) tasks" }
    }

    private let configuration: SweepConfiguration
    /// The sweep's folder.
    public let folder: URL
    /// All heads at all numbers of tasks, those with few tasks first.
    public let places: [Place]

    /// The costs of a sweep in `folder`.
    public init(_ configuration: SweepConfiguration, in folder: URL) {
        self.configuration = configuration
        self.folder = folder
        places = configuration.tasks.flatMap { tasks in
            configuration.allHeads.map { Place(head: $0, tasks: tasks) }
        }
    }

    /// Measures what `shard` lacks.
    /// - Parameters:
    ///   - backend: computes the circuits.
    ///   - shard: the part of this process; a place that another process measures is left to it.
    ///   - progress: is told what is measured next.
    /// - Throws: `CancellationError`, `TrainingError.unwritableFile`. What fails at one place is recorded there.
    public func measure(
        on backend: any Backend, shard: GridShard, progress: (_ name: String, _ fraction: Double) -> Void
    ) async throws {
        for (index, place) in places.enumerated()
        where shard.contains(index) && cost(place) == nil && !isTooSlow(place) {
            let runFolder = runFolder(place)
            guard let lock = try runFolder.lock() else { continue }
            defer { withExtendedLifetime(lock) {} }
            progress(place.name, Double(index) / Double(places.count))
            do {
                let cell = GridCell(head: place.head, seed: configuration.run.seed, tasks: place.tasks)
                let cost = try await TrainingCost.measured(
                    configuration.run.of(cell), backend: backend, steps: configuration.timedSteps)
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                try AtomicFile.write(encoder.encode(cost) + Data("\n".utf8), to: url(place))
                runFolder.clearFailure()
            } catch let error as CancellationError {
                throw error
            } catch {
                runFolder.record(failure: error)
            }
        }
    }

    /// The cost of a head at a number of tasks; nil where it has not been measured.
    public func cost(_ place: Place) -> TrainingCost? {
        guard let data = try? Data(contentsOf: url(place)) else { return nil }
        return try? JSONDecoder().decode(TrainingCost.self, from: data)
    }

    /// Seconds of a step beyond which a head is not timed at more tasks.
    private static var slowestStep: Double { 0.5 }

    /// Whether a head took so long with fewer tasks that it is counted only.
    private func isTooSlow(_ place: Place) -> Bool {
        places.contains { other in
            other.head == place.head && other.tasks < place.tasks
                && (cost(other).map { $0.secondsPerStep > Self.slowestStep } ?? false)
        }
    }

    /// The measurements that failed.
    public var failures: [Grid.Failure] {
        places.compactMap { place in
            guard cost(place) == nil else { return nil }
            return runFolder(place).failure.map { Grid.Failure(run: place.path, error: $0.error) }
        }
    }

    /// The number of places that have neither been measured nor failed.
    public var open: Int {
        places.count { cost($0) == nil && runFolder($0).failure == nil && !isTooSlow($0) }
    }

    private func runFolder(_ place: Place) -> RunFolder { RunFolder(folder.appending(path: place.path)) }

    private func url(_ place: Place) -> URL { folder.appending(path: place.path + "/cost.json") }
}
