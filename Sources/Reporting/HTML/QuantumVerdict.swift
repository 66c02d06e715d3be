import Experiments

/// What a comparison says about one quantum head.
struct QuantumVerdict {
    private let comparison: HeadComparison
    private let index: Int
    private let head: HeadComparison.Head
    private let name: String

    /// The verdict on the head at `index`.
    init(_ comparison: HeadComparison, _ index: Int) {
        self.comparison = comparison
        self.index = index
        head = comparison.heads[index]
        name = comparison.label(of: head)
    }

    /// How the head's score differs from each other head's, told apart by significance; primary pairs first.
    var differences: String? {
        // A pair of judged heads is told once, by the first of them.
        let judged = VerdictSubjects.positions(in: comparison)
        let rivals = comparison.heads.indices.filter {
            $0 != index && !(judged.contains($0) && $0 < index)
        }
        let primary = rivals.filter { family(against: $0) == .primary }
        let others = rivals.filter { !primary.contains($0) }
        let score = "\(name) reaches \(NumberText.fixed(head.macro.test.mean))"
        guard !rivals.isEmpty else { return nil }
        guard comparison.tests.contains(where: { $0.family != nil }) else {
            return "\(score): \(standing(against: rivals))."
        }
        var sentences = ["\(score)."]
        if !primary.isEmpty {
            sentences.append("In the primary comparisons it is \(standing(against: primary)).")
        }
        if !others.isEmpty {
            sentences.append("In exploratory ones it is \(standing(against: others)).")
        }
        return sentences.joined(separator: " ")
    }

    private func standing(against rivals: [Int]) -> String {
        var better: [Rival] = []
        var worse: [Rival] = []
        var open: [Rival] = []
        for place in rivals {
            let other = comparison.heads[place]
            let label = comparison.label(of: other)
            let difference = head.macro.test.mean - other.macro.test.mean
            guard let p = pValue(against: label) else {
                open.append(Rival(label, difference, nil))
                continue
            }
            let rival = Rival(label, difference, p)
            if p >= Verdict.significanceLevel || difference == 0 {
                open.append(rival)
            } else if difference > 0 {
                better.append(rival)
            } else {
                worse.append(rival)
            }
        }
        var parts: [String] = []
        if !worse.isEmpty { parts.append("significantly worse than \(Self.list(worse))") }
        if !better.isEmpty { parts.append("significantly better than \(Self.list(better))") }
        if !open.isEmpty {
            let relation = head.pairCount > 1 ? "not significantly different from" : "untested against"
            parts.append("\(relation) \(Self.list(open))")
        }
        return parts.joined(separator: "; ")
    }

    /// A head that this one is held against.
    private struct Rival {
        let label: String
        let difference: Double
        let p: Double?

        init(_ label: String, _ difference: Double, _ p: Double?) {
            (self.label, self.difference, self.p) = (label, difference, p)
        }

        var text: String {
            "\(label) (\(NumberText.signed(difference))\(p.map { ", \(NumberText.pValue($0))" } ?? ""))"
        }
    }

    /// The rivals with their differences; of many, the names with the range of the differences.
    private static func list(_ rivals: [Rival]) -> String {
        guard rivals.count > 4 else { return NumberText.list(rivals.map(\.text)) }
        let differences = rivals.map(\.difference)
        return """
            \(NumberText.list(rivals.map(\.label))) (\(NumberText.signed(differences.min() ?? .nan)) to \
            \(NumberText.signed(differences.max() ?? .nan)))
            """
    }

    /// The head's size beside the dense linear head's.
    var parameters: String? {
        guard let linear = comparison.heads.first(where: { $0.head == "linear" }) else { return nil }
        let (own, dense) = (head.parameters, linear.parameters)
        guard own.head > 0, dense.head > 0 else { return nil }
        let relation =
            own.head < dense.head
            ? "\(NumberText.ratio(Double(dense.head) / Double(own.head))) times fewer than"
            : own.head == dense.head
                ? "as many as"
                : "\(NumberText.ratio(Double(own.head) / Double(dense.head))) times as many as"
        return """
            Its \(NumberText.count(own.head)) head parameters are \(relation) the dense linear head's \
            \(NumberText.count(dense.head)); with the shared trunk the totals are \(NumberText.count(own.total)) and \
            \(NumberText.count(dense.total)).
            """
    }

    /// Whether the head is better than the sliced linear head, which is as small and has no circuit.
    var nullHypothesis: String? {
        guard let sliced = comparison.heads.first(where: { $0.head == "sliced" }) else { return nil }
        let difference = head.macro.test.mean - sliced.macro.test.mean
        guard difference > 0 else {
            return """
                The sliced linear head, which has no circuit, scores \(difference == 0 ? "as high" : "higher"): these runs \
                give no sign that the circuit helps.
                """
        }
        guard let p = pValue(against: comparison.label(of: sliced)), p < Verdict.significanceLevel else {
            return """
                Its lead over the sliced linear head, which has no circuit, is \(head.pairCount > 1 ? "not significant" : "untested"): \
                these runs do not show that the circuit helps.
                """
        }
        let (own, other) = (head.parameters.head, sliced.parameters.head)
        guard own > other, other > 0 else {
            return "It beats the sliced linear head, which has no circuit: here the circuit helps."
        }
        return """
            It beats the sliced linear head, which has no circuit, but with \
            \(NumberText.ratio(Double(own) / Double(other))) times its head parameters: this alone does not show that \
            it is the circuit that helps.
            """
    }

    /// On how many tasks the head leads, and whether another is both better and smaller.
    var tasksAndFrontier: String? {
        guard comparison.heads.count > 1 else { return nil }
        var sentences: [String] = []
        let rows = TaskRow.all(of: comparison)
        if rows.count > 1 {
            let led = rows.count { $0.best.contains(index) }
            sentences.append("It has the best mean on \(led) of \(NumberText.count(rows.count)) tasks.")
        }
        let dominating = comparison.heads.enumerated().filter { other, rival in
            let (score, rivalScore) = (head.macro.test.mean, rival.macro.test.mean)
            let (size, rivalSize) = (head.parameters.head, rival.parameters.head)
            return other != index && rivalScore >= score && rivalSize <= size
                && (rivalScore > score || rivalSize < size)
        }
        sentences.append(
            dominating.isEmpty
                ? "No other head has at least its mean score with as few head parameters."
                : """
                \(NumberText.list(dominating.map { comparison.label(of: $0.element) })) \
                \(dominating.count == 1 ? "does" : "do") at least as well with no more head parameters.
                """)
        return sentences.joined(separator: " ")
    }

    private func test(against label: String) -> HeadComparison.PairedTest? {
        comparison.tests.first { ($0.a, $0.b) == (name, label) || ($0.b, $0.a) == (name, label) }
    }

    private func pValue(against label: String) -> Double? { test(against: label)?.p }

    private func family(against place: Int) -> HeadComparison.TestFamily? {
        test(against: comparison.label(of: comparison.heads[place]))?.family
    }
}
