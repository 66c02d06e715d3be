/// P-values adjusted for testing all of them at once, in the given order; each holds against the level itself.
///
/// Source: Holm, *A simple sequentially rejective multiple test procedure* (1979).
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
        largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
        adjusted[index] = largest
    }
    return adjusted
}
