extension Grid {
    /// The results that heads can be compared by, where runs may be missing.
    ///
    /// Heads without any result are left out, then seeds and folds for which one of the others has none: a comparison pairs
    /// runs on the same seeds and folds. Runs on one task alone are no part of it.
    public static func comparable(_ results: [Result]) -> [Result] {
        struct Pairing: Hashable {
            let seed: UInt64
            let tasks: Int?
            let fold: Int?
        }
        let results = results.filter { $0.cell.task == nil }
        let heads = Set(results.map(\.cell.head))
        let groups = Dictionary(grouping: results) {
            Pairing(seed: $0.cell.seed, tasks: $0.cell.tasks, fold: $0.cell.fold)
        }
        return results.filter { result in
            let cell = result.cell
            return groups[Pairing(seed: cell.seed, tasks: cell.tasks, fold: cell.fold)]?.count == heads.count
        }
    }
}
