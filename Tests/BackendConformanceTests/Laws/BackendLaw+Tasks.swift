import Circuits
import Execution
import LinearAlgebra
import Testing

/// Laws of many tasks on one encoding.
extension BackendLaw {
    /// A task of a wide circuit gives what it gives in a window of two tasks on either side, which hold its cone; nothing
    /// outside the window has a gradient.
    func farQubitsDoNotMatter(_ kind: BackendKind) async throws {
        let count = kind.wideTaskCount
        let outputs = (0..<count).map { [1, 3, 1, 1, 5][$0 % 5] }
        let wide = try Workload.preset(.paper, outputs: outputs, samples: 2)
        let backend = try kind.make()
        for task in Set([0, 1, 4, count / 2, count - 1]) {
            var cotangent = Matrix(rows: 2, columns: wide.circuit.readoutCount)
            for sample in 0..<2 {
                for readout in wide.circuit.readouts[task] {
                    cotangent[sample, readout] = wide.cotangent[sample, readout]
                }
            }
            let workload = wide.replacing(cotangent: cotangent)
            let window = try Window(
                of: workload, outputs: outputs, task: task,
                neighbours: max(0, task - 2)...min(count - 1, task + 2))
            let gradients = try await workload.gradients(on: backend)
            expectEqual(
                window.restricting(gradients), window.workload.reference(), within: Tolerance(kind).value,
                "\(window.workload)")
            let outside = window.excluding(gradients)
            let zeros = [Float](repeating: 0, count: outside.count)
            #expect(distance(outside, zeros) <= Tolerance(kind).value, "\(window.workload)")
        }
    }

    /// Blocks on disjoint registers may be written as the end of the encoding.
    func blocksCanMoveIntoTheEncoding(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        let outputs = (0..<kind.wideTaskCount).map { [1, 3, 1, 1, 5][$0 % 5] }
        let paper = try Workload.preset(.paper, outputs: outputs, samples: 3)
        let random = try (100..<110).map { try Workload.random($0, tasks: 1...1) }
        for workload in [paper] + random {
            let circuit = workload.circuit
            var encoding = Circuit(
                qubitCount: circuit.encoding.qubitCount, parameterCount: circuit.parameterCount,
                featureCount: circuit.featureCount)
            for gate in circuit.encoding.gates { try encoding.append(gate) }
            let tasks = try zip(circuit.tasks, circuit.blockParameters).map { task, parameters in
                for gate in task.block.gates {
                    let placed = gate.relabelled { task.register[$0] }
                    try encoding.append(
                        placed.replacingAngle { $0.shifted(parameters: parameters.lowerBound) })
                }
                return try TaskCircuit(
                    register: task.register, block: Circuit(qubitCount: task.register.count),
                    observables: task.observables)
            }
            let moved = workload.replacing(
                circuit: try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: tasks))
            expectEqual(
                try await moved.gradients(on: backend), try await workload.gradients(on: backend),
                within: Tolerance(kind).value, "\(workload)")
        }
    }

    /// Values and block gradients are those of the task alone; gradients of the encoding are sums over tasks.
    func tasksAreIndependent(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        let hundred = try Workload.preset(
            .deep, outputs: (0..<100).map { [1, 3, 5][$0 % 3] }, sizes: .init(qubits: 5, features: 5),
            samples: 3)
        let random = try (200..<206).map { try Workload.random($0, tasks: 2...5) }
        for workload in [hundred] + random {
            let circuit = workload.circuit
            let together = try await workload.gradients(on: backend)
            var sum = together
            sum.features = Matrix(rows: together.features.rows, columns: together.features.columns)
            sum.parameters = Array(repeating: 0, count: circuit.parameterCount)
            for (index, task) in circuit.tasks.enumerated() {
                let alone = try Workload(
                    "\(workload)",
                    ExecutionPlan(
                        MultiTaskCircuit(encoding: circuit.encoding, stageCount: 1, tasks: [task])),
                    ParameterBatch(
                        features: workload.inputs.features,
                        parameters: Array(
                            workload.inputs.parameters[..<circuit.encoding.parameterCount]
                                + workload.inputs.parameters[circuit.blockParameters[index]])),
                    workload.cotangent.keeping(columns: circuit.readouts[index]))
                let result = try await alone.gradients(on: backend)
                expectEqual(
                    result.expectations, together.expectations.keeping(columns: circuit.readouts[index]),
                    within: Tolerance(kind).value, "task \(index) of \(workload)")
                for entry in sum.features.elements.indices {
                    sum.features.elements[entry] += result.features.elements[entry]
                }
                for parameter in 0..<circuit.encoding.parameterCount {
                    sum.parameters[parameter] += result.parameters[parameter]
                }
                sum.parameters.replaceSubrange(
                    circuit.blockParameters[index],
                    with: result.parameters[circuit.encoding.parameterCount...])
            }
            expectEqual(together, sum, within: Tolerance(kind).value, "\(workload)")
        }
    }
}

/// A task of a circuit in the paper's preset with the encoding of its neighbours only, as a circuit of its own.
private struct Window {
    let workload: Workload
    /// The window's features, trainable angles and readouts among those of the whole circuit.
    private let features: [Int]
    private let parameters: [Int]
    private let readouts: Range<Int>

    init(of whole: Workload, outputs: [Int], task: Int, neighbours: ClosedRange<Int>) throws {
        let circuit = whole.circuit
        let qubits = circuit.tasks[neighbours].flatMap(\.register)
        let positions = (0..<3).flatMap { stage in qubits.map { stage * circuit.encoding.qubitCount + $0 } }
        features = positions  // a stage has one feature and one trainable angle per qubit
        parameters = positions + circuit.blockParameters[task]
        readouts = circuit.readouts[task]
        let window = try Preset.paper.circuit(outputs: Array(outputs[neighbours]))
        workload = Workload(
            "task \(task) of \(circuit.tasks.count)",
            ExecutionPlan(
                try MultiTaskCircuit(
                    encoding: window.encoding, stageCount: 3,
                    tasks: [window.tasks[task - neighbours.lowerBound]])),
            ParameterBatch(
                features: whole.inputs.features.gathering(columns: features),
                parameters: parameters.map { whole.inputs.parameters[$0] }),
            whole.cotangent.keeping(columns: readouts))
    }

    /// The window's part of the whole circuit's gradients.
    func restricting(_ gradients: CircuitGradients) -> CircuitGradients {
        CircuitGradients(
            expectations: gradients.expectations.keeping(columns: readouts),
            features: gradients.features.gathering(columns: features),
            parameters: parameters.map { gradients.parameters[$0] })
    }

    /// The gradients of all that lies outside the window.
    func excluding(_ gradients: CircuitGradients) -> [Float] {
        let (features, parameters) = (Set(features), Set(parameters))
        return gradients.parameters.indices.filter { !parameters.contains($0) }.map {
            gradients.parameters[$0]
        }
            + (0..<gradients.features.columns).filter { !features.contains($0) }
            .flatMap(gradients.features.column)
    }
}

extension Matrix {
    fileprivate func keeping(columns: Range<Int>) -> Matrix { gathering(columns: Array(columns)) }

    fileprivate func gathering(columns: [Int]) -> Matrix {
        Matrix(
            rows: rows, columns: columns.count,
            elements: (0..<rows).flatMap { row in columns.map { self[row, $0] } })
    }
}
