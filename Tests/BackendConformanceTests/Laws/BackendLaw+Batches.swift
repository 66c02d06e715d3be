import Circuits
import Execution
import LinearAlgebra
import Synchronization
import Testing

/// Laws of batches.
extension BackendLaw {
    func rowsAreIndependent(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for samples in [1, 3, 7, 65, 257] {
            let workloads = try [
                Workload.preset(.paper, outputs: [1, 3], samples: samples),
                Workload.preset(
                    .deep, outputs: [1, 1, 1], sizes: .init(qubits: 4, features: 8), samples: samples),
                Workload.random(samples, qubits: 1...4, samples: samples),
            ]
            for workload in workloads {
                let together = try await workload.gradients(on: backend)
                for row in Set([0, samples / 2, samples - 1]) {
                    let alone = try await workload.keeping(samples: row..<row + 1).gradients(on: backend)
                    expectEqual(
                        together.expectations.slice(rows: row..<row + 1), alone.expectations,
                        within: Tolerance(kind).value, "row \(row) of \(workload)")
                    expectEqual(
                        together.features.slice(rows: row..<row + 1), alone.features,
                        within: Tolerance(kind).value, "row \(row) of \(workload)")
                }
            }
        }
    }

    /// In the least memory that one sample is accepted in, a batch must be split, and nothing else may change.
    func batchesCanBeSplit(_ kind: BackendKind) async throws {
        let workloads = try [
            Workload.preset(.paper, outputs: [1, 3, 1], samples: 257),
            Workload.preset(.deep, outputs: [1, 1, 5], sizes: .init(qubits: 4, features: 8), samples: 257),
            Workload.random(300, qubits: 4...5, samples: 65),
        ]
        for workload in workloads {
            let whole = try await workload.gradients(on: kind.make())
            let backend = try kind.make(memory: await leastMemory(for: workload, kind))
            let launches = Mutex<[Range<Int>]>([])
            let weights = workload.cotangent
            let split = try await backend.gradients(
                workload.plan, inputs: workload.inputs,
                cotangent: Cotangent { _, samples in
                    launches.withLock { $0.append(samples) }
                    return weights.slice(rows: samples)
                })
            expectEqual(split, whole, within: Tolerance(kind).value, "\(workload)")

            let ranges = launches.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
            #expect(ranges.count > 1, "\(workload) is split")
            #expect(ranges.flatMap(Array.init) == Array(0..<workload.inputs.sampleCount), "\(workload)")
        }
    }

    private func leastMemory(for workload: Workload, _ kind: BackendKind) async throws -> Int {
        let sample = workload.keeping(samples: 0..<1)
        var memory = 64
        while true {
            do {
                _ = try await sample.gradients(on: kind.make(memory: memory))
                return memory
            } catch BackendError.outOfMemory(_, let needed, let available) {
                #expect(available == memory)
                #expect(needed > memory)
                memory = max(needed, memory + 1)
            }
        }
    }

    /// To the last bit, on another backend of the same kind, on other numbers of threads and when asked again.
    func resultsAreReproducible(_ kind: BackendKind) async throws {
        let workloads = try [
            Workload.preset(
                .paper, outputs: (0..<kind.wideTaskCount).map { [1, 3, 1, 1, 5][$0 % 5] }, samples: 7),
            Workload.preset(
                .deep, outputs: Array(repeating: 1, count: 40), sizes: .init(qubits: 5, features: 10),
                samples: 65),
            Workload.random(400),
            Workload.preset(.paper, outputs: [1, 3, 1], samples: 33).underRandomNoise(1),
            Workload.preset(.deep, outputs: [1, 1], sizes: .init(qubits: 4, features: 8), samples: 33)
                .underRandomNoise(2),
        ]
        for workload in workloads {
            let backend = try kind.make(threads: 1)
            let first = try await workload.gradients(on: backend)
            let others: [any Backend] = try [
                backend, kind.make(threads: 1), kind.make(threads: 2), kind.make(threads: 5),
            ]
            for other in others {
                let again = try await workload.gradients(on: other)
                #expect(again.expectations == first.expectations, "\(workload)")
                #expect(again.features == first.features, "\(workload)")
                #expect(again.parameters == first.parameters, "\(workload)")
            }
        }
    }

