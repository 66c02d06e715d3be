/// What one job of the service may hold.
package struct JobLimits: Sendable {
    /// Parameter sets times shots, of all circuits together.
    package var executions = 5_000_000
    /// Bytes of the body; the service takes 64 MB.
    package var bytes = 60_000_000
    /// Shots of one circuit.
    package var shots = 100_000

    /// Control instructions on one qubit, of all parameter sets together.
    ///
    /// The service says 32 million; whether it counts parameter sets is not known, so they are counted here.
    package var controlInstructions = 32_000_000

    package init() {}

    /// A bloc, or some of its parameter sets, and which bloc it is of.
    package struct Piece: Sendable, Equatable {
        package var index: Int
        package var bloc: SamplerBloc
    }

    private static let control = "the number of control instructions on one qubit"

    /// Holds the one job of an estimator, which is not split, to the limits.
    ///
    /// `noiseFactor`: the largest multiple of the noise that circuits are lengthened to.
    /// - Throws: `IBMError.tooLarge`.
    package func check(
        _ blocs: [EstimatorBloc], parameters: Int, executions: Int, noiseFactor: Double
    ) throws(IBMError) {
        let control = blocs.reduce(0.0) { sum, bloc in
            sum + Double(ControlInstructions.busiest(of: bloc.circuit) * bloc.values.count) * noiseFactor
        }
        let sizes = [
            ("the size of the job in bytes", parameters, bytes),
            ("the number of circuit runs", executions, self.executions),
            (Self.control, Int(min(control, 1e18)), controlInstructions),
        ]
        for (what, size, limit) in sizes where size > limit {
            throw .tooLarge(what: what, size: size, limit: limit)
        }
    }

    /// Jobs within the limits, each with one number of shots, that hold all parameter sets in order.
    /// - Throws: `IBMError.tooLarge` for one that fits no job.
    package func split(_ blocs: [SamplerBloc]) throws(IBMError) -> [[Piece]] {
        // Several numbers of shots in one job are deprecated.
        var groups: [Int: [Piece]] = [:]
        for (index, bloc) in blocs.enumerated() {
            groups[bloc.shots, default: []].append(Piece(index: index, bloc: bloc))
        }
        var jobs: [[Piece]] = []
        for (shots, pieces) in groups.sorted(by: { $0.value[0].index < $1.value[0].index }) {
            guard shots <= min(self.shots, executions) else {
                throw .tooLarge(what: "the number of shots", size: shots, limit: min(self.shots, executions))
            }
            jobs += try pack(pieces)
        }
        return jobs
    }

    private func pack(_ pieces: [Piece]) throws(IBMError) -> [[Piece]] {
        var jobs: [[Piece]] = []
        var job: [Piece] = []
        var executionsLeft = executions
        var bytesLeft = bytes
        var controlLeft = controlInstructions
        for piece in pieces {
            let bloc = piece.bloc
            let circuit = bloc.circuit.utf8.count * 2
            let row = bloc.values[0].count * 26 + 4
            guard circuit + row <= bytes else {
                throw .tooLarge(what: "the text of a circuit in bytes", size: circuit + row, limit: bytes)
            }
            let control = ControlInstructions.busiest(of: bloc.circuit)
            guard control <= controlInstructions else {
                throw .tooLarge(what: Self.control, size: control, limit: controlInstructions)
            }
            var next = 0
            while next < bloc.values.count {
                let count = min(
                    bloc.values.count - next, executionsLeft / bloc.shots, (bytesLeft - circuit) / row,
                    controlLeft / control)
                guard count > 0 else {
                    jobs.append(job)
                    (job, executionsLeft, bytesLeft) = ([], executions, bytes)
                    controlLeft = controlInstructions
                    continue
                }
                var part = bloc
                part.values = Array(bloc.values[next..<next + count])
                job.append(Piece(index: piece.index, bloc: part))
                executionsLeft -= count * bloc.shots
                bytesLeft -= circuit + count * row
                // The busiest qubits of several circuits may be the same.
                controlLeft -= count * control
                next += count
            }
        }
        if !job.isEmpty { jobs.append(job) }
        return jobs
    }
}
