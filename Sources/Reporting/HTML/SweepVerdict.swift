import Experiments

/// What a sweep says about the claims of arXiv:2604.13560, in sentences computed from the numbers alone.
package struct SweepVerdict {
    private let sweep: SweepResult
    /// Exponents this close to 1 or 2 are called linear or quadratic.
    private static let exponentTolerance = 0.05

    private init(_ sweep: SweepResult) { self.sweep = sweep }

    /// The verdict, growth first, then scores, then cost.
    package static func sentences(_ sweep: SweepResult) -> [String] {
        let verdict = SweepVerdict(sweep)
        let quantum = VerdictSubjects.labels(in: sweep)
        guard !quantum.isEmpty else {
            return ["There is no quantum head here, so that nothing is said about one."]
                + verdict.heads([]).compactMap(\.self)
        }
        var sentences = verdict.heads(quantum).compactMap(\.self)
        if let others = verdict.otherCircuits(quantum) { sentences.append(others) }
        for label in quantum { sentences += verdict.scores(label) }
        sentences += [verdict.cost(quantum), verdict.failures].compactMap(\.self)
        return sentences
    }

    // MARK: Growth

    private func heads(_ quantum: [String]) -> [String?] {
        [growth(quantum), alsoLinear(quantum), totals(quantum)]
    }

    private func exponent(_ label: String) -> Double? {
        sweep.growth(of: label, \.parameters.head)?.leading.exponent
    }

    private func isLinear(_ label: String) -> Bool {
        exponent(label).map { abs($0 - 1) <= Self.exponentTolerance } ?? false
    }

    /// The paper's first claim: linear against quadratic growth.
    private func growth(_ quantum: [String]) -> String? {
        guard let first = quantum.first, let own = sweep.growth(of: first, \.parameters.head) else {
            return nil
        }
        let rivals = ["linear"].filter(sweep.labels.contains)
        let exponents = (quantum + rivals).compactMap { label in
            exponent(label).map { "T^\(NumberText.fixed($0, 2)) for \(label)" }
        }
        let isQuadratic = rivals.first.flatMap(exponent).map { abs($0 - 2) <= Self.exponentTolerance }
        let others = quantum.filter { !isLinear($0) }
        let judgement =
            switch (others.isEmpty, isQuadratic) {
            case (true, true?): "Linear growth against the dense head's quadratic growth holds."
            case (true, false?): "Linear growth holds, but the dense head does not grow quadratically here."
            case (true, nil): "Linear growth holds; there is no dense linear head to hold it against."
            case (false, _): "Linear growth does not hold for \(NumberText.list(others))."
            }
        return """
            Head parameters grow as \(NumberText.list(exponents)) from T = \(NumberText.count(own.leadingFrom)) on. \(judgement)
            """
    }

    /// What else grows linearly: the claim is then not about circuits.
    private func alsoLinear(_ quantum: [String]) -> String? {
        let others = sweep.labels.filter { !quantum.contains($0) && isLinear($0) }
        guard !others.isEmpty, !quantum.isEmpty else { return nil }
        return """
            \(NumberText.list(others)) \(others.count == 1 ? "grows" : "grow") linearly too: linear growth alone says nothing \
            for a circuit.
            """
    }

    /// Which heads with a circuit the verdict is not about.
    private func otherCircuits(_ quantum: [String]) -> String? {
        let others = sweep.labels.filter { label in
            !quantum.contains(label) && sweep.rows(of: label).contains(where: \.isQuantum)
        }
        guard !others.isEmpty else { return nil }
        return """
            The verdict is about \(NumberText.list(quantum)); other heads with a circuit \
            (\(others.joined(separator: ", "))) are baselines.
            """
    }

    /// What the trunk does to the first claim.
    private func totals(_ quantum: [String]) -> String? {
        guard let label = quantum.first, let own = sweep.rows(of: label).last,
            let dense = sweep.rows(of: "linear").last(where: { $0.tasks == own.tasks }),
            own.parameters.head > 0, own.parameters.total > 0
        else { return nil }
        func ratio(_ count: (SweepResult.Row) -> Int) -> String {
            NumberText.ratio(Double(count(dense)) / Double(count(own)))
        }
        return """
            At T = \(NumberText.count(own.tasks)) the linear head has \(ratio { $0.parameters.head }) times the head parameters \
            of \(label); with the shared trunk, which grows with T under every head, it has \
            \(ratio { $0.parameters.total }) times as many in all.
            """
    }

    // MARK: Scores

    /// The paper's second claim: as good a score.
    private func scores(_ label: String) -> [String] {
        var sentences: [String] = []
        let scored = sweep.rows(of: label).filter { $0.score != nil }
        if let first = scored.first, let last = scored.last, let from = first.score, let to = last.score,
            first.tasks < last.tasks
        {
            sentences.append(
                """
                From T = \(NumberText.count(first.tasks)) to \(NumberText.count(last.tasks)) the macro test score of \(label) goes \
                from \(NumberText.fixed(from.mean)) to \(NumberText.fixed(to.mean)).
                """)
        }
        for rival in sweep.labels where rival != label {
            if let sentence = standing(label, against: rival) { sentences.append(sentence) }
        }
        return sentences
    }

    /// At which numbers of tasks the head is better, worse or neither.
    private func standing(_ label: String, against rival: String) -> String? {
        let tests = sweep.tests(label, against: rival)
        guard !tests.isEmpty else { return untested(label, against: rival) }
        func counts(_ holds: (HeadComparison.PairedTest) -> Bool) -> [Int] {
            tests.filter { holds($0.test) }.map(\.tasks)
        }
        let level = Verdict.significanceLevel
        let better = counts { $0.p < level && $0.effect > 0 }
        let worse = counts { $0.p < level && $0.effect < 0 }
        let open = counts { $0.p >= level }
        var parts: [String] = []
        if !worse.isEmpty { parts.append("significantly worse at \(Self.places(worse, of: tests.count))") }
        if !better.isEmpty { parts.append("significantly better at \(Self.places(better, of: tests.count))") }
        if !open.isEmpty {
            parts.append("not significantly different at \(Self.places(open, of: tests.count))")
        }
        let differences = tests.map(\.test.effect)
        let range =
            "differences from \(NumberText.signed(differences.min() ?? .nan)) to \(NumberText.signed(differences.max() ?? .nan))"
        var sentence = "Against \(rival), \(label) is \(NumberText.list(parts)) (\(range))."
        if let conclusion = conclusion(label, against: rival, better: better, of: tests.count) {
            sentence += " \(conclusion)"
        }
        return sentence
    }

    /// What being better at some numbers of tasks says, for the two rivals that tell causes apart; never more than that.
    ///
    /// Sliced heads lack the circuit, but are smaller too; separable ones have everything but entangling gates.
    private func conclusion(
        _ label: String, against rival: String, better: [Int], of all: Int
    ) -> String? {
        let places = Self.places(better, of: all)
        switch rival {
        case "sliced" where better.isEmpty:
            return "So at no number of tasks do these runs show that the circuit helps."
        case "sliced":
            let rivals = sweep.rows(of: rival)
            let ratios = sweep.rows(of: label).compactMap { row -> Double? in
                guard better.contains(row.tasks),
                    let other = rivals.first(where: { $0.tasks == row.tasks })?.parameters.head, other > 0
                else { return nil }
                return Double(row.parameters.head) / Double(other)
            }
            if ratios.allSatisfy({ $0 <= 1 }) { return "So the circuit helps at \(places)." }
            let size = ratios.last.map(NumberText.ratio) ?? "n/a"
            return """
                So a linear slice does not account for its score at \(places); with \(size) times the head parameters of \
                \(rival), this alone does not show that it is the circuit that helps.
                """
        case "quantum:separable" where better.isEmpty:
            return "So at no number of tasks do these runs show that entangling gates help."
        case "quantum:separable":
            return "So entangling gates help at \(places)."
        default:
            return nil
        }
    }

    private func untested(_ label: String, against rival: String) -> String? {
        let rivals = sweep.rows(of: rival)
        let differences = sweep.rows(of: label).compactMap { row -> Double? in
            guard let own = row.score, let other = rivals.first(where: { $0.tasks == row.tasks })?.score
            else {
                return nil
            }
            return own.mean - other.mean
        }
        guard let least = differences.min(), let largest = differences.max() else { return nil }
        return """
            Against \(rival), \(label) is untested for want of common seeds (differences from \(NumberText.signed(least)) to \
            \(NumberText.signed(largest))).
            """
    }

    private static func places(_ counts: [Int], of all: Int) -> String {
        counts.count == all && all > 1
            ? "every T" : "T = \(NumberText.list(counts.map { NumberText.count($0) }))"
    }

    // MARK: Cost

    private func cost(_ quantum: [String]) -> String? {
        let texts = (quantum.prefix(1) + ["linear", "sliced"]).compactMap { label -> String? in
            let timed = sweep.rows(of: label).filter { $0.secondsPerStep != nil }
            guard let first = timed.first, let last = timed.last, first.tasks < last.tasks,
                let from = first.secondsPerStep, let to = last.secondsPerStep
            else { return nil }
            return "\(NumberText.duration(from)) to \(NumberText.duration(to)) for \(label)"
        }
        guard let least = sweep.rows.map(\.tasks).min(), let most = sweep.rows.map(\.tasks).max(),
            !texts.isEmpty
        else { return nil }
        return """
            From T = \(NumberText.count(least)) to \(NumberText.count(most)) a training step goes from \
            \(NumberText.list(texts)).
            """
    }

    private var failures: String? {
        sweep.failures.map {
            "\(NumberText.plural($0.count, "run or measurement")) failed and \($0.count == 1 ? "is" : "are") not in these numbers."
        }
    }
}

extension SweepResult {
    /// The growth of a count of the head called `label`; nil for fewer than two numbers of tasks.
    package func growth(of label: String, _ count: (Row) -> Int) -> GrowthFit? {
        let rows = rows(of: label)
        return GrowthFit(tasks: rows.map(\.tasks), values: rows.map { Double(count($0)) })
    }
}
