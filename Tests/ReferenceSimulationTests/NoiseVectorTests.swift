import Execution
import NoiseVectors
import ReferenceSimulation
import Testing

struct NoiseVectorTests {
    /// Both sides compute in double precision; Aer's own tolerance for Kraus operators is 1e-8.
    @Test(arguments: NoiseVector.all) func referenceEqualsAer(vector: NoiseVector) throws {
        let plan = try vector.plan()
        let values = NoisySimulator(plan.circuit, noise: plan.noise!).expectations(
            features: [[]], parameters: [])
        #expect(zip(values[0], vector.expectations).allSatisfy { abs($0 - $1) < 1e-7 })
        #expect(values[0].count == vector.expectations.count)
    }
}
