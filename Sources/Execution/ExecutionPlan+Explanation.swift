extension ExecutionPlan {
    /// What is computed for each sample, a sentence for each group of cones and of task blocks.
    public var explanation: [String] {
        explanation { _ in nil }
    }

    /// The sentences, those on cones ending with what `path` says of their simulation.
    package func explanation(path: (EncodingGroup) -> String?) -> [String] {
        var parts: [(count: Int, noun: String, rest: String)] = []
        func add(_ count: Int, _ noun: String, _ rest: String) {
            if let known = parts.firstIndex(where: { $0.noun == noun && $0.rest == rest }) {
                parts[known].count += count
            } else {
                parts.append((count, noun, rest))
            }
        }
        for group in encodings {
            let program = group.program
            add(
                group.instances.count, "cone",
                "of \(Self.count(program.qubitCount, "qubit")), cut from \(circuit.encoding.qubitCount), with "
                    + Self.count(program.rotationCount, "fused rotation")
                    + (path(group).map { "; \($0)" } ?? ""))
        }
        for group in heads {
            let dimension = 1 << group.program.qubitCount
            add(
                group.members.count, "task block",
                "as a matrix of \(dimension) x \(dimension), with "
                    + Self.count(group.observables.count, "readout"))
        }
        return parts.map { "\(Self.count($0.count, $0.noun)) \($0.rest)" }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
