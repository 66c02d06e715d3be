/// What one job of the service may hold.
package struct JobLimits: Sendable {
    /// Parameter sets times shots, of all circuits together.
    package var executions = 5_000_000
    /// Bytes of the body; the service takes 64 MB.
    package var bytes = 60_000_000
    /// Shots of one circuit.
    package var shots = 100_000

    package init() {}

    /// A bloc, or some of its parameter sets, and which bloc it is of.
    package struct Piece: Sendable, Equatable {
        package var index: Int
        package var bloc: SamplerBloc
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
        for piece in pieces {
            let bloc = piece.bloc
            let circuit = bloc.circuit.utf8.count * 2
            let row = bloc.values[0].count * 26 + 4
            guard circuit + row <= bytes else {
                throw .tooLarge(what: "the text of a circuit in bytes", size: circuit + row, limit: bytes)
            }
            var next = 0
            while next < bloc.values.count {
                let count = min(
                    bloc.values.count - next, executionsLeft / bloc.shots, (bytesLeft - circuit) / row)
                guard count > 0 else {
                    jobs.append(job)
                    (job, executionsLeft, bytesLeft) = ([], executions, bytes)
                    continue
                }
                var part = bloc
                part.values = Array(bloc.values[next..<next + count])
                job.append(Piece(index: piece.index, bloc: part))
                executionsLeft -= count * bloc.shots
                bytesLeft -= circuit + count * row
                next += count
            }
        }
        if !job.isEmpty { jobs.append(job) }
        return jobs
    }
}
