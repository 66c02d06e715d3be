import Circuits
import Execution
import LinearAlgebra
import Testing

/// Laws of gradients task by task.
extension BackendLaw {
    /// A task's gradients are those with the cotangents of all others at zero, and their sum is the gradient of the whole.
    func taskGradientsAreShares(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        let workloads =
            try [
                Workload.preset(.paper, outputs: [1, 3, 1, 1, 5], samples: 3),
                Workload.preset(.paper, outputs: [1], samples: 1),
                Workload.preset(
                    .deep, outputs: [1, 3, 5, 1, 1, 1], sizes: .init(qubits: 5, features: 10),
                    samples: 7),
                // More tasks than Pauli strings that their observables are sums of.
                Workload.preset(
                    .deep, outputs: Array(repeating: 1, count: 19),
                    sizes: .init(qubits: 4, features: 11, register: 3, layers: 1), samples: 21),
                Workload.preset(
                    .deep, outputs: Array(repeating: 3, count: 17) + Array(repeating: 1, count: 18),
                    sizes: .init(qubits: 3, features: 5, register: 2, layers: 1), samples: 3),
                Self.readingSeveralCones(),
            ] + (800..<806).map { try Workload.random($0, tasks: 1...4) }
            + (820..<824).map {
                try Workload.random($0, qubits: 1...4, tasks: 2...3).underRandomNoise($0)
            }
        for workload in workloads {
            let result = try await backend.taskGradients(
                workload.plan, inputs: workload.inputs, cotangent: Cotangent(workload.cotangent))
            let whole = try await workload.gradients(on: backend)
            expectEqual(
                result.sum(in: workload.circuit), whole, within: Tolerance(kind).value,
                "the sum of \(workload)")
            for task in workload.circuit.tasks.indices {
                let masked = workload.cotangent.zeroed(outside: [workload.circuit.readouts[task]])
                let alone = try await workload.replacing(cotangent: masked).gradients(on: backend)
                let share = result.share(of: task, in: workload.circuit)
                expectEqual(share, alone, within: Tolerance(kind).value, "task \(task) of \(workload)")
            }
        }
    }

    /// Tasks without gates of their own, whose observables lie far apart, so that each is read from a cone of its own.
    private static func readingSeveralCones() throws -> Workload {
        var random = RandomCircuits(830)
        let encoding = Encoding(
            qubitCount: 7, featureCount: 12,
            stages: [
                EncodingStage(data: .x, trainable: [.z, .y], entangler: Entangler(.brickwork)),
                EncodingStage(data: .y, trainable: [.z], entangler: .none),
            ])
        let tasks = try [[0, 6], [1, 5, 3], [6, 0]].map { register in
            try TaskCircuit(
                register: register, block: TaskBlock.none.circuit(qubitCount: register.count),
                observables: register.indices.map { .z($0) })
        }
        let workload = Workload(
            "tasks that read several cones",
            try MultiTaskCircuit(encoding: encoding.circuit, stageCount: 2, tasks: tasks), samples: 5, &random
        )
        #expect(!workload.plan.readsOneConePerTask)
        return workload
    }

    /// Bit for bit: the number of threads decides nothing; the cotangent asks for the expectation values.
    func taskGradientsAreReproducible(_ kind: BackendKind) async throws {
        for workload in try [
            Workload.preset(.paper, outputs: [1, 3, 1], samples: 65),
            Workload.preset(.deep, outputs: [1, 1, 5], sizes: .init(qubits: 4, features: 8), samples: 33),
            Workload.preset(
                .deep, outputs: Array(repeating: 1, count: 40),
                sizes: .init(qubits: 5, features: 10, register: 3, layers: 1), samples: 33),
        ] {
            func run(_ backend: any Backend) async throws -> TaskGradients {
                let weights = workload.cotangent
                return try await backend.taskGradients(
                    workload.plan, inputs: workload.inputs,
                    cotangent: Cotangent { values, samples in
                        let part = weights.slice(rows: samples)
                        return Matrix(
                            rows: part.rows, columns: part.columns,
                            elements: zip(part.elements, values.elements).map { $0 * (1 + $1) })
                    })
            }
            let (one, three) = (
                try await run(kind.make(threads: 1)), try await run(kind.make(threads: 3))
            )
            #expect(one.features == three.features && one.encoding == three.encoding, "\(workload)")
            #expect(one.parameters == three.parameters, "\(workload)")
        }
    }
}

extension TaskGradients {
    /// The sum over tasks.
    func sum(in circuit: MultiTaskCircuit) -> CircuitGradients {
        var total = Matrix(rows: expectations.rows, columns: circuit.featureCount)
        for task in circuit.tasks.indices { features.add(task, times: 1, to: &total) }
        return CircuitGradients(expectations: expectations, features: total, parameters: parameters)
    }

    /// One task's gradients of everything.
    func share(of task: Int, in circuit: MultiTaskCircuit) -> CircuitGradients {
        var total = Matrix(rows: expectations.rows, columns: circuit.featureCount)
        features.add(task, times: 1, to: &total)
        var angles = Matrix(rows: 1, columns: circuit.parameterCount)
        encoding.add(task, times: 1, to: &angles)
        for parameter in circuit.blockParameters[task] { angles[0, parameter] = parameters[parameter] }
        return CircuitGradients(expectations: expectations, features: total, parameters: angles.elements)
    }
}
