import Circuits
import LinearAlgebra
import Noise

/// A noisy plan as a circuit whose noise is drawn, and what its readouts are of that circuit's.
///
/// Noise in task blocks and wrong readouts are not drawn: they go into the coefficients of the readouts, exactly.
struct TrajectoryPlan {
    /// A task's block, with the columns of what it reads.
    private struct Member {
        let group: Int
        let parameters: [Int]
        let firstReadout: Int
        /// For each entry of the block's observables, the readout of the circuit; nil for the identity.
        let columns: [Int?]
    }

    /// A readout as a number and a sum of the circuit's readouts.
    struct Readout {
        var constant = 0.0
        var terms: [(column: Int, coefficient: Double)] = []

        /// Its value where the circuit's readouts have these.
        func value(_ values: UnsafePointer<Float>) -> Double {
            terms.reduce(constant) { $0 + $1.coefficient * Double(values[$1.column]) }
        }
    }

    /// The circuit without noise.
    let circuit: UnravelledCircuit
    private let blocks: [BlockObservables]
    private let members: [Member]
    private let readoutCount: Int

    /// The widest noisy task block: each product of Pauli operators on its register is read.
    static let widestBlock = 6

    /// The unravelling of a noisy plan.
    /// - Throws: `BackendError.unsuitable` for folded gates and for wide blocks; `backend` names who cannot.
    init(_ plan: ExecutionPlan, backend: String) throws(BackendError) {
        guard plan.folds == 0 else {
            throw .unsuitable(
                backend: backend,
                reason: "trajectories do not go with values that are continued to no noise; leave out one")
        }
        var (blocks, demands, members): ([BlockObservables], [UnravelledCircuit.Demand], [Member]) = (
            [], [], []
        )
        for head in plan.heads {
            let isEmpty = head.transfer!.operations.isEmpty
            guard isEmpty || head.program.qubitCount <= Self.widestBlock else {
                throw .unsuitable(
                    backend: backend,
                    reason:
                        "a noisy task block has \(head.program.qubitCount) qubits, but trajectories serve "
                        + "at most \(Self.widestBlock); use a smaller register")
            }
            blocks.append(BlockObservables(head, head.transfer!))
            demands += head.members.map {
                UnravelledCircuit.Demand(
                    encoding: head.encoding, instance: $0.instance, register: head.register,
                    entries: blocks[blocks.count - 1].entries)
            }
        }
        circuit = UnravelledCircuit(plan, demands: demands)
        for (group, head) in plan.heads.enumerated() {
            for member in head.members {
                members.append(
                    Member(
                        group: group, parameters: member.parameters, firstReadout: member.firstReadout,
                        columns: circuit.columns[members.count]))
            }
        }
        (self.blocks, self.members) = (blocks, members)
        readoutCount = plan.circuit.readoutCount
    }

    /// Every readout in terms of the circuit's, at these trainable angles of the plain circuit.
    func readouts(parameters: [Float]) -> [Readout] {
        var readouts = [Readout](repeating: Readout(), count: readoutCount)
        for member in members {
            let values = blocks[member.group].values(angles: member.parameters.map { Double(parameters[$0]) })
            for (observable, coefficients) in values.enumerated() {
                let index = member.firstReadout + observable
                for (column, coefficient) in zip(member.columns, coefficients) {
                    if let column {
                        readouts[index].terms.append((column, coefficient * circuit.norms[column]))
                    } else {
                        readouts[index].constant += coefficient
                    }
                }
            }
        }
        return readouts
    }

    /// Adds to the gradient of the plain circuit's trainable angles what comes by way of the blocks.
    ///
    /// - Parameters:
    ///   - slopes: The derivative by every readout of every sample, `[samples x readouts]`.
    ///   - means: The circuit's readouts, `[samples x columns]`, means over trajectories.
    ///   - parameters: The trainable angles.
    ///   - gradient: What is added to.
    func addBlockGradients(
        _ slopes: Matrix, means: [[Double]], parameters: [Float], to gradient: inout [Double]
    ) {
        for member in members where !member.parameters.isEmpty {
            let block = blocks[member.group]
            let dual = (0..<block.observableCount).map { observable in
                member.columns.map { column in
                    (0..<slopes.rows).reduce(0.0) { sum, sample in
                        let value = column.map { means[sample][$0] * circuit.norms[$0] } ?? 1
                        return sum + Double(slopes[sample, member.firstReadout + observable]) * value
                    }
                }
            }
            let found = block.gradients(angles: member.parameters.map { Double(parameters[$0]) }, of: dual)
            for (index, value) in zip(member.parameters, found) { gradient[index] += value }
        }
    }
}
