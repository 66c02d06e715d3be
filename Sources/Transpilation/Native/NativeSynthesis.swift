import Circuits

/// Writes pairs and runs in a device's gates.
///
/// A run takes at most two square roots of X between free rotations about Z, or one RX where the device has it.
/// Source: McKay et al., *Efficient Z gates for quantum computing* (arXiv:1612.00858).
struct NativeSynthesis {
    private let target: DeviceTarget
    /// Gates waiting on each qubit until a two-qubit gate or the end.
    private var waiting: [LocalRun]
    private(set) var instructions: [NativeCircuit.Instruction] = []
    private(set) var runs: [LocalRun] = []
    private(set) var openAngles: [NativeCircuit.OpenAngle] = []

    init(_ steps: [JoinedPairs.Step], target: DeviceTarget) {
        self.target = target
        waiting = Array(repeating: LocalRun([]), count: target.qubitCount)
        for step in steps {
            switch step {
            case .local(let qubit, let run): waiting[qubit].append(run)
            case .pair(let gate, let first, let second): emit(gate, first, second)
            case .rotationZZ(let angle, let first, let second): emitRotationZZ(angle, first, second)
            }
        }
        for qubit in waiting.indices { emitRun(on: qubit) }
    }

    private mutating func emit(_ gate: PairCircuit.PairGate, _ first: Int, _ second: Int) {
        switch gate {
        case .controlledZ: emitControlledZ(first, second)
        case .swap:
            for (control, goal) in [(first, second), (second, first), (first, second)] {
                emitControlledX(control, goal)
            }
        case .swapControlledZ:  // an iSWAP without its phases
            waiting[first].append(.hadamard(first))
            emitControlledX(first, second)
            emitControlledX(second, first)
            waiting[second].append(.hadamard(second))
        }
    }

    private mutating func emitControlledX(_ control: Int, _ goal: Int) {
        waiting[goal].append(.hadamard(goal))
        emitControlledZ(control, goal)
        waiting[goal].append(.hadamard(goal))
    }

    private mutating func emitControlledZ(_ first: Int, _ second: Int) {
        guard let order = target.coupling(first, second)?.order else {
            preconditionFailure("a routed circuit uses couplings of the device")
        }
        let (control, goal) = (order.first, order.second)
        switch target.entangler {
        case .controlledZ:
            emitRun(on: control)
            emitRun(on: goal)
            instructions.append(.entangler(control, goal))
        case .echoedCrossResonance:
            // ECR is X after a controlled X after S and a square root of X, so these are undone around it.
            waiting[control].append(.rotation(.z, control, .constant(-.pi / 2)))
            waiting[goal].append(.hadamard(goal))
            waiting[goal].append(.rotation(.x, goal, .constant(-.pi / 2)))
            emitRun(on: control)
            emitRun(on: goal)
            instructions.append(.entangler(control, goal))
            waiting[control].append(.pauli(.x, control))
            waiting[goal].append(.hadamard(goal))
        }
    }

    private mutating func emitRotationZZ(_ angle: Angle, _ first: Int, _ second: Int) {
        guard let order = target.rotationZZ(first, second) else {
            preconditionFailure("pairs are joined only where the device rotates about ZZ")
        }
        emitRun(on: first)
        emitRun(on: second)
        let native: NativeCircuit.Angle
        switch angle {
        case .feature(let index):
            openAngles.append(.feature(index))
            native = .entry(openAngles.count - 1)
        case .constant(let value): native = .constant(value)
        case .parameter, .product: preconditionFailure("folded angles are constants or features")
        }
        instructions.append(.rotationZZ(native, order.first, order.second))
    }

    private mutating func emitRun(on qubit: Int) {
        let run = waiting[qubit]
        waiting[qubit] = LocalRun([])
        if run.isIdentity { return }
        if run.isConstant {
            emitConstant(run.constantUnitary, on: qubit)
        } else if run.isDiagonal {
            turn(.sum, 0, open(run), qubit)
        } else if target.hasRotationX {
            let index = open(run)
            turn(.lambda, -.pi / 2, index, qubit)
            instructions.append(.rotationX(angle(.theta, 0, index), qubit))
            turn(.phi, .pi / 2, index, qubit)
        } else {
            let index = open(run)
            turn(.lambda, 0, index, qubit)
            instructions.append(.squareRootX(qubit))
            turn(.theta, .pi, index, qubit)
            instructions.append(.squareRootX(qubit))
            turn(.phi, .pi, index, qubit)
        }
    }

    private mutating func emitConstant(_ unitary: QubitUnitary, on qubit: Int) {
        /// Nearer than this to 0, a quarter or half a turn, an angle is that up to rounding.
        let rounding = 1e-9
        let (phi, theta, lambda) = unitary.eulerAngles
        switch theta {
        case ..<rounding: turn(phi + lambda, qubit)
        case (.pi / 2 - rounding)...(.pi / 2 + rounding):
            turn(lambda - .pi / 2, qubit)
            instructions.append(.squareRootX(qubit))
            turn(phi + .pi / 2, qubit)
        case (.pi - rounding)...:
            turn(lambda - .pi / 2, qubit)
            instructions.append(.flip(qubit))
            turn(phi + .pi / 2, qubit)
        case _ where target.hasRotationX:
            turn(lambda - .pi / 2, qubit)
            instructions.append(.rotationX(.constant(theta), qubit))
            turn(phi + .pi / 2, qubit)
        case _:
            turn(lambda, qubit)
            instructions.append(.squareRootX(qubit))
            turn(theta + .pi, qubit)
            instructions.append(.squareRootX(qubit))
            turn(phi + .pi, qubit)
        }
    }

    private mutating func turn(_ value: Double, _ qubit: Int) {
        let angle = value.remainder(dividingBy: 2 * .pi)
        if abs(angle) > QubitUnitary.negligible {
            instructions.append(.rotationZ(.constant(angle), qubit))
        }
    }

    private mutating func turn(_ part: NativeCircuit.EulerPart, _ offset: Double, _ run: Int, _ qubit: Int) {
        instructions.append(.rotationZ(angle(part, offset, run), qubit))
    }

    private mutating func angle(
        _ part: NativeCircuit.EulerPart, _ offset: Double, _ run: Int
    ) -> NativeCircuit.Angle {
        openAngles.append(.euler(run: run, part, offset: offset))
        return .entry(openAngles.count - 1)
    }

    private mutating func open(_ run: LocalRun) -> Int {
        runs.append(run)
        return runs.count - 1
    }
}
