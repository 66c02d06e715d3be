/// Guesses at what a misspelt name was meant to be.
public enum Spelling {
    /// The name in `names` that is spelt most like `name`, or `nil` where none is close.
    ///
    /// Close means that at most a third of the letters, and at least two, may differ; case, `-` and `_` do not count.
    public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let letters = canonical(name)
        let distances = names.map { (name: $0, distance: distance(letters, canonical($0))) }
        guard let best = distances.min(by: { $0.distance < $1.distance }),
            best.distance <= max(2, letters.count / 3), best.distance < letters.count
        else { return nil }
        return best.name
    }

    private static func canonical(_ name: String) -> [Character] {
        name.lowercased().filter { $0 != "-" && $0 != "_" }
    }

    /// The Levenshtein distance: how many letters must be put in, taken out or changed.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let changed = previous[column] + (letter == other ? 0 : 1)
                current.append(min(changed, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
