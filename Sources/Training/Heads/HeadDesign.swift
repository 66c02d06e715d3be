import Circuits
import Execution

/// Heads made for the tasks of a model.
struct HeadDesign: Sendable {
    let heads: any CircuitHeads
    /// The plan of their circuit.
    let plan: ExecutionPlan

    /// What a model is made of.
    var parts: (heads: any TaskHeads, plan: ExecutionPlan?) { (heads, plan) }

    /// What heads are made from.
    struct Request: Sendable {
        /// The settings of the heads.
        let configuration: HeadConfiguration
        /// The trunk's width, where it is set.
        let width: Int?
        /// The outputs `C_t` of each task.
        let outputCounts: [Int]
        /// The run's seed.
        let seed: UInt64
        /// What computes circuits.
        let backend: any Backend

        /// The features `d`: the trunk's width, or the capacity-matched `3 sum_t q_t`.
        var featureCount: Int { width ?? Preset.matchedFeatureCount(outputs: outputCounts) }

        /// Holds the trunk to the one width that the heads can read.
        func requireWidth(_ needed: Int, reason: String) throws(TrainingError) {
            guard let width, width != needed else { return }
            throw .invalidConfiguration(
                key: "trunk.width",
                problem:
                    "is \(width), but \(configuration.kind.rawValue) heads read \(needed) features here, "
                    + "\(reason); leave it null")
        }

        /// Heads of `circuit`; `amplitudes` is the map to its angles where features are not angles themselves.
        func quantum(
            _ circuit: MultiTaskCircuit, amplitudes: AmplitudeEncoding? = nil,
            readout: any ExpectationReadout, weightDecay: Float = 0
        ) -> (heads: QuantumHeads, plan: ExecutionPlan) {
            let plan = ExecutionPlan(circuit)
            let heads = QuantumHeads(
                plan: plan, amplitudes: amplitudes, readout: readout, backend: backend,
                weightDecay: weightDecay)
            return (heads, plan)
        }
    }

    /// What `make` gives, or `TrainingError.invalidCircuit` where it cannot be built.
    static func circuit<Made>(
        _ make: () throws(CircuitError) -> Made
    ) throws(TrainingError) -> Made {
        do { return try make() } catch { throw .invalidCircuit(error) }
    }
}
