import LinearAlgebra

extension Dataset {
    /// The default set: handwritten digits under fourteen tasks.
    ///
    /// Ten tasks tell one digit from the rest (`is-0` to `is-9`), three group the digits (`even`, `above-four`,
    /// `loop`), and `digit` names the digit itself. The digits with a loop are taken to be 0, 6, 8 and 9; a 4 counts
    /// as open. Features are 64 grey levels in 0...1; they share a scale and are not standardised, which would blow up
    /// pixels that are rarely inked. Binary tasks are scored by balanced accuracy, the ten-class task by accuracy.
    public static func digits() -> Dataset {
        let images = DigitImages()
        let binaryTasks: [(name: String, digits: Set<Int>)] =
            (0...9).map { ("is-\($0)", [$0]) }
            + [("even", [0, 2, 4, 6, 8]), ("above-four", [5, 6, 7, 8, 9]), ("loop", [0, 6, 8, 9])]
        let labels = images.digits.map { digit in
            binaryTasks.map { $0.digits.contains(digit) ? 1 : 0 } + [Float(digit)]
        }
        return Dataset(
            name: "digits",
            tasks: binaryTasks.map { LearningTask(name: $0.name, kind: .binary, metric: .balancedAccuracy) }
                + [LearningTask(name: "digit", kind: .classes(10), metric: .accuracy)],
            sources: [
                DataSource(features: images.pixels, labels: Matrix(rows: labels), splits: images.splits())
            ], standardizes: false)
    }
}
