/// An array of numbers, whatever file format it came from.
public struct NumericArray: Equatable, Sendable {
    /// The extent of each axis; empty for a single number.
    public let shape: [Int]
    /// All values in row-major (C) order.
    ///
    /// Integers and doubles are rounded to single precision: integers beyond 2^24 may change.
    public var values: [Float]

    /// An array of `values`, as many as `shape` asks for.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.allSatisfy { $0 >= 0 } && values.count == shape.reduce(1, *))
        self.shape = shape
        self.values = values
    }

    /// The number of values an array of `shape` has, or `nil` where that is no number a machine can count to.
    static func count(of shape: [Int]) -> Int? {
        var count = 1
        for extent in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflows else { return nil }
            count = product
        }
        return count
    }
}
