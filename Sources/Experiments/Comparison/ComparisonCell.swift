import Foundation
import Training

/// One run of a comparison: a head with a seed, on a fold where the data set has folds.
public struct ComparisonCell: Sendable, Equatable {
    /// The head.
    public let head: HeadChoice
    /// The seed.
    public let seed: UInt64
    /// The fold to test on; nil for the set's own splits.
    public let fold: Int?

    /// The run's folder within that of the comparison.
    public var path: String {
        "\(head.folderName)/seed-\(seed)" + (fold.map { "/fold-\($0)" } ?? "")
    }

    /// The run's name for people.
    public var name: String { "\(head.name), seed \(seed)" + (fold.map { ", fold \($0)" } ?? "") }
}

extension ComparisonConfiguration {
    /// All runs: for every seed and fold, every head.
    ///
    /// In this order a comparison that is stopped early still compares. A set with folds is run on each of them, unless
    /// the configuration chooses one.
    public func cells(foldCount: Int) -> [ComparisonCell] {
        let folds = run.dataset.fold == nil && foldCount > 0 ? (0..<foldCount).map { $0 } : [run.dataset.fold]
        return seedValues.flatMap { seed in
            folds.flatMap { fold in heads.map { ComparisonCell(head: $0, seed: seed, fold: fold) } }
        }
    }

    /// The settings of one run.
    ///
    /// Heads differ in nothing else: trunk and order of samples are those of the seed.
    public func run(_ cell: ComparisonCell) -> RunConfiguration {
        var configuration = run
        configuration.seed = cell.seed
        configuration.dataset.fold = cell.fold
        cell.head.apply(to: &configuration.head)
        return configuration
    }
}
