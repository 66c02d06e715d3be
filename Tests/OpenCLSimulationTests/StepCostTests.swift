import Circuits
import Execution
import Noise
import OpenCLSimulation
import Testing

struct StepCostTests {
    @Test func hasEveryLaunchOfAStep() throws {
        for noise in [nil, try NoiseModel.mixed()] {
            let plan = try SampleBatch(.paper, outputs: [1, 3], noise: noise, samples: 2).plan
            #expect(Set(StepCost(plan, samples: 2).launches.map(\.kernel)).count == 11)
        }
    }

    // A separable task of one qubit is one fused matrix in the encoding, of a rotation and a channel for each of its gates.
    // Each factor counts 72 operations, and the product state of one qubit its 4 numbers.
    @Test func countsASmallNoisyCircuit() throws {
        let plan = try SampleBatch(.separable, outputs: [1], noise: .mixed(), samples: 3).plan
        let cones = try #require(
            StepCost(plan, samples: 3).launches.first { $0.kernel == "transfer_cones" })
        let gates = Double(plan.circuit.encoding.gates.count)
        #expect(cones.operations == 3 * (2 * gates * 72 + 4))
    }

    // A separable task of one qubit is one fused rotation in the encoding and one in the block. An opening product state
    // takes 12 operations an amplitude, here 24; reducing two amplitudes to a 2x2 matrix takes 3 entries of 8, times one
    // rest: 24. So a sample takes 48, and the block's two columns of two amplitudes take 2 * 24.
    @Test func countsASmallCircuit() throws {
        for samples in [1, 3, 100] {
            let plan = try SampleBatch(.separable, outputs: [1], samples: samples).plan
            let simulate = try #require(
                StepCost(plan, samples: samples).launches.first { $0.kernel == "simulate" })
            #expect(simulate.operations == Double(48 * samples + 48))
        }
    }

    @Test func aTinyStepStaysOnTheProcessorAndALargeOneDoesNot() throws {
        let tiny = try SampleBatch(.paper, outputs: [1], samples: 4)
        #expect(!StepCost(tiny.plan, samples: 4).favoursGPU(threads: 2))
        let large = try SampleBatch(.paper, outputs: Array(repeating: 1, count: 1024), samples: 256)
        #expect(StepCost(large.plan, samples: 256).favoursGPU(threads: 2))
    }
}
