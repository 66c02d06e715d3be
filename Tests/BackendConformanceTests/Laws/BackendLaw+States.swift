import Circuits
import Execution
import LinearAlgebra
import Testing

/// Laws of quantum states that need no second simulator.
extension BackendLaw {
    /// The squared expectation values of all Pauli strings on a pure state of n qubits add up to 2^n, the identity's 1
    /// included: `Tr(rho^2) = 1` in the Pauli basis.
    func statesStayNormalised(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for qubits in 1...3 {
            var random = RandomCircuits(qubits)
            let strings = PauliString.all(qubits: qubits)
            for _ in 0..<4 {
                let encoding = random.circuit(
                    qubits: qubits, gateCount: 40, parameters: 4, features: 4)
                let block = random.circuit(qubits: qubits, gateCount: 20, parameters: 4)
                let task = try TaskCircuit(
                    register: random.shuffled(0..<qubits), block: block, observables: strings)
                let circuit = try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: [task])
                let workload = Workload("\(qubits) qubits", circuit, samples: 5, &random)
                let values = try await workload.expectations(on: backend)
                let purities = (0..<5).map { values.row($0).reduce(0) { $0 + $1 * $1 } }
                let pure = [Float](repeating: Float(1 << qubits) - 1, count: 5)
                // A sum of 4^n squares, each twice as far off as its value.
                let tolerance = 2 * Double(strings.count) * Tolerance(kind).value
                #expect(distance(purities, pure) <= tolerance)
                #expect(values.elements.allSatisfy { abs($0) <= 1 + Float(Tolerance(kind).value) })
            }
        }
    }

    /// Behind a circuit and its inverse every product of Z reads 1, its maximum, so that all gradients vanish.
    func inversesUndoCircuits(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for index in 0..<8 {
            var random = RandomCircuits(index)
            let qubits = random.integer(in: 1...6)
            let strings = PauliString.all(qubits: min(qubits, 3)).filter {
                $0.factors.allSatisfy { $0.pauli == .z }
            }
            let circuit = random.circuit(qubits: qubits, gateCount: 8 * qubits, parameters: 2 * qubits)
            let inverse = circuit.inverse
            let register = random.shuffled(0..<qubits)

            // The inverse in the encoding, then in the block, where it meets the register's qubits in their order.
            let inverseInEncoding = try MultiTaskCircuit(
                encoding: circuit.followed(by: inverse), stageCount: 1,
                tasks: [
                    TaskCircuit(register: register, block: Circuit(qubitCount: qubits), observables: strings)
                ])
            var placed = Circuit(qubitCount: qubits, parameterCount: inverse.parameterCount)
            for gate in inverse.gates { try placed.append(gate.relabelled { register.firstIndex(of: $0)! }) }
            let inverseInBlock = try MultiTaskCircuit(
                encoding: circuit, stageCount: 1,
                tasks: [TaskCircuit(register: register, block: placed, observables: strings)])

            let angles = random.angles(circuit.parameterCount)
            let inputs = ParameterBatch(
                features: Matrix(rows: 1, columns: 0), parameters: angles + angles.map { -$0 })
            for whole in [inverseInEncoding, inverseInBlock] {
                let result = try await backend.gradients(
                    ExecutionPlan(whole), inputs: inputs,
                    cotangent: Cotangent(Matrix(rows: 1, columns: strings.count, repeating: 1)))
                expectEqual(
                    result.expectations, Matrix(rows: 1, columns: strings.count, repeating: 1),
                    within: Tolerance(kind).value, "circuit \(index)")
                let none = [Float](repeating: 0, count: whole.parameterCount)
                let tolerance = Double(strings.count) * Tolerance(kind).value
                #expect(distance(result.parameters, none) <= tolerance)
            }
        }
    }

    /// A permutation of the qubits, applied to encoding and registers, changes nothing.
    func wiresCanBeRelabelled(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        let paper = try Workload.preset(.paper, outputs: [1, 3, 1, 1], samples: 3)
        let workloads = try [paper] + (0..<10).map { try Workload.random($0) }
        for (index, workload) in workloads.enumerated() {
            var random = RandomCircuits(index)
            let circuit = workload.circuit
            let label = random.shuffled(0..<circuit.encoding.qubitCount)
            var encoding = Circuit(
                qubitCount: label.count, parameterCount: circuit.encoding.parameterCount,
                featureCount: circuit.featureCount)
            for gate in circuit.encoding.gates { try encoding.append(gate.relabelled { label[$0] }) }
            let tasks = try circuit.tasks.map { task in
                try TaskCircuit(
                    register: task.register.map { label[$0] }, block: task.block,
                    observables: task.observables)
            }
            let relabelled = workload.replacing(
                circuit: try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: tasks))
            expectEqual(
                try await relabelled.gradients(on: backend), try await workload.gradients(on: backend),
                within: Tolerance(kind).value, "\(workload)")
        }
    }
}
