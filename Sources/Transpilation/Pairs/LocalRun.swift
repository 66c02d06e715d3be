import Circuits

/// Gates on one qubit, one after the other.
struct LocalRun: Hashable {
    private(set) var gates: [Gate] = []

    init(_ gates: [Gate]) { for gate in gates { append(gate) } }

    /// Appends a gate; it may cancel the last one or join it.
    mutating func append(_ gate: Gate) {
        switch (gates.last, gate) {
        case (.hadamard?, .hadamard): gates.removeLast()
        case (.pauli(let last, _)?, .pauli(let pauli, _)) where last == pauli: gates.removeLast()
        case (
            .rotation(let last, let qubit, .constant(let before))?,
            .rotation(let axis, _, .constant(let value))
        )
        where last == axis:
            gates.removeLast()
            if before + value != 0 { gates.append(.rotation(axis, qubit, .constant(before + value))) }
        case (_, _): gates.append(gate)
        }
    }

    mutating func append(_ run: LocalRun) { for gate in run.gates { append(gate) } }

    /// Whether no angle depends on a feature or a trainable angle.
    var isConstant: Bool {
        gates.allSatisfy { gate in
            switch gate.angle {
            case .constant, nil: true
            case .parameter, .feature, .product: false
            }
        }
    }

    /// The unitary of a constant run.
    var constantUnitary: QubitUnitary { QubitUnitary(gates) { $0.factor } }

    /// Whether the run is the identity up to a phase, whatever its open angles are.
    var isIdentity: Bool {
        if gates.isEmpty { return true }
        guard isConstant else { return false }
        let unitary = constantUnitary
        return unitary.c.length < QubitUnitary.negligible
            && (unitary.a - unitary.d).length < QubitUnitary.negligible
    }

    /// Whether the run is diagonal, whatever its open angles are.
    var isDiagonal: Bool {
        let isWritten = gates.allSatisfy { gate in
            switch gate {
            case .pauli(.z, _), .rotation(.z, _, _): true
            case .pauli, .rotation, .hadamard, .controlledZ, .controlledX: false
            }
        }
        return isWritten || isConstant && constantUnitary.c.length < QubitUnitary.negligible
    }
}
