import Execution
import Noise

/// Steps of a noisy program on some of its qubits, as they are compiled for the inner loops.
struct BlockProgram {
    /// One step.
    enum Step {
        /// Matrices on one qubit, first to last.
        case single(qubit: Int, factors: [TransferProgram.Factor])
        /// A fixed matrix on two qubits, the lower one first.
        case pair(lower: Int, upper: Int, matrix: TransferMatrix)
        /// The qubit's images by several matrices, `[4 x 4]` each, side by side.
        case bond(qubit: Int, matrices: [[Double]])
        /// Of the qubit, only that many operators matter from here on: I alone, or I and Z.
        case keep(qubit: Int, count: Int)
    }

    /// A digit of a state's index: the operators on a qubit that matter, four, or two (I and Z).
    struct Digit: Hashable {
        let qubit: Int
        let count: Int
    }

    /// The digits at the start, lowest first.
    let digits: [Digit]
    /// What acts on |0> first, for each digit; nil where the program starts from any state.
    let opening: [[TransferProgram.Factor]]?
    /// The steps, first to last.
    let steps: [Step]

    /// The digits at the end, lowest first.
    var lastDigits: [Digit] { steps.reduce(digits) { Self.digits($0, behind: $1) } }

    /// The digits of a state behind a step.
    static func digits(_ digits: [Digit], behind step: Step) -> [Digit] {
        guard case .keep(let qubit, let count) = step else { return digits }
        return digits.compactMap {
            $0.qubit == qubit ? (count == 1 ? nil : Digit(qubit: qubit, count: count)) : $0
        }
    }

    init(digits: [Digit], opening: [[TransferProgram.Factor]]?, steps: [Step]) {
        self.digits = digits
        self.opening = opening
        self.steps = steps
    }

    /// A whole program.
    init(_ program: TransferProgram) {
        let actions = NeededAction.of(program)
        let used = actions.reduce(into: Set(0..<program.finalQubits)) { $0.formUnion($1.qubits) }
        let qubits = (0..<program.qubitCount).filter { program.opening == nil || used.contains($0) }
        self.init(
            digits: qubits.map { Digit(qubit: $0, count: 4) },
            opening: program.opening.map { opening in qubits.map { opening[$0] } },
            steps: actions.flatMap(\.steps))
    }
}

extension [BlockProgram.Digit] {
    /// The number of entries of a state.
    var size: Int { reduce(1) { $0 * $1.count } }

    /// The distance of entries with neighbouring operators on a qubit; nil where it has no digit.
    func step(_ qubit: Int) -> Int? {
        firstIndex { $0.qubit == qubit }.map { self[..<$0].reduce(1) { $0 * $1.count } }
    }
}
