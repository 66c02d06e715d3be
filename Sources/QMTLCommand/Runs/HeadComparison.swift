import QMTL

/// The result of a comparison; Foundation has a `ComparisonResult`, too.
typealias HeadComparison = ComparisonResult
