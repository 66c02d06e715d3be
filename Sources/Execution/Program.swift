import Circuits

/// A circuit in the two operations that batched simulators run: fused rotations and layers of controlled Z.
///
/// Every one-qubit gate is a product of rotations up to a global phase, and controlled X is controlled Z between
/// rotations of its target, so two kinds of loops serve all gates.
package struct Program: Hashable, Sendable {
    /// The angle of a rotation.
    package enum SlotAngle: Hashable, Sendable {
        /// A fixed angle, in radians.
        case constant(Double)
        /// What fills a parameter slot.
        case parameter(Int)
        /// What fills a feature slot.
        case feature(Int)
    }

    /// A rotation `exp(-i a P / 2)` within a fused one.
    package struct Factor: Hashable, Sendable {
        /// The axis `P`.
        package let axis: Pauli
        /// The angle `a`.
        package let angle: SlotAngle
    }

    /// One step of a program.
    package enum Operation: Hashable, Sendable {
        /// Rotations on one qubit, first to last.
        case rotate(qubit: Int, factors: [Factor])
        /// Controlled Z on each of the pairs, which may share qubits.
        case controlledZ(pairs: [[Int]])
    }

    /// The number of qubits.
    package let qubitCount: Int
    /// The steps, first to last.
    package let operations: [Operation]
    /// The number of slots that features fill.
    package let featureSlotCount: Int
    /// The number of slots that trainable angles fill.
    package let parameterSlotCount: Int

    /// The amplitudes of a state.
    package var dimension: Int { 1 << qubitCount }

    /// The number of two-by-two matrices applied to a state.
    package var rotationCount: Int {
        operations.reduce(0) { count, operation in
            switch operation {
            case .rotate: count + 1
            case .controlledZ: count
            }
        }
    }

    /// The number of rotations that lead: at most one a qubit, they turn |0..0> into a product state.
    package var openingRotationCount: Int {
        operations.prefix { operation in
            switch operation {
            case .rotate: true
            case .controlledZ: false
            }
        }.count
    }
}

/// A program with the features and trainable angles of the circuit it was lowered from, by slot.
package struct LoweredCircuit: Sendable {
    /// The program, on qubits relabelled by `qubits`.
    package let program: Program
    /// The feature in each feature slot.
    package let features: [Int]
    /// The trainable angle in each parameter slot.
    package let parameters: [Int]

    /// Lowers `gates`; program qubit `i` is the circuit's `qubits[i]`.
    package init(_ gates: [Gate], qubits: [Int]) {
        let position = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        var lowering = Lowering(qubitCount: qubits.count)
        for gate in gates { lowering.append(gate.relabelled { position[$0]! }) }
        lowering.finish()
        program = Program(
            qubitCount: qubits.count, operations: lowering.operations,
            featureSlotCount: lowering.features.count, parameterSlotCount: lowering.parameters.count)
        features = lowering.features
        parameters = lowering.parameters
    }
}

/// Gathers gates into operations.
///
/// Rotations wait on their qubit, controlled Z gates wait in one layer; a waiting rotation and a waiting layer never share
/// a qubit, so either may be emitted first.
private struct Lowering {
    var operations: [Program.Operation] = []
    var features: [Int] = []
    var parameters: [Int] = []
    private var waiting: [[Program.Factor]]
    private var layer: [[Int]] = []
    private var slots: [Angle: Program.SlotAngle] = [:]

    init(qubitCount: Int) { waiting = Array(repeating: [], count: qubitCount) }

    mutating func append(_ gate: Gate) {
        for primitive in gate.primitives {
            switch primitive {
            case .rotation(let axis, let qubit, let angle): rotate(qubit, axis, angle)
            case .controlledZ(let first, let second): controlZ(first, second)
            }
        }
    }

    /// Emits what still waits and puts rotations between two layers, which commute, into the order of their qubits, so
    /// that cones of one shape get one program in whatever order their gates were written.
    mutating func finish() {
        emitLayer()
        for qubit in waiting.indices { emitRotations(on: qubit) }
        var sorted: [Program.Operation] = []
        var run: [Int: [Program.Factor]] = [:]
        func closeRun() {
            sorted.append(contentsOf: run.keys.sorted().map { .rotate(qubit: $0, factors: run[$0]!) })
            run = [:]
        }
        for operation in operations {
            switch operation {
            case .rotate(let qubit, let factors): run[qubit, default: []] += factors
            case .controlledZ:
                closeRun()
                sorted.append(operation)
            }
        }
        closeRun()
        operations = sorted
    }

    private mutating func rotate(_ qubit: Int, _ axis: Pauli, _ angle: Angle) {
        if layer.contains(where: { $0.contains(qubit) }) { emitLayer() }
        let factor = Program.Factor(axis: axis, angle: slot(angle))
        // Fixed rotations that cancel (RY(-pi/2) RY(pi/2) between controlled X gates) are dropped.
        if case .constant(let value) = angle, let last = waiting[qubit].last, last.axis == axis,
            case .constant(let before) = last.angle
        {
            waiting[qubit].removeLast()
            if value + before == 0 { return }
            waiting[qubit].append(Program.Factor(axis: axis, angle: .constant(value + before)))
        } else {
            waiting[qubit].append(factor)
        }
    }

    private mutating func controlZ(_ first: Int, _ second: Int) {
        emitRotations(on: first)
        emitRotations(on: second)
        let pair = [min(first, second), max(first, second)]
        if let same = layer.firstIndex(of: pair) { layer.remove(at: same) } else { layer.append(pair) }
    }

    private mutating func emitRotations(on qubit: Int) {
        guard !waiting[qubit].isEmpty else { return }
        operations.append(.rotate(qubit: qubit, factors: waiting[qubit]))
        waiting[qubit] = []
    }

    private mutating func emitLayer() {
        guard !layer.isEmpty else { return }
        operations.append(.controlledZ(pairs: layer.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }))
        layer = []
    }

    private mutating func slot(_ angle: Angle) -> Program.SlotAngle {
        if let known = slots[angle] { return known }
        let slot: Program.SlotAngle
        switch angle {
        case .constant(let value): return .constant(value)
        case .parameter(let index):
            slot = .parameter(parameters.count)
            parameters.append(index)
        case .feature(let index):
            slot = .feature(features.count)
            features.append(index)
        case .product: preconditionFailure("a plain circuit has no products")
        }
        slots[angle] = slot
        return slot
    }
}
