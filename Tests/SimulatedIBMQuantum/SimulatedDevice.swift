import CPUSimulation
import Circuits
import Execution
import Foundation
import IBMQuantum
import LinearAlgebra
import Noise
import OpenQASM
import Randomness

/// A device that is computed: circuits in its gates, with the noise and the readout errors of its calibration.
///
/// Outcomes of one register are drawn from their joint distribution; those of different registers are independent of each
/// other, which on a device they need not be.
public struct SimulatedDevice: Sampler {
    /// The device.
    public let calibration: DeviceCalibration
    private let seed: UInt64

    /// A device; the seed is that of its outcomes.
    public init(calibration: DeviceCalibration, seed: UInt64 = 1) {
        self.calibration = calibration
        self.seed = seed
    }

    /// One register's measured qubits of the device.
    private struct Register {
        let name: String
        let qubits: [Int]
    }

    /// Runs every bloc.
    /// - Throws: `IBMError.failedJob` for what the device cannot run.
    public func sample(
        _ blocs: [SamplerBloc], key: String
    ) async throws(IBMError) -> [[String: RegisterOutcomes]] {
        var results: [[String: RegisterOutcomes]] = []
        for (index, bloc) in blocs.enumerated() {
            do {
                let registers = Self.registers(of: bloc.circuit)
                let distributions = try await distributions(bloc)
                var generator = Philox(seed: seed, purpose: .shots, index: UInt32(index))
                var outcomes: [String: RegisterOutcomes] = [:]
                for (register, rows) in zip(registers, distributions) {
                    let words = rows.flatMap { row in
                        (0..<bloc.shots).map { _ in UInt64(Self.draw(row, &generator)) }
                    }
                    outcomes[register.name] = RegisterOutcomes(
                        bitCount: register.qubits.count, sets: rows.count, shots: bloc.shots, words: words)
                }
                results.append(outcomes)
            } catch {
                throw .failedJob(
                    id: "simulated", status: "Failed", problem: ServiceProblem(message: "\(error)"))
            }
        }
        return results
    }

    /// The probabilities of all outcomes, `[registers][sets][outcomes]`, in the order of declaration.
    public func distributions(_ bloc: SamplerBloc) async throws -> [[[Double]]] {
        let program = try OpenQASMProgram(Self.withNoisyGates(bloc.circuit))
        let registers = Self.registers(of: bloc.circuit)
        let active = Set(program.circuit.gates.flatMap(\.qubits) + registers.flatMap(\.qubits)).sorted()
        let place = Dictionary(uniqueKeysWithValues: active.enumerated().map { ($1, $0) })
        var circuit = Circuit(qubitCount: active.count, featureCount: program.circuit.featureCount)
        for gate in program.circuit.gates { try circuit.append(gate.relabelled { place[$0]! }) }
        let tasks = try registers.map { register in
            try TaskCircuit(
                register: register.qubits.map { place[$0]! },
                block: Circuit(qubitCount: register.qubits.count),
                observables: (1..<1 << register.qubits.count).map { mask in
                    .all(.z, on: register.qubits.indices.filter { mask >> $0 & 1 == 1 })
                })
        }
        let plan = ExecutionPlan(
            try MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: tasks),
            noise: try calibration.nativeNoiseModel(layout: active))
        let angles = try program.featureAngles(inputs: bloc.values)
        let values = try await CPUBackend(threads: 1).expectations(
            plan,
            inputs: ParameterBatch(
                features: Matrix(
                    rows: angles.count, columns: circuit.featureCount,
                    elements: angles.joined().map { Float($0) }), parameters: []))
        return registers.indices.map { index in
            let (columns, bits) = (plan.circuit.readouts[index], registers[index].qubits.count)
            return (0..<values.rows).map { row in
                (0..<1 << bits).map { outcome in
                    let sum = columns.enumerated().reduce(1.0) { sum, product in
                        let isOdd = ((product.offset + 1) & outcome).nonzeroBitCount % 2 == 1
                        return sum + (isOdd ? -1 : 1) * Double(values[row, product.element])
                    }
                    return max(0, sum / Double(1 << bits))
                }
            }
        }
    }

    /// The circuit with gates of two qubits as `DeviceCalibration.nativeNoiseModel` wants them: in ascending order where
    /// they are symmetric, and defined by gates of which one brings the noise.
    private static func withNoisyGates(_ circuit: String) -> String {
        let definitions = [
            "gate ecr ": "gate ecr a, b { rz(pi/2) a; h a; z a; h a; h b; rz(3*pi/2) b; h b; cx a, b; }",
            "gate rzz(": "gate rzz(p) a, b { h b; cz b, a; h b; rz(p) b; cx a, b; }",
        ]
        return circuit.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if let known = definitions.first(where: { line.hasPrefix($0.key) }) { return known.value }
            guard let gate = line.wholeMatch(of: /(cz|rzz\(.*\)) \$(\d+), \$(\d+);/),
                let first = Int(gate.2), let second = Int(gate.3), first > second
            else { return String(line) }
            return "\(gate.1) $\(second), $\(first);"
        }.joined(separator: "\n")
    }

    private static func registers(of circuit: String) -> [Register] {
        circuit.matches(of: /bit\[\d+\] (\w+);/).map { declaration in
            Register(
                name: String(declaration.1),
                qubits: circuit.matches(of: /(\w+)\[(\d+)\] = measure \$(\d+);/)
                    .filter { $0.1 == declaration.1 }
                    .sorted { Int($0.2)! < Int($1.2)! }.map { Int($0.3)! })
        }
    }

    private static func draw(_ probabilities: [Double], _ generator: inout Philox) -> Int {
        var rest = Double(generator.nextWord()) * 0x1p-32 * probabilities.reduce(0, +)
        for (outcome, probability) in probabilities.enumerated() {
            rest -= probability
            if rest < 0 { return outcome }
        }
        return probabilities.count - 1
    }
}
