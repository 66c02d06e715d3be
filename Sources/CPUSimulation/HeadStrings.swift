import CVectorKernels
import Execution
import LinearAlgebra

/// The Pauli strings of which all head matrices of an encoding group are sums, whatever the blocks' angles.
final class HeadStrings<Real: SimulationReal> {
    /// The strings that a head group's matrices are sums of.
    struct Expansion {
        /// Their places among the operators.
        let operators: Range<Int>
        /// What each entry of a head matrix adds to the coefficient of each string, `[strings x entries]`.
        fileprivate let factors: [Real]
        /// Coefficients of the head matrices, `[observable][strings x tasks]`.
        let coefficients = Buffer<Real>()
    }

    /// The strings, on the cone's qubits.
    let operators: [qmtl_observable]
    /// The expansion of each head group of the plan that reads the encoding group.
    let expansions: [Expansion?]

    /// The strings of an encoding group; nil where there are more than `limit`.
    init?(_ plan: ExecutionPlan, encoding: Int, limit: Int) {
        var operators: [qmtl_observable] = []
        var strings: [[PauliMasks]] = []
        var firsts: [Int] = []
        for (register, qubits) in plan.encodings[encoding].registers.enumerated() {
            var found: Set<PauliMasks> = []
            for head in plan.heads where head.encoding == encoding && head.register == register {
                for observable in head.observables {
                    guard let more = head.program.heisenbergStrings(of: observable, limit: limit) else {
                        return nil
                    }
                    found.formUnion(more)
                }
            }
            let sorted = found.sorted { ($0.flips, $0.signs) < ($1.flips, $1.signs) }
            firsts.append(operators.count)
            strings.append(sorted)
            operators += sorted.map { qmtl_observable($0.relabelled(qubits)) }
        }
        if operators.count > limit { return nil }
        self.operators = operators
        expansions = plan.heads.map { head in
            guard head.encoding == encoding else { return nil }
            let (first, own) = (firsts[head.register], strings[head.register])
            return Expansion(
                operators: first..<first + own.count,
                factors: own.flatMap { Self.factors(of: $0, qubits: head.program.qubitCount) })
        }
    }

    /// What the entries of a Hermitian matrix `A` (the diagonal, real parts above it, imaginary parts below) add to the
    /// coefficient `tr(S A) / 2^qubits` of a string `S`.
    private static func factors(of string: PauliMasks, qubits: Int) -> [Real] {
        let size = 1 << qubits
        var factors = [Real](repeating: 0, count: size * size)
        for column in 0..<size {
            let row = column ^ Int(string.flips)
            guard row <= column else { continue }
            // S_(row, column) = i^quarters (-1)^(signs in column), and an entry stands for its mirror image too.
            let quarters = (string.flips & string.signs).nonzeroBitCount & 3
            let isNegative = (column & Int(string.signs)).nonzeroBitCount & 1 == 1
            let value: Real = (row == column ? 1 : 2) / Real(size)
            let place = quarters & 1 == 0 ? row * size + column : column * size + row
            factors[place] = isNegative == (quarters < 2) ? -value : value
        }
        return factors
    }

    /// Computes the coefficients of all head matrices.
    func expand(_ heads: [HeadBatch<Real>], team: ThreadTeam) {
        for (head, expansion) in zip(heads, expansions) {
            guard let expansion, !expansion.operators.isEmpty else { continue }
            let (count, tasks) = (expansion.operators.count, head.taskLanes)
            expansion.coefficients.reserve(head.observableCount * count * tasks)
            expansion.factors.withUnsafeBufferPointer { factors in
                for observable in 0..<head.observableCount {
                    Real.multiply(
                        count, tasks, head.entries,
                        MatrixFactor(factors.baseAddress!, stride: head.entries),
                        MatrixFactor(
                            head.matrices.pointer + observable * head.entries * tasks, stride: tasks),
                        output: expansion.coefficients.pointer + observable * count * tasks, stride: tasks,
                        team: team)
                }
            }
        }
    }
}
