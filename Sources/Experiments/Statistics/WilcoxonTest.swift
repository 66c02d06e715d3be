import Foundation

/// The two-sided p-value of the Wilcoxon signed-rank test that `a - b` is symmetric about zero.
///
/// Zero differences are left out and tied ones share their mean rank. Up to 50 differences the distribution of the rank
/// sum is counted out, ties included; beyond, it is taken as normal, with the variance corrected for ties.
/// Source: Pratt, Gibbons, *Concepts of Nonparametric Theory* (1981), chapter 3.
public func wilcoxonSignedRankTest(_ a: [Double], _ b: [Double]) -> Double {
    let differences = pairedDifferences(a, b).filter { $0 != 0 }
    guard !differences.isEmpty else { return 1 }
    // Twice the ranks, so that the mean rank of a tie is an integer.
    let ranks = doubledRanks(differences.map(abs))
    let positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    let smaller = min(positive, ranks.reduce(0, +) - positive)
    return differences.count <= 50 ? exactProbability(smaller, ranks) : normalProbability(smaller, ranks)
}

private func doubledRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
        for position in start...end { ranks[order[position]] = start + end + 2 }
        start = end + 1
    }
    return ranks
}

/// Probability of a rank sum as far out as `smaller`, each sign being positive with probability 1/2.
private func exactProbability(_ smaller: Int, _ ranks: [Int]) -> Double {
    var probabilities = [Double](repeating: 0, count: ranks.reduce(0, +) + 1)
    probabilities[0] = 1
    var reach = 0
    for rank in ranks {
        reach += rank
        for sum in stride(from: reach, through: 0, by: -1) {
            let without = probabilities[sum]
            let with = sum >= rank ? probabilities[sum - rank] : 0
            probabilities[sum] = (without + with) / 2
        }
    }
    return min(1, 2 * probabilities[0...smaller].reduce(0, +))
}

private func normalProbability(_ smaller: Int, _ ranks: [Int]) -> Double {
    // The sum of r_i s_i with random signs has mean sum(r) / 2 and variance sum(r^2) / 4, ties or not.
    let mean = Double(ranks.reduce(0, +)) / 2
    let variance = ranks.reduce(0) { $0 + Double($1 * $1) } / 4
    return erfc(abs(Double(smaller) - mean) / (2 * variance).squareRoot())
}
