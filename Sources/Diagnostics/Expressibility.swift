import Circuits
import Foundation
import ReferenceSimulation

/// How evenly a circuit's states cover the space: the divergence of their fidelities from those of Haar-random states.
///
/// Smaller is more expressible. Source: Sim, Johnson, Aspuru-Guzik (arXiv:1905.10876), with their 5,000 pairs of states
/// and 75 bins.
public enum Expressibility {
    /// `D(P_circuit || P_Haar)` in nats, over `bins` bins of the fidelity of `pairs` pairs of states at random angles.
    public static func divergence(
        of circuit: Circuit, pairs: Int = 5000, bins: Int = 75, seed: UInt64 = 1
    ) -> Double {
        let fidelities = RandomStates(of: circuit, seed: seed).map(pairs) { next in
            fidelity(next(), next())
        }
        return divergence(ofFidelities: fidelities, qubitCount: circuit.qubitCount, bins: bins)
    }

    /// `|<a|b>|^2`.
    static func fidelity(_ a: StateVector, _ b: StateVector) -> Double { a.inner(b).lengthSquared }

    /// The divergence of the histogram of `fidelities` from that of Haar-random states of `qubitCount` qubits.
    ///
    /// Haar-random states of dimension N have fidelities of density `(N - 1)(1 - F)^(N - 2)`, so a bin from l to u holds
    /// `(1 - l)^(N - 1) - (1 - u)^(N - 1)` of them.
    static func divergence(ofFidelities fidelities: [Double], qubitCount: Int, bins: Int) -> Double {
        var counts = [Int](repeating: 0, count: bins)
        for fidelity in fidelities {
            counts[min(max(Int(fidelity * Double(bins)), 0), bins - 1)] += 1
        }
        let exponent = Double((1 << qubitCount) - 1)
        return counts.enumerated().reduce(0) { sum, bin in
            guard bin.element > 0 else { return sum }
            let share = Double(bin.element) / Double(fidelities.count)
            // In logarithms, since the last bins of wide registers hold less than the smallest number.
            let (lower, upper) = (Double(bin.offset) / Double(bins), Double(bin.offset + 1) / Double(bins))
            let logLower = exponent * log1p(-lower)
            let ratio = upper < 1 ? exponent * (log1p(-upper) - log1p(-lower)) : -.infinity
            return sum + share * (log(share) - logLower - log(-expm1(ratio)))
        }
    }
}
