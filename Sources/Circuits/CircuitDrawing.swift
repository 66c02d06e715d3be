/// A circuit drawn as text: a line per qubit, time from left to right.
///
/// ```
/// q0: ─┤RX(x0)├─┤RZ(θ0)├─●─
///                        │
/// q1: ─┤RX(x1)├─┤RZ(θ1)├─●─
/// ```
/// Feature angles are `x0, x1, ...`, trainable angles `θ0, θ1, ...`; fixed ones are numbers, in radians. `●` marks the two
/// sides of a controlled Z and the control of a controlled X, `⊕` its target, and `┼` a line that a gate crosses.
public struct CircuitDrawing: Hashable, Sendable, CustomStringConvertible {
    /// The lines of text; a circuit too long for the page continues in a further group of lines after an empty one.
    public let lines: [String]

    /// The drawing of `circuit` on a page of `width` characters; a gate wider than the page is not broken.
    public init(of circuit: Circuit, width: Int = 110) {
        let columns = CircuitLayout(of: circuit, spacing: .lines).columns
            .map { DrawnColumn($0, qubitCount: circuit.qubitCount) }
        let labels = Self.labels(qubitCount: circuit.qubitCount)
        let room = width - (labels.first?.count ?? 0) - 1

        var groups: [[DrawnColumn]] = [[]]
        var used = 0
        for column in columns {
            if used > 0, used + column.width + 1 > room {
                groups.append([])
                used = 0
            }
            groups[groups.count - 1].append(column)
            used += column.width + 1
        }
        lines = Array(groups.map { Self.lines($0, labels) }.joined(separator: [""]))
    }

    /// All lines, without a line break at the end.
    public var description: String { lines.joined(separator: "\n") }

    /// Aligned to the right: `q0: ` in a circuit of up to ten qubits, ` q0: ` in one of up to a hundred.
    private static func labels(qubitCount: Int) -> [String] {
        let width = "q\(max(qubitCount - 1, 0)): ".count
        return (0..<qubitCount).map { qubit in
            let label = "q\(qubit): "
            return String(repeating: " ", count: width - label.count) + label
        }
    }

    private static func lines(_ columns: [DrawnColumn], _ labels: [String]) -> [String] {
        var lines: [String] = []
        for (qubit, label) in labels.enumerated() {
            lines.append(label + "─" + columns.map { $0.onQubit[qubit] + "─" }.joined())
            let links = columns.map { $0.belowQubit[qubit] + " " }.joined()
            if links.contains("│") {
                lines.append(String(repeating: " ", count: label.count + 1) + links.trimmingTrailingSpaces())
            }
        }
        return lines
    }
}

/// A column of a drawing: for every qubit the piece of its line and what is between it and the next; all of one width.
private struct DrawnColumn {
    let width: Int
    let onQubit: [String]
    let belowQubit: [String]

    init(_ gates: [Gate], qubitCount: Int) {
        var marks: [Int: String] = [:]
        var linked: Set<Int> = []
        for gate in gates {
            for (qubit, mark) in gate.marks { marks[qubit] = mark }
            let (first, last) = (gate.qubits.min()!, gate.qubits.max()!)
            for qubit in first..<last {
                linked.insert(qubit)
                if qubit > first { marks[qubit] = "┼" }
            }
        }
        let width = marks.values.map(\.count).max() ?? 0
        self.width = width
        onQubit = (0..<qubitCount).map { (marks[$0] ?? "").centred(in: width, filledWith: "─") }
        belowQubit = (0..<qubitCount).map {
            (linked.contains($0) ? "│" : "").centred(in: width, filledWith: " ")
        }
    }
}

extension Gate {
    /// What is drawn on each of the gate's qubits.
    fileprivate var marks: [(qubit: Int, mark: String)] {
        switch self {
        case .hadamard(let qubit): [(qubit, "┤H├")]
        case .pauli(let pauli, let qubit): [(qubit, "┤\(pauli.rawValue)├")]
        case .rotation(let axis, let qubit, let angle): [(qubit, "┤R\(axis.rawValue)(\(angle))├")]
        case .controlledZ(let first, let second): [(first, "●"), (second, "●")]
        case .controlledX(let control, let target): [(control, "●"), (target, "⊕")]
        }
    }
}

extension Angle: CustomStringConvertible {
    /// `x3` for a feature, `θ3` for a trainable angle, a number of radians to three digits for a constant, `0.5θ3` or
    /// `2x0x1` for a product.
    public var description: String {
        switch self {
        case .constant(let value): "\((value * 1000).rounded() / 1000)"
        case .parameter(let index): "θ\(index)"
        case .feature(let index): "x\(index)"
        case .product(let product):
            product.factorText { "\(($0 * 1000).rounded() / 1000)" }
                + product.parameters.map { "θ\($0)" }.joined() + product.features.map { "x\($0)" }.joined()
        }
    }
}

extension AngleProduct {
    /// The number in front of the entries: nothing for 1, a sign for -1, else what `text` makes of it.
    package func factorText(_ text: (Double) -> String) -> String {
        switch factor {
        case 1: ""
        case -1: "-"
        default: text(factor)
        }
    }
}

extension String {
    fileprivate func centred(in width: Int, filledWith filler: String) -> String {
        let missing = width - count
        return String(repeating: filler, count: missing / 2) + self
            + String(repeating: filler, count: missing - missing / 2)
    }

    fileprivate func trimmingTrailingSpaces() -> String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}
