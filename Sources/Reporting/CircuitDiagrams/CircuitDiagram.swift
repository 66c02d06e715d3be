import Circuits

/// A circuit laid out for drawing: wires, columns of gates, readouts, and words on what is left out.
///
/// A value that the SVG and the text drawing both follow; see `CircuitDiagram(_:taskNames:wireLimit:)`.
public struct CircuitDiagram: Sendable, Equatable {
    /// What a gate shows on one wire.
    enum Symbol: Sendable, Equatable {
        /// A box with the gate's name and, for a rotation, its angle.
        case box(name: String, angle: String?)
        /// The dot of a controlled gate.
        case control
        /// The crossed circle of a controlled X.
        case target
    }

    /// A gate at its place.
    struct Operation: Sendable, Equatable {
        let column: Int
        /// The symbols with their wires, top to bottom.
        let symbols: [Mark]

        var wires: ClosedRange<Int> { symbols[0].wire...symbols[symbols.count - 1].wire }
    }

    /// A gate's symbol on one wire.
    struct Mark: Sendable, Equatable {
        let wire: Int
        let symbol: Symbol
    }

    /// Columns that belong together.
    struct Section: Sendable, Equatable {
        let name: String
        let columns: Range<Int>
    }

    /// What is measured at the end of some wires.
    struct Readout: Sendable, Equatable {
        let wires: [Int]
        let task: String
        let observables: String
    }

    /// The circuit's qubit on each drawn wire.
    let qubits: [Int]
    /// The gates.
    let operations: [Operation]
    /// The encoding, then the task blocks; in order and without gaps.
    let sections: [Section]
    /// The column that stands for gates left out, if there is one.
    let ellipsisColumn: Int?
    /// The measurements, top to bottom.
    let readouts: [Readout]
    /// What is drawn and what is left out, in sentences.
    public let note: String

    /// The number of columns.
    var columnCount: Int { sections.last?.columns.upperBound ?? 0 }
}

/// The symbols a gate is drawn with, by qubit; `angle` names the angles.
func symbols(of gate: Gate, angle name: (Angle) -> String) -> [(qubit: Int, symbol: CircuitDiagram.Symbol)] {
    switch gate {
    case .hadamard(let qubit): [(qubit, .box(name: "H", angle: nil))]
    case .pauli(let pauli, let qubit): [(qubit, .box(name: pauli.rawValue, angle: nil))]
    case .rotation(let axis, let qubit, let angle):
        [(qubit, .box(name: "R\(axis.rawValue)", angle: name(angle)))]
    case .controlledZ(let first, let second): [(first, .control), (second, .control)]
    case .controlledX(let control, let target): [(control, .control), (target, .target)]
    }
}

/// An angle as drawn: features are x, trainable angles carry `letter`.
func angleName(_ angle: Angle, letter: String) -> String {
    switch angle {
    case .constant(let value): NumberText.significant(value)
    case .parameter(let index): letter + subscripted(index)
    case .feature(let index): "x" + subscripted(index)
    }
}

/// The number in subscript digits.
func subscripted(_ number: Int) -> String {
    String(String(number).map { digit in digit.wholeNumberValue.map { Array("₀₁₂₃₄₅₆₇₈₉")[$0] } ?? digit })
}
