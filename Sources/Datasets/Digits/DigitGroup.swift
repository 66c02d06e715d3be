/// One way to divide the ten digits into two groups, named by the group with the label 1.
struct DigitGroup {
    /// The digits with the label 1, in increasing order: the smaller group, or of two equal ones that with the 0.
    let digits: [Int]

    /// The task's name, as `group-01234`.
    var name: String { "group-" + digits.map(String.init).joined() }

    func contains(_ digit: Int) -> Bool { digits.contains(digit) }

    /// All 511 ways: the 126 even ones first, then ever more uneven ones; of one size in lexicographic order.
    static let all: [DigitGroup] = {
        let subsets = (1..<1 << 10).map { bits in (0...9).filter { bits >> $0 & 1 == 1 } }
        let groups = subsets.filter { $0.count < 5 || ($0.count == 5 && $0[0] == 0) }
        return groups.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
        }.map(DigitGroup.init)
    }()
}
