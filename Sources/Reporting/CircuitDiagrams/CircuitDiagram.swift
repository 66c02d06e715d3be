import Circuits

/// A multi-task circuit chosen and laid out for a picture: wires, columns of gates, readouts, and words on what is left out.
///
/// `Circuits.CircuitDrawing` writes any one circuit as text; this is the picture of an encoding with its tasks.
public struct CircuitDiagram: Sendable, Equatable {
    /// Columns of gates that belong together.
    struct Section: Sendable, Equatable {
        let name: String
        /// The gates, column by column, on wires instead of qubits.
        let columns: [[Gate]]
        /// The number of further columns that are not drawn.
        let omittedColumns: Int
    }

    /// What is measured at the end of some wires.
    struct Readout: Sendable, Equatable {
        let wires: [Int]
        let task: String
        let observables: String
    }

    /// The circuit's qubit on each wire, top to bottom.
    let qubits: [Int]
    /// The encoding, then the task blocks.
    let sections: [Section]
    /// The measurements, top to bottom.
    let readouts: [Readout]
    /// What is drawn and what is left out, in sentences; empty for a circuit drawn in full.
    public let note: String
}

/// The number in subscript digits.
func subscripted(_ number: Int) -> String {
    String(String(number).map { digit in digit.wholeNumberValue.map { Array("₀₁₂₃₄₅₆₇₈₉")[$0] } ?? digit })
}
