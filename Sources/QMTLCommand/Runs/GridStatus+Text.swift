import QMTL

extension GridStatus {
    /// How much is done, in a line; the failed runs below it.
    var text: String {
        var parts = ["\(finished) of \(runs) runs are finished"]
        if open > 0 { parts.append("\(open) are still to be done, or under way elsewhere") }
        if !failures.isEmpty { parts.append("\(failures.count) failed") }
        return ([parts.joined(separator: ", ")] + failures.map { "  \($0.run): \($0.error)" })
            .joined(separator: "\n")
    }
}
