/// The largest difference of two lists; infinite where their lengths differ or a value is not a number.
func distance(_ left: [some BinaryFloatingPoint], _ right: [Double]) -> Double {
    let differences = zip(left, right).map { abs(Double($0) - $1) }
    guard left.count == right.count, !differences.contains(where: \.isNaN) else { return .infinity }
    return differences.max() ?? 0
}
