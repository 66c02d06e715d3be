import Circuits
import Execution
import LinearAlgebra
import Noise
import ReferenceSimulation
import Testing

/// Quantum trajectories: what they tend to, and what must not change them.
extension BackendLaw {
    private static var trajectories: Trajectories { Trajectories(count: 400, seed: 3) }

    /// Circuits with every kind of channel, among them blocks under noise and wrong readouts.
    private static func workloads(_ indices: Range<Int>) throws -> [Workload] {
        try indices.map { index in
            var random = RandomCircuits(6000 + index)
            let workload = try Workload.random(6000 + index, qubits: 1...3, tasks: 1...2, samples: 2)
            return workload.under(try random.noise(qubits: workload.circuit.encoding.qubitCount))
        }
    }

    func trajectoriesTendToDensityMatrices(_ kind: BackendKind) async throws {
        var deviations: [Double] = []
        for workload in try Self.workloads(0..<6) {
            let backend = TrajectoryBackend(try kind.make(), Self.trajectories)
            let measured = try await backend.measure(workload.plan, inputs: workload.inputs)
            let exact = workload.reference().expectations
            for sample in 0..<exact.rows {
                for readout in 0..<exact.columns {
                    let difference = measured.values[sample][readout] - Double(exact[sample, readout])
                    let error = measured.standardErrors[sample][readout]
                    deviations.append(abs(difference) / max(error, Tolerance(kind).value))
                }
            }
        }
        // Of about fifty values a normal distribution has none beyond 4.5 standard errors but once in 3,000 tries.
        #expect(deviations.max()! < 4.5)
        #expect(deviations.filter { $0 > 2 }.count <= deviations.count / 6)
    }

    func trajectoriesAreReproducible(_ kind: BackendKind) async throws {
        for workload in try Self.workloads(20..<23) {
            let trajectories = Trajectories(count: 50, seed: 11)
            let own = TrajectoryBackend(try kind.make(), trajectories)
            let together = try await workload.gradients(on: own)
            let reference = try await workload.gradients(
                on: TrajectoryBackend(ReferenceBackend(), trajectories))
            // Branch qubits multiply values, and with them rounding errors.
            let tolerance = 10 * Tolerance(kind).value
            expectEqual(together, reference, within: tolerance, "trajectories of \(workload)")
            for sample in 0..<workload.inputs.sampleCount {
                let alone = try await workload.keeping(samples: sample..<sample + 1).expectations(on: own)
                expectEqual(
                    alone, together.expectations.slice(rows: sample..<sample + 1), within: tolerance,
                    "sample \(sample) of \(workload)")
            }
        }
    }
}
