import Circuits
import ReferenceSimulation

/// How entangled a circuit's states are: the mean of the Meyer-Wallach measure Q over random angles.
///
/// Source: Sim, Johnson, Aspuru-Guzik (arXiv:1905.10876); Meyer, Wallach (quant-ph/0108104) in the form of Brennen
/// (quant-ph/0305094).
public enum EntanglingCapability {
    /// The mean of Q over `samples` states at random angles: 0 for product states only, at most 1.
    public static func mean(of circuit: Circuit, samples: Int = 5000, seed: UInt64 = 1) -> Double {
        let values = RandomStates(of: circuit, seed: seed).map(samples) { next in meyerWallach(next()) }
        return values.reduce(0, +) / Double(samples)
    }

    /// `Q = 2 (1 - mean_k Tr rho_k^2)` with the reduced state `rho_k` of each qubit.
    public static func meyerWallach(_ state: StateVector) -> Double {
        let amplitudes = state.amplitudes
        var purities = 0.0
        for qubit in 0..<state.qubitCount {
            var (zero, one) = (0.0, 0.0)
            var coherence = StateVector.Amplitude.zero
            for index in amplitudes.indices where index >> qubit & 1 == 0 {
                let (low, high) = (amplitudes[index], amplitudes[index | 1 << qubit])
                zero += low.lengthSquared
                one += high.lengthSquared
                coherence += low.conjugate * high
            }
            purities += zero * zero + one * one + 2 * coherence.lengthSquared
        }
        return 2 * (1 - purities / Double(state.qubitCount))
    }
}
