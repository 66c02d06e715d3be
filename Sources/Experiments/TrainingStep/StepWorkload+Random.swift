import Circuits
import Execution
import LinearAlgebra
import Randomness

extension StepWorkload {
    /// A workload of random inputs: angles uniform in +-pi/2, labels 0 or 1 with equal chance, all by `seed`.
    /// - Throws: `ExperimentError.invalidSize`, `.invalidCircuit` when sizes do not fit each other.
    public static func random(
        _ preset: Preset, size: Size, seed: UInt64 = 0
    ) throws(ExperimentError) -> StepWorkload {
        guard size.batch > 0 else { throw .invalidSize(name: "the batch", value: size.batch) }
        return try StepWorkload(preset, size: size) { plan, _ in
            var data = Philox(seed: seed, purpose: .data)
            var initialization = Philox(seed: seed, purpose: .initialization)
            let angles = -Float.pi / 2..<Float.pi / 2
            let features = (0..<size.batch * plan.circuit.featureCount).map { _ in
                data.uniform(in: angles)
            }
            let labels = (0..<size.batch * plan.circuit.readoutCount).map { _ in
                Float(data.nextWord() >> 31)
            }
            let parameters = (0..<plan.circuit.parameterCount).map { _ in
                initialization.uniform(in: angles)
            }
            return (
                ParameterBatch(
                    features: Matrix(
                        rows: size.batch, columns: plan.circuit.featureCount, elements: features),
                    parameters: parameters),
                Matrix(rows: size.batch, columns: plan.circuit.readoutCount, elements: labels)
            )
        }
    }
}
