extension ExecutionPlan {
    /// The multiply-adds of one step for `sampleCount` samples: all expectation values and all gradients.
    ///
    /// The model counts rotations one by one, whatever a backend really does; the CPU's layers need fewer than half of
    /// these, so that a rate by this count can be above what the processor can do:
    /// - a rotation takes 16 multiply-adds per pair of amplitudes forward, and 60 in all: state and dual go back through
    ///   it (32) and their overlap gives the gradient (12);
    /// - a reduced state of `w` of `n` qubits takes `2 * 2^(n + w)`, its observable applied to the state twice that;
    /// - a readout takes `4^w` forward and `2 * 4^w` back;
    /// - a task's block of `w` qubits, once per step, runs on the `2^w` columns of its matrix.
    ///
    /// Layers of controlled Z, sines and cosines count nothing.
    public func multiplyAdds(sampleCount: Int) -> Double {
        let rotation = 60.0
        var perSample = 0.0
        for encoding in encodings {
            let dimension = Double(encoding.program.dimension)
            let sweep = Double(encoding.program.rotationCount) * dimension / 2 * rotation
            let registers = encoding.registers.reduce(0.0) { $0 + 6 * dimension * Double(1 << $1.count) }
            perSample += Double(encoding.instances.count) * (sweep + registers)
        }
        var perStep = 0.0
        for head in heads {
            let dimension = Double(head.program.dimension)
            let taskCount = Double(head.members.count)
            perSample += taskCount * Double(head.observables.count) * 3 * dimension * dimension
            perStep += taskCount * Double(head.program.rotationCount) * dimension * dimension / 2 * rotation
        }
        return perStep + perSample * Double(sampleCount)
    }
}
