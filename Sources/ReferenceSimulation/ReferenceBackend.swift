import Circuits
import Execution
import LinearAlgebra

/// The slow backend that others are compared with: `ReferenceSimulator` behind the backend protocol.
public actor ReferenceBackend: Backend {
    /// What this backend is and can do.
    public nonisolated let capabilities = BackendCapabilities(
        name: "reference", device: "1 thread, dense states, double precision", threads: 1)
    private let executor = BackendExecutor(label: "qmtl.reference")
    private let memory: Int

    /// The queue the backend's work runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A backend that uses at most `memory` bytes for states; by default half of what is free.
    public init(memory: Int = MemoryBudget.halfOfFree()) { self.memory = memory }

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError.outOfMemory` when the whole circuit's states do not fit: nothing is cut here.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        try checkMemory(for: plan)
        let (features, parameters) = (inputs.features.doubles, inputs.parameters.map(Double.init))
        let values =
            if let noise = plan.noise {
                NoisySimulator(plan.circuit, noise: noise, folds: plan.folds)
                    .expectations(features: features, parameters: parameters)
            } else {
                ReferenceSimulator.expectations(plan.circuit, features: features, parameters: parameters)
            }
        return Matrix(doubles: values, columns: plan.circuit.readoutCount)
    }

    /// Expectation values and the gradients of features and trainable angles.
    /// - Throws: `BackendError.outOfMemory` when the whole circuit's states do not fit: nothing is cut here.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        try checkMemory(for: plan)
        let columns = plan.circuit.readoutCount
        let (features, parameters) = (inputs.features.doubles, inputs.parameters.map(Double.init))
        let slope = { (sample: Int, values: [Double]) in
            cotangent(Matrix(doubles: [values], columns: columns), samples: sample..<sample + 1)
                .elements.map(Double.init)
        }
        let gradients =
            if let noise = plan.noise {
                NoisySimulator(plan.circuit, noise: noise, folds: plan.folds)
                    .gradients(features: features, parameters: parameters, cotangent: slope)
            } else {
                ReferenceSimulator.gradients(
                    plan.circuit, features: features, parameters: parameters, cotangent: slope)
            }
        return CircuitGradients(
            expectations: Matrix(doubles: gradients.expectations, columns: columns),
            features: Matrix(doubles: gradients.features, columns: plan.circuit.featureCount),
            parameters: gradients.parameters.map { Float($0) })
    }

    /// A sweep holds the encoded state, a task's state, the cotangents of both and a scratch copy; under noise, the density
    /// matrix behind every step of the encoding and of one task.
    private func checkMemory(for plan: ExecutionPlan) throws(BackendError) {
        let circuit = plan.circuit
        let qubits = circuit.encoding.qubitCount
        var (copies, indexBits) = (5, qubits)
        if plan.noise != nil {
            let gates = circuit.encoding.gates.count + circuit.tasks.reduce(0) { $0 + $1.block.gates.count }
            (copies, indexBits) = (8 + gates * 8 * (2 * plan.folds + 1), 2 * qubits)
        }
        let (bytes, overflow) = (copies * MemoryLayout<StateVector.Amplitude>.stride)
            .multipliedReportingOverflow(by: 1 << min(indexBits, Int.bitWidth - 2))
        let needed = overflow ? Int.max : bytes
        guard needed <= memory else {
            throw .outOfMemory(qubits: qubits, neededBytes: needed, availableBytes: memory)
        }
    }
}

extension Matrix {
    /// The matrix in double precision, row by row.
    fileprivate var doubles: [[Double]] { (0..<rows).map { row($0).map(Double.init) } }

    /// The nearest single-precision matrix to `rows`, each of `columns` elements.
    fileprivate init(doubles rows: [[Double]], columns: Int) {
        self.init(rows: rows.count, columns: columns, elements: rows.joined().map { Float($0) })
    }
}
