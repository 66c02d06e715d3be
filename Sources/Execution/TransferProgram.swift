import Circuits
import Noise

/// A noisy circuit on the expectation values of all Pauli operators: its operations are real matrices.
///
/// A state of `n` qubits is a vector of `4^n` real numbers `Tr(P rho)`; the index of `P` has a base-4 digit (I, X, Y, Z) per
/// qubit. In this picture rotations turn the three axes of a qubit, channels of Pauli operators are diagonal, controlled Z
/// permutes with signs, and leaving a qubit out of account keeps the entries that have an I there.
package struct TransferProgram: Hashable, Sendable {
    /// A matrix that acts on one qubit, within a fused one.
    package enum Factor: Hashable, Sendable {
        /// A rotation about an axis by the angle in a slot, or back.
        case rotation(axis: Pauli, angle: Program.SlotAngle, inverse: Bool)
        /// A fixed matrix.
        case fixed(TransferMatrix)

        /// The fixed matrix, if it is one.
        package var matrix: TransferMatrix? {
            if case .fixed(let matrix) = self { matrix } else { nil }
        }
    }

    /// One step of a program.
    package enum Action: Hashable, Sendable {
        /// Matrices on one qubit, first to last.
        case single(qubit: Int, factors: [Factor])
        /// A fixed matrix on two qubits, the lower one first.
        case pair(lower: Int, upper: Int, matrix: TransferMatrix)

        fileprivate var highestQubit: Int {
            switch self {
            case .single(let qubit, _): qubit
            case .pair(_, let upper, _): upper
            }
        }
    }

    /// A step with the number of qubits that still matter when it runs: the lowest ones.
    package struct Operation: Hashable, Sendable {
        package let action: Action
        package let activeQubits: Int
    }

    /// The number of qubits.
    package let qubitCount: Int
    /// The steps, first to last.
    package let operations: [Operation]
    /// Per qubit, what acts on |0> before anything else; nil where the program starts from any state.
    package let opening: [[Factor]]?
    /// The number of qubits that matter behind the last step.
    package let finalQubits: Int
    /// The number of slots that features fill.
    package let featureSlotCount: Int
    /// The number of slots that trainable angles fill.
    package let parameterSlotCount: Int

    /// The number of entries of a state.
    package var dimension: Int { 1 << (2 * qubitCount) }

    /// The entries of all states that one gradient needs: those before each fused matrix with an angle.
    package var tapeSize: Int {
        operations.reduce(0) { sum, operation in
            switch operation.action {
            case .single(_, let factors) where factors.contains { $0.matrix == nil }:
                sum + (1 << (2 * operation.activeQubits))
            case .single, .pair: sum
            }
        }
    }
}

/// A transfer program with the features and trainable angles of the circuit it was lowered from, by slot.
struct LoweredTransfer {
    let program: TransferProgram
    /// The feature in each feature slot.
    let features: [Int]
    /// The trainable angle in each parameter slot.
    let parameters: [Int]

    /// Lowers the `kept` steps of `circuit`; program qubit `i` is the circuit's `qubits[i]`.
    ///
    /// `registers` are the program's qubits that are read at the end; nil for a block, whose qubits all matter and which
    /// starts from any state.
    init(_ circuit: NoisyCircuit, kept: [Int], qubits: [Int], registers: [[Int]]?) {
        let position = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        var lowering = TransferLowering(qubitCount: qubits.count, startsAtZero: registers != nil)
        for index in kept {
            switch circuit.steps[index] {
            case .gate(let gate, let inverse, _):
                lowering.append(gate.relabelled { position[$0]! }, inverse: inverse)
            case .channel(let matrix, let places):
                let (own, wires) = NoisyCircuit.cut(matrix, on: places, to: position)
                if !wires.isEmpty { lowering.append(own, on: wires) }
            }
        }
        lowering.finish()
        let read = registers?.joined().reduce(0) { max($0, $1 + 1) } ?? qubits.count
        var active = read
        let operations = lowering.actions.reversed().map { action in
            active = max(active, action.highestQubit + 1)
            return TransferProgram.Operation(action: action, activeQubits: active)
        }
        features = lowering.features
        parameters = lowering.parameters
        program = TransferProgram(
            qubitCount: qubits.count, operations: operations.reversed(), opening: lowering.opening,
            finalQubits: read, featureSlotCount: features.count, parameterSlotCount: parameters.count)
    }
}
