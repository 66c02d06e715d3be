import Training

/// What the runs of two heads are paired over.
///
/// Seeds on one split are independent runs on the same data. Seeds within a fold are not: they share all samples. Nor are
/// folds, which share training samples. So seeds are averaged within a fold, the folds are the pairs, and the test allows
/// for what they share.
public struct RunPairing: Sendable, Equatable {
    /// Positions among the runs of a head that make one pair together, pair by pair.
    public let units: [[Int]]
    /// Test samples over training samples of a pair; 0 where pairs are seeds.
    public let testShare: Double
    /// Whether pairs are folds.
    public let isByFold: Bool

    /// The pairs of `runs`, all of one head.
    public init(_ runs: [RunResult]) {
        let folds = runs.map(\.fold)
        let distinct = folds.indices.filter { !folds[..<$0].contains(folds[$0]) }.map { folds[$0] }
        isByFold = distinct.count > 1
        guard isByFold else {
            units = runs.indices.map { [$0] }
            testShare = 0
            return
        }
        units = distinct.map { fold in runs.indices.filter { folds[$0] == fold } }
        testShare = runs.map { Double($0.samples.test) / Double(max($0.samples.train, 1)) }.mean
    }

    /// The mean of each pair's values, of values of all runs in order.
    public func means(_ values: [Double]) -> [Double] {
        units.map { unit in unit.map { values[$0] }.mean }
    }

    /// The number of pairs.
    public var count: Int { units.count }
}
