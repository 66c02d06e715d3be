/// How a quantity grows with the number of tasks: as which power, over all numbers of tasks and where they are many.
///
/// A count such as `3 T^2 + T` is a power of `T` only once its leading term outweighs the rest; so besides the fit over all
/// `T` there is one over the upper half of the range on a logarithmic axis, `T >= sqrt(least T * largest T)`. A count has no
/// chance in it: the interval of its exponent tells how far it is from a power, not what other runs would give.
public struct GrowthFit: Sendable, Equatable {
    /// The fit over all numbers of tasks.
    public let whole: PowerLaw
    /// The fit over numbers of tasks from `leadingFrom` on.
    public let leading: PowerLaw
    /// The least number of tasks of the leading fit.
    public let leadingFrom: Int

    /// The fit of `values` at `tasks`, in any order; values that are not positive are left out.
    ///
    /// Nil with fewer than two different numbers of tasks. With fewer than three in the upper half both fits are the same.
    public init?(tasks: [Int], values: [Double]) {
        let points = zip(tasks, values).filter { $0.0 > 0 && $0.1 > 0 }.sorted { $0.0 < $1.0 }
        guard let least = points.first?.0, let largest = points.last?.0 else { return nil }
        func fit(_ points: [(Int, Double)]) -> PowerLaw? {
            PowerLaw(x: points.map { Double($0.0) }, y: points.map(\.1))
        }
        guard let whole = fit(points) else { return nil }
        // Squares, so that the middle of 2, 4, 8 is exactly 4.
        let upper = points.filter { $0.0 * $0.0 >= least * largest }
        self.whole = whole
        if Set(upper.map(\.0)).count >= 3, let fit = fit(upper) {
            leading = fit
            leadingFrom = upper[0].0
        } else {
            leading = whole
            leadingFrom = least
        }
    }
}
