import Circuits
import LinearAlgebra
import Noise

/// The expectation values of observables at the end of one circuit, with the derivatives of each by the features.
///
/// Each observable is evaluated on its causal cone. Without noise, one on many qubits is turned into Z on one of them by
/// gates at the circuit's end, for the matrix of an observable on q qubits has 4^q elements.
public struct ObservableEvaluation: Sendable {
    /// Observables on more qubits are turned into Z on one.
    private static let widestRegister = 4

    /// The observables, in order.
    public let observables: [PauliString]
    /// Plans of one observable each.
    private let single: [ExecutionPlan]
    /// A plan of all observables on few qubits, which share what they have in common, and their places.
    private let shared: (plan: ExecutionPlan, columns: [Int])?

    /// What is needed to evaluate `observables` at the end of `circuit`, under noise where there is some.
    /// - Throws: `CircuitError.qubitOutOfRange` where an observable has a qubit that the circuit does not have.
    public init(
        of circuit: Circuit, observables: [PauliString], noise: NoiseModel? = nil
    ) throws(CircuitError) {
        // Gates that are added would bring noise of their own.
        let widest = noise == nil ? Self.widestRegister : circuit.qubitCount
        self.observables = observables
        var parts: [MultiTaskCircuit] = []
        for observable in observables {
            for factor in observable.factors where !(0..<circuit.qubitCount).contains(factor.qubit) {
                throw .qubitOutOfRange(index: factor.qubit, qubitCount: circuit.qubitCount)
            }
            parts.append(try Self.measuring(observable, after: circuit, widest: widest))
        }
        single = parts.map { ExecutionPlan($0, noise: noise) }
        let columns = observables.indices.filter { observables[$0].factors.count <= widest }
        let tasks = columns.flatMap { parts[$0].tasks }
        shared =
            columns.isEmpty
            ? nil
            : (
                ExecutionPlan(
                    try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: tasks), noise: noise),
                columns
            )
    }

    /// Expectation values, `[samples x observables]`.
    /// - Throws: `BackendError`.
    public func expectations(
        _ inputs: ParameterBatch, on backend: any Backend
    ) async throws(BackendError) -> Matrix {
        var result = Matrix(rows: inputs.sampleCount, columns: observables.count)
        for (plan, columns) in groups {
            let values = try await backend.expectations(plan, inputs: inputs)
            for row in 0..<values.rows {
                for (index, column) in columns.enumerated() { result[row, column] = values[row, index] }
            }
        }
        return result
    }

    /// Expectation values estimated as a device would, with their standard errors, `[samples x observables]` each.
    ///
    /// Every observable is measured in a setting of its own.
    /// - Throws: `BackendError`.
    public func measure(
        _ inputs: ParameterBatch, on backend: any EstimatingBackend
    ) async throws(BackendError) -> MeasuredExpectations {
        let row = [Double](repeating: 0, count: observables.count)
        let rows = Array(repeating: row, count: inputs.sampleCount)
        var result = MeasuredExpectations(values: rows, standardErrors: rows)
        for (plan, columns) in groups {
            let measured = try await backend.measure(plan, inputs: inputs)
            for row in 0..<inputs.sampleCount {
                for (index, column) in columns.enumerated() {
                    result.values[row][column] = measured.values[row][index]
                    result.standardErrors[row][column] = measured.standardErrors[row][index]
                }
            }
        }
        return result
    }

    /// Plans that together have every observable once, with the places of their observables.
    private var groups: [(plan: ExecutionPlan, columns: [Int])] {
        let alone = single.indices.filter { shared?.columns.contains($0) != true }
        return (shared.map { [$0] } ?? []) + alone.map { (single[$0], [$0]) }
    }

    /// Expectation values `[samples x observables]`, and for each observable its derivatives by the features,
    /// `[samples x features]`.
    /// - Throws: `BackendError`.
    public func gradients(
        _ inputs: ParameterBatch, on backend: any Backend
    ) async throws(BackendError) -> (expectations: Matrix, features: [Matrix]) {
        var expectations = Matrix(rows: inputs.sampleCount, columns: single.count)
        var features: [Matrix] = []
        let one = Cotangent(Matrix(rows: inputs.sampleCount, columns: 1, repeating: 1))
        for (column, plan) in single.enumerated() {
            let gradients = try await backend.gradients(plan, inputs: inputs, cotangent: one)
            for row in 0..<inputs.sampleCount { expectations[row, column] = gradients.expectations[row, 0] }
            features.append(gradients.features)
        }
        return (expectations, features)
    }

    private static func measuring(
        _ observable: PauliString, after circuit: Circuit, widest: Int
    ) throws(CircuitError) -> MultiTaskCircuit {
        let factors = observable.factors
        guard factors.count > widest else {
            let qubits = factors.map(\.qubit)
            let position = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
            let task = try TaskCircuit(
                register: qubits, block: Circuit(qubitCount: qubits.count),
                observables: [observable.relabelled { position[$0]! }])
            return try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task])
        }
        var circuit = circuit
        for factor in factors {
            switch factor.pauli {
            case .x: circuit.appendUnchecked(.hadamard(factor.qubit))
            case .y: circuit.appendUnchecked(.rotation(.x, factor.qubit, .constant(.pi / 2)))
            case .z: break
            }
        }
        // The parity of all is gathered in the last.
        for (control, target) in zip(factors, factors.dropFirst()) {
            circuit.appendUnchecked(.controlledX(control: control.qubit, target: target.qubit))
        }
        let task = try TaskCircuit(
            register: [factors[factors.count - 1].qubit], block: Circuit(qubitCount: 1), observables: [.z(0)])
        return try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: [task])
    }
}
