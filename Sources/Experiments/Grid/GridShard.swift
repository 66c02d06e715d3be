/// One of several parts of a grid, which different machines run.
public struct GridShard: Sendable, Equatable {
    /// The part's number, counted from 1.
    public let number: Int
    /// The number of parts.
    public let count: Int

    /// Everything.
    public static let whole = GridShard(number: 1, count: 1)!

    /// Part `number` of `count`; nil unless `1 <= number <= count`.
    public init?(number: Int, count: Int) {
        guard number >= 1, number <= count else { return nil }
        self.number = number
        self.count = count
    }

    /// The part written as `2/8`; nil where `text` is not of that form.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
        self.init(number: number, count: count)
    }

    /// Whether the run at `index` of the grid belongs to the part.
    ///
    /// Runs are dealt out in turn, each round beginning with the next part: else, with as many heads as parts, one part
    /// would get all runs of the slowest head.
    public func contains(_ index: Int) -> Bool {
        (index + index / count) % count == number - 1
    }
}
