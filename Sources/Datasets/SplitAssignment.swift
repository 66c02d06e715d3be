import Randomness

/// Random assignment of samples to splits.
enum SplitAssignment {
    /// A split for each sample, every stratum divided as `fractions` say, as nearly as it can be.
    ///
    /// Strata are shuffled within themselves and laid end to end; each sample then goes to the split that lags its
    /// share most, so that the shares hold over every stretch of the line and over the whole.
    static func stratified(
        strata: [Int], fractions: SplitFractions, using generator: inout Philox
    ) -> [Split] {
        let line = shuffledMembers(of: strata, using: &generator).flatMap { $0 }
        let chosen = apportion(sizes: line.map { _ in 1 }, fractions: fractions)
        var splits = [Split](repeating: .train, count: strata.count)
        for (sample, split) in zip(line, chosen) { splits[sample] = split }
        return splits
    }

    /// A split for each sample, no group divided between two splits; larger groups go first, so that small ones can
    /// even out the shares.
    static func grouped(
        groups: [Int], fractions: SplitFractions, using generator: inout Philox
    ) -> [Split] {
        let members = shuffledMembers(of: groups, using: &generator)
            .shuffled(using: &generator).sorted { $0.count > $1.count }
        let chosen = apportion(sizes: members.map(\.count), fractions: fractions)
        var splits = [Split](repeating: .train, count: groups.count)
        for (samples, split) in zip(members, chosen) {
            for sample in samples { splits[sample] = split }
        }
        return splits
    }

    /// The samples of each key, shuffled; keys in increasing order.
    private static func shuffledMembers(of keys: [Int], using generator: inout Philox) -> [[Int]] {
        var members: [[Int]] = []
        for (_, samples) in Dictionary(grouping: keys.indices, by: { keys[$0] }).sorted(by: {
            $0.key < $1.key
        }) {
            members.append(samples.shuffled(using: &generator))
        }
        return members
    }

    /// A split for each part of a line, chosen part by part: the split that would lag its share most without it.
    private static func apportion(sizes: [Int], fractions: SplitFractions) -> [Split] {
        var counts: [Split: Int] = [:]
        var total = 0
        return sizes.map { size in
            total += size
            let lag = Split.allCases.map { fractions[$0] * Double(total) - Double(counts[$0, default: 0]) }
            // Ties go to the earlier split: a sample that is alone is one to train on.
            let split = Split.allCases.reduce(Split.train) { lag[$1.rawValue] > lag[$0.rawValue] ? $1 : $0 }
            counts[split, default: 0] += size
            return split
        }
    }
}
