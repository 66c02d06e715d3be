import CVectorKernels
import Execution

/// A program's operations behind its opening rotations in layers: some controlled Z, then rotations of different qubits.
///
/// Layers are cheaper than one rotation after the other (`layers.h`): what a rotation does about Z joins the controlled Z in
/// one diagonal, the rest is real.
struct ProgramLayers {
    /// Controlled Z, then rotations of different qubits.
    struct Layer {
        /// Pairs of qubits; none where the layer has no controlled Z.
        var pairs: [[Int]] = []
        /// Operations of the program, by qubit, whose rotations are turns.
        var turns: [Int] = []
        /// The others: each is the last on a qubit that is read.
        var wholes: [Int] = []

        fileprivate var isEmpty: Bool { pairs.isEmpty && turns.isEmpty && wholes.isEmpty }
    }

    /// The layers, first to last.
    private(set) var layers: [Layer] = []

    /// The fewest qubits and turns per layer for which a diagonal a layer is worth it, as measured.
    private static var leastQubits: Int { 6 }

    /// The layers of the operations behind the first `openingCount`, or nil where these are better done one by one.
    ///
    /// - Parameters:
    ///   - program: What is to be run.
    ///   - openingCount: Its leading rotations, which make a product state.
    ///   - readQubits: The qubits whose states are reduced or read at the end.
    init?(_ program: Program, openingCount: Int, readQubits: Set<Int>) {
        guard program.qubitCount >= Self.leastQubits else { return nil }
        var lastRotation: [Int: Int] = [:]
        for (index, operation) in program.operations.enumerated() {
            if case .rotate(let qubit, _) = operation { lastRotation[qubit] = index }
        }
        var layer = Layer()
        var rotated: Set<Int> = []
        func close() {
            if !layer.isEmpty { layers.append(layer) }
            (layer, rotated) = (Layer(), [])
        }
        for (index, operation) in program.operations.enumerated().dropFirst(openingCount) {
            switch operation {
            case .controlledZ(let pairs):
                if !rotated.isEmpty { close() }
                layer.pairs += pairs
            case .rotate(let qubit, _):
                if rotated.contains(qubit) { close() }
                rotated.insert(qubit)
                if readQubits.contains(qubit), lastRotation[qubit] == index {
                    layer.wholes.append(index)
                } else {
                    layer.turns.append(index)
                }
            }
        }
        // What the last turns leave to a diagonal.
        let leavesDiagonal = !layer.turns.isEmpty
        close()
        if leavesDiagonal { layers.append(Layer()) }
        for index in layers.indices {
            layers[index].turns.sort { program.qubit($0) < program.qubit($1) }
        }
        let turnCount = layers.reduce(0) { $0 + $1.turns.count }
        guard 2 * turnCount >= layers.count * program.qubitCount else { return nil }
    }
}

extension Program {
    /// The qubit of a rotation.
    fileprivate func qubit(_ operation: Int) -> Int {
        switch operations[operation] {
        case .rotate(let qubit, _): qubit
        case .controlledZ: -1
        }
    }
}
