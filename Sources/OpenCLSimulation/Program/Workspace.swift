import Execution

/// What a kernel keeps in local memory for each lane, in numbers.
struct Workspace {
    /// Factors of product states, and sums over the items that share the lane.
    let sums: Int
    /// Partial sums of each item that shares the lane.
    let sumsPerThread: Int
    /// States and duals, which are in global memory where they are too large.
    let states: Int

    private init(sums: Int, sumsPerThread: Int, states: Int, of entries: Double) {
        self.sums = sums
        self.sumsPerThread = sumsPerThread
        // No local memory is that large; circuits that are far too wide overflow integers.
        self.states = states * Int(min(entries, 0x1p40))
    }

    /// For `states` states, without noise, of `qubits` qubits.
    static func amplitudes(qubits: Int, states: Int) -> Workspace {
        Workspace(sums: 4 * qubits + 4, sumsPerThread: 4, states: states, of: 2 * power(qubits))
    }

    /// What the kernels of `plan` need that take circuits forward.
    static func forward(_ plan: ExecutionPlan) -> Workspace {
        plan.noise == nil ? .amplitudes(qubits: plan.widestProgram, states: 1) : .noisy(plan)
    }

    /// What those need that take them back.
    static func back(_ plan: ExecutionPlan) -> Workspace {
        plan.noise == nil ? .amplitudes(qubits: plan.widestProgram, states: 2) : .noisy(plan)
    }

    /// A state that becomes a dual.
    private static func noisy(_ plan: ExecutionPlan) -> Workspace {
        Workspace(sums: 0, sumsPerThread: 12, states: 1, of: power(2 * plan.widestProgram))
    }
}

/// `2^exponent`, up to where floating point ends.
func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: min(exponent, 1000), significand: 1) }
