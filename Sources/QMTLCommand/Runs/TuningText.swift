import Foundation
import QMTL

extension HeadComparison {
    /// What a search has chosen for all tasks together and what it cost, below the table; empty where there was none.
    var tuningText: String {
        guard let tuning else { return "" }
        var table = TextTable([
            .init("head", .left), .init("fold", .right), .init("chosen on validation", .left),
            .init("validation", .right),
        ])
        for choice in tuning.choices where choice.task == nil {
            let values = choice.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            table.append([
                choice.head.name, choice.fold.map(String.init) ?? "", values.joined(separator: ", "),
                String(format: "%.3f", choice.validation),
            ])
        }
        let cost = String(
            format: "Tuning: %d trials a head, %d runs, %.1f s of training.", tuning.trials, tuning.runs,
            tuning.seconds)
        return "\n\n" + table.text() + "\n" + cost
    }
}
