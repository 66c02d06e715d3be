import CPUSimulation
import Circuits
import Diagnostics
import Execution
import Foundation
import LinearAlgebra
import ReferenceSimulation
import Testing

struct BackendMeasuresTests {
    private let backend = CPUBackend(threads: 2)

    private func circuit(
        _ qubits: Int, features: Int = 0, _ gates: [Gate], block: [Gate] = [], parameters: Int,
        observable: PauliString = .z(0)
    ) throws -> MultiTaskCircuit {
        var encoding = Circuit(qubitCount: qubits, featureCount: features)
        for gate in gates { try encoding.append(gate) }
        var trained = Circuit(qubitCount: qubits, parameterCount: parameters)
        for gate in block { try trained.append(gate) }
        return try MultiTaskCircuit(
            encoding: encoding, stageCount: 1,
            tasks: [TaskCircuit(register: Array(0..<qubits), block: trained, observables: [observable])])
    }

    // E = cos t behind one RY, so dE/dt = -sin t has variance 1/2; Z on all of n qubits is a product of n cosines, whose
    // derivative has variance 2^-n.
    @Test func productsOfRotationsHaveKnownVariance() async throws {
        let block = TaskBlock(layers: 1, layer: [.rotations([.y])])
        for (isGlobal, expected) in [(false, [0.5, 0.5, 0.5]), (true, [0.5, 0.25, 0.125])] {
            let result = try await GradientVariance(
                of: block, name: "RY", qubits: [1, 2, 3], layers: [1], isGlobal: isGlobal, samples: 4000,
                seed: 2, backend: backend)
            for (point, variance) in zip(result.points, expected) {
                #expect(point.liveAngles == (isGlobal ? point.qubits : 1))
                // A variance from 4,000 samples is off by some 2 %.
                #expect(abs(point.variance / variance - 1) < 0.1)
            }
        }
    }

    // A register of its own sees five neighbours at most, so adding tasks changes nothing.
    @Test func localPresetsHaveNoPlateau() async throws {
        let result = try await GradientVariance(
            of: .paper, qubits: [6, 10], layers: [1], samples: 300, seed: 3, backend: backend)
        #expect(result.points.map(\.liveAngles)[0] == result.points.map(\.liveAngles)[1])
        #expect(abs(result.points[0].variance / result.points[1].variance - 1) < 0.3)
    }

    // E = cos t has information sin(t)^2 / (1 - cos(t)^2) = 1, whatever t is: rank 1 and a trace of 1. A second angle
    // about Z behind it is not seen.
    @Test func oneRotationHasOneDirection() async throws {
        let circuit = try circuit(
            1, [], block: [.rotation(.y, 0, .parameter(0)), .rotation(.z, 0, .parameter(1))], parameters: 2)
        let fisher = try await FisherInformation(
            of: circuit, draws: 20, trainingSamples: [1000], seed: 1, backend: backend)
        #expect(fisher.angles == 1)
        #expect(abs(fisher.spectrum[0] - 1) < 1e-3)
        #expect(fisher.rank == 1)
        // 2 log sqrt(1 + k) / log k with k = 1000 / (2 pi log 1000).
        let k = 1000 / (2 * Double.pi * log(1000))
        #expect(abs(fisher.effectiveDimension[0].share - log(1 + k) / log(k)) < 1e-3)
    }

    // Two rotations about one axis add up: one direction carries all information, twice that of one angle.
    @Test func redundantAnglesShareOneDirection() async throws {
        let circuit = try circuit(
            1, [], block: [.rotation(.y, 0, .parameter(0)), .rotation(.y, 0, .parameter(1))], parameters: 2)
        let fisher = try await FisherInformation(of: circuit, draws: 20, seed: 1, backend: backend)
        #expect(fisher.angles == 2)
        #expect(abs(fisher.spectrum[0]) < 1e-6)
        #expect(abs(fisher.spectrum[1] - 2) < 1e-3)
        #expect(fisher.rank == 1)
    }

    // RX(x) twice is cos 2x = (e^2ix + e^-2ix) / 2: only the frequency 2, at 1/2.
    @Test func repeatedEncodingsDoubleTheFrequency() async throws {
        let twice = try circuit(
            1, features: 1, [.rotation(.x, 0, .feature(0)), .rotation(.x, 0, .feature(0))], parameters: 0)
        let spectrum = try #require(
            await FourierSpectrum(of: twice, draws: 3, seed: 1, backend: backend))
        #expect(zip(spectrum.amplitudes, [0, 0, 0.5]).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(spectrum.deviations.allSatisfy { $0 < 1e-5 })
    }

    @Test func scaledFeaturesHaveNoWholeFrequencies() async throws {
        let scaled = try circuit(1, features: 1, [.rotation(.x, 0, 0.5 * .feature(0))], parameters: 0)
        #expect(try await FourierSpectrum(of: scaled, draws: 3, seed: 1, backend: backend) == nil)
    }

    // The cone of qubit 0 has x0 twice and x1 once, so 5 * 3 frequencies; qubit 2 is outside.
    @Test func boundsCountTheConesRotations() throws {
        let gates: [Gate] = [
            .rotation(.x, 0, .feature(0)), .rotation(.x, 1, .feature(1)), .rotation(.x, 2, .feature(2)),
            .controlledZ(0, 1), .rotation(.x, 0, .feature(0)),
        ]
        let bound = try #require(GeneralizationBound(of: circuit(3, features: 3, gates, parameters: 0)))
        #expect(bound.encodingGates == 3)
        #expect(bound.encodedAngles == 2)
        #expect(abs(bound.logFrequencies - log2(15)) < 1e-12)
        // 2 sqrt(15 / 1500) + 3 sqrt(log 40 / 3000)
        #expect(abs(bound.gap(samples: 1500) - (0.2 + 3 * (log(40.0) / 3000).squareRoot())) < 1e-12)
    }

    @Test func trainedScalesHaveNoBound() throws {
        var preset = Preset.deep
        preset.stages = EncodingTemplate.reuploading.stages
        #expect(try GeneralizationBound(of: preset.circuit(outputs: [1])) == nil)
    }

    @Test func aRunsConeIsDescribed() async throws {
        var settings = Diagnosis.Settings()
        (settings.pairs, settings.draws) = (50, 3)
        let circuit = try Preset.paper.circuit(outputs: Array(repeating: 1, count: 40))
        let diagnosis = try await Diagnosis.of(circuit, subject: "run", settings, backend: backend)
        #expect(diagnosis.circuits.map(\.qubits) == [3])
        #expect(diagnosis.fisher != nil && diagnosis.spectrum != nil && diagnosis.bound != nil)
    }
}
