import CVectorKernels
import Circuits
import Execution

/// A program in the form the inner loops read.
final class CompiledProgram {
    let qubitCount: Int
    let rows: AngleRows
    private let operations: UnsafeMutableBufferPointer<qmtl_operation>
    private let factors: UnsafeMutableBufferPointer<qmtl_factor>
    private let signs: UnsafeMutableBufferPointer<UInt8>
    private let laneSigns: UnsafeMutableBufferPointer<UInt16>
    private let layers: UnsafeMutableBufferPointer<qmtl_layer>
    /// For every operation, whether it is a rotation, and of which qubit.
    let rotatedQubits: [Int?]
    let pointer: UnsafeMutablePointer<qmtl_program>

    /// The number of amplitudes.
    var dimension: Int { 1 << qubitCount }
    /// The numbers of work space that a thread needs to run the program.
    var scratchSize: Int { qmtl_scratch_size(pointer) }

    /// Compiles `program`.
    ///
    /// - Parameters:
    ///   - program: What is to be run.
    ///   - readQubits: For tiles of states that may run in layers, the qubits that are read.
    ///   - laneQubits: For single wide states, how many of the highest qubits are lanes.
    init(_ program: Program, readQubits: Set<Int>? = nil, laneQubits: Int? = nil) {
        qubitCount = program.qubitCount
        let opening = program.openingRotationCount
        let layered = readQubits.flatMap {
            ProgramLayers(program, openingCount: opening, readQubits: $0)
        }
        var writer = ProgramWriter(program, laneQubits: laneQubits)
        var layers: [qmtl_layer] = []
        if let layered {
            program.operations.prefix(opening).forEach { writer.append($0) }
            for layer in layered.layers {
                layers.append(
                    qmtl_layer(
                        signs: layer.pairs.isEmpty ? -1 : writer.appendSigns(layer.pairs),
                        first: Int32(writer.operations.count), turn_count: Int32(layer.turns.count),
                        whole_count: Int32(layer.wholes.count)))
                (layer.turns + layer.wholes).forEach { writer.append(program.operations[$0]) }
            }
        } else {
            program.operations.forEach { writer.append($0) }
        }
        rotatedQubits = program.operations.map { operation in
            switch operation {
            case .rotate(let qubit, _): qubit
            case .controlledZ: nil
            }
        }
        rows = AngleRows(
            featureSlotCount: program.featureSlotCount, parameterSlotCount: program.parameterSlotCount,
            constants: writer.constants)
        operations = .copy(writer.operations)
        factors = .copy(writer.factors)
        signs = .copy(writer.signs)
        laneSigns = .copy(writer.laneSigns)
        self.layers = .copy(layers)
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_program(
                qubits: Int32(program.qubitCount), operation_count: Int32(operations.count),
                opening_count: Int32(opening), operations: operations.baseAddress,
                factors: factors.baseAddress, signs: signs.baseAddress, lane_signs: laneSigns.baseAddress,
                layer_count: Int32(layers.count), layers: self.layers.baseAddress))
    }

    deinit {
        operations.deallocate()
        factors.deallocate()
        signs.deallocate()
        laneSigns.deallocate()
        layers.deallocate()
        pointer.deallocate()
    }
}

/// The qubits of a register, in the form the inner loops read.
final class CompiledRegister {
    let width: Int
    private let positions: UnsafeMutableBufferPointer<Int32>
    let pointer: UnsafeMutablePointer<qmtl_register>

    /// The number of entries of a reduced state, `4^width`.
    var entries: Int { 1 << (2 * width) }

    /// A register of states on `stateQubits` qubits.
    init(_ register: [Int], stateQubits: Int) {
        width = register.count
        positions = .copy(register.map { Int32($0) })
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: qmtl_register(
                qubits: Int32(stateQubits), width: Int32(register.count), positions: positions.baseAddress))
    }

    deinit {
        positions.deallocate()
        pointer.deallocate()
    }
}

extension qmtl_observable {
    /// A Pauli string: X flips, Z signs, Y does both and adds a quarter turn.
    init(_ string: PauliMasks) {
        self.init(
            flip_mask: string.flips, sign_mask: string.signs,
            quarter: Int32((string.flips & string.signs).nonzeroBitCount))
    }
}

extension UnsafeMutableBufferPointer {
    /// A copy that stays where it is until it is deallocated.
    static func copy(_ array: [Element]) -> Self {
        let buffer = allocate(capacity: array.count)
        _ = buffer.initialize(from: array)
        return buffer
    }
}