    /// A loss that is quadratic in the expectation values, whose cotangent is the values themselves.
    func cotangentsMayBeFunctions(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        for index in 500..<505 {
            let workload = try Workload.random(index)
            let values = try await workload.expectations(on: backend)
            expectEqual(
                try await backend.gradients(
                    workload.plan, inputs: workload.inputs, cotangent: Cotangent { values, _ in values }),
                try await workload.replacing(cotangent: values).gradients(on: backend),
                within: Tolerance(kind).value, "\(workload)")
        }
    }

    func emptinessIsAllowed(_ kind: BackendKind) async throws {
        let backend = try kind.make()
        let empty = Circuit(qubitCount: 2)
        var random = RandomCircuits(600)
        let gates = random.circuit(qubits: 2, gateCount: 20, parameters: 3, features: 2)
        let angleless = Circuit(qubitCount: 2, parameterCount: 3, featureCount: 2)
        let identity = PauliString([])
        let circuits = try [
            "no samples": (gates, [([0, 1], [PauliString.z(0)])], 0),
            "no gates": (empty, [([0, 1], [.z(0), .all(.x, on: [1])])], 3),
            "angles without gates": (angleless, [([1], [.z(0)])], 3),
            "no tasks": (gates, [], 3),
            "a task without readouts": (gates, [([0], []), ([1, 0], [.z(1)])], 3),
            "a task without qubits": (gates, [([], []), ([1, 0], [.z(1)])], 3),
            "the identity as observable": (gates, [([0], [identity, .z(0)]), ([1], [identity])], 3),
        ].mapValues { encoding, tasks, samples in
            let circuit = try MultiTaskCircuit(
                encoding: encoding, stageCount: 0,
                tasks: tasks.map { register, observables in
                    try TaskCircuit(
                        register: register, block: Circuit(qubitCount: register.count),
                        observables: observables)
                })
            return (circuit, samples)
        }
        for (name, (circuit, samples)) in circuits {
            let workload = Workload(name, circuit, samples: samples, &random)
            let expected = workload.reference()
            expectEqual(
                try await workload.expectations(on: backend), expected.expectations,
                within: Tolerance(kind).value, "\(workload)")
            expectEqual(
                try await workload.gradients(on: backend), expected, within: Tolerance(kind).value,
                "\(workload)")
        }
    }

    /// Entangled registers that do not fit are an error that says so before anything is allocated.
    func tooWideCircuitsAreRefused(_ kind: BackendKind) async throws {
        let memory = 1 << 26
        let backend = try kind.make(memory: memory)
        for qubits in kind.widthsBeyond64Mebibytes {
            let workload = try entangledRegister(qubits: qubits)
            let refusal = await #expect(throws: BackendError.self) {
                try await workload.gradients(on: backend)
            }
            guard case .outOfMemory(let width, let needed, let available) = refusal else {
                Issue.record("\(workload): \(String(describing: refusal))")
                continue
            }
            #expect(width == qubits)
            #expect(needed > memory)
            #expect(available == memory)
        }
    }

    /// One observable on all qubits of a closed ring.
    private func entangledRegister(qubits: Int) throws -> Workload {
        var encoding = Circuit(qubitCount: qubits, parameterCount: qubits)
        for qubit in 0..<qubits { try encoding.append(.hadamard(qubit)) }
        for gate in Entangler(.ring, .controlledX).gates(count: qubits) { try encoding.append(gate) }
        for qubit in 0..<qubits { try encoding.append(.rotation(.y, qubit, .parameter(qubit))) }
        let task = try TaskCircuit(
            register: Array(0..<qubits), block: Circuit(qubitCount: qubits),
            observables: [.all(.z, on: Array(0..<qubits))])
        let circuit = try MultiTaskCircuit(encoding: encoding, stageCount: 1, tasks: [task])
        var random = RandomCircuits(qubits)
        return Workload("\(qubits) entangled qubits", circuit, samples: 1, &random)
    }
}
