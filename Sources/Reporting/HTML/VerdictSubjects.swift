import Circuits
import Experiments

/// Which heads a verdict is about: the paper's circuit and its ablations, since the claims are theirs.
///
/// Other heads with a circuit are baselines; they are judged only where there is none of the paper's.
enum VerdictSubjects {
    /// Their positions among the heads.
    static func positions(in comparison: HeadComparison) -> [Int] {
        let heads = comparison.heads
        let own = heads.indices.filter { isPaperCircuit(heads[$0].preset) }
        return own.isEmpty ? heads.indices.filter { heads[$0].isQuantum } : own
    }

    /// Their labels.
    static func labels(in sweep: SweepResult) -> [String] {
        let own = sweep.labels.filter { sweep.rows(of: $0).contains { isPaperCircuit($0.preset) } }
        return own.isEmpty ? sweep.labels.filter { sweep.rows(of: $0).contains(where: \.isQuantum) } : own
    }

    private static func isPaperCircuit(_ preset: String?) -> Bool {
        Preset.paperFamily.contains { $0.name == preset }
    }
}
