import Randomness

extension Dataset {
    /// The number of folds; 0 for a set without.
    public var foldCount: Int {
        sources.map { ($0.folds?.max() ?? -1) + 1 }.min() ?? 0
    }

    /// The set split for round `fold` of cross-validation: that fold is the test split, the next one (cyclically)
    /// the validation split, all others are the training split.
    /// - Throws: `DatasetError.unavailableFold` where there is no such fold or there are fewer than three,
    ///   `.emptySplit` or `.tooFewLabels` where a task lacks labels in one of the splits.
    public func withFold(_ fold: Int) throws(DatasetError) -> Dataset {
        let count = foldCount
        guard count >= 3, (0..<count).contains(fold) else {
            throw .unavailableFold(dataset: name, fold: fold, count: count)
        }
        let refolded = replacing(
            splits: sources.map { source in
                (source.folds ?? []).map {
                    $0 == fold ? .test : $0 == (fold + 1) % count ? .validation : .train
                }
            })
        try refolded.validate()
        return refolded
    }

    /// The set split anew at random, each source by itself.
    ///
    /// Groups stay together. Without groups, splits are stratified by the classification task with the most classes
    /// (the first of equals), samples without its label being a class of their own; where all tasks are regressions,
    /// samples are only shuffled.
    /// - Throws: `DatasetError.emptySplit` or `.tooFewLabels` where the set is too small for `fractions`.
    public func resplit(
        seed: UInt64, fractions: SplitFractions = .standard
    ) throws(DatasetError) -> Dataset {
        let resplit = replacing(
            splits: sources.indices.map { randomSplits(ofSource: $0, seed: seed, fractions: fractions) })
        try resplit.validate()
        return resplit
    }

    /// A random split of one source, which decides its stream of random numbers.
    func randomSplits(ofSource index: Int, seed: UInt64, fractions: SplitFractions) -> [Split] {
        let source = sources[index]
        var generator = Philox(seed: seed, purpose: .split, index: UInt32(index))
        if let groups = source.groups {
            return SplitAssignment.grouped(groups: groups, fractions: fractions, using: &generator)
        }
        return SplitAssignment.stratified(
            strata: strata(of: source), fractions: fractions, using: &generator)
    }

    /// The class of each sample in the task that tells most classes apart, -1 where it has none.
    private func strata(of source: DataSource) -> [Int] {
        let labelled = tasks.indices.filter { task in
            source.labels.column(task).contains { !$0.isNaN }
        }
        var finest: (task: Int, classes: Int)?
        for task in labelled {
            let classes: Int
            switch tasks[task].kind {
            case .binary: classes = 2
            case .classes(let count): classes = count
            case .regression: continue
            }
            if classes > finest?.classes ?? 0 { finest = (task, classes) }
        }
        guard let finest else { return [Int](repeating: 0, count: source.splits.count) }
        return source.labels.column(finest.task).map { $0.isNaN ? -1 : Int($0) }
    }
}
