import Diagnostics
import Foundation

/// What a diagnosis says, in sentences made of its numbers.
enum DiagnosisVerdict {
    static func sentences(_ diagnosis: Diagnosis) -> [String] {
        study(diagnosis) + diagnosis.gradients.compactMap(gradients)
            + (diagnosis.fisher.map { [fisher($0), bound(diagnosis.bound)] } ?? [])
    }

    /// How the order of the nineteen circuits compares with that of their authors.
    private static func study(_ diagnosis: Diagnosis) -> [String] {
        let settings = diagnosis.settings
        guard settings.qubits == 4, settings.layers == 1,
            let inversions = SimStudy.inversions(diagnosis.circuits)
        else { return [] }
        let pairs = SimStudy.ranking.count * (SimStudy.ranking.count - 1) / 2
        if inversions.isEmpty {
            return ["The order of expressibility is that of Sim et al. in all \(pairs) pairs of circuits."]
        }
        let names = inversions.map { "\($0.less) and \($0.more)" }
        return [
            """
            The order of expressibility is that of Sim et al. in \(pairs - inversions.count) of \(pairs) pairs of circuits; \
            the other order have \(NumberText.list(names)).
            """
        ]
    }

    /// How the variance falls over the wider half of the sizes, at the most layers.
    private static func gradients(_ variance: GradientVariance) -> String? {
        guard let deepest = variance.byLayers.last, let last = deepest.points.last else { return nil }
        let first = deepest.points[deepest.points.count / 2]
        guard first.qubits < last.qubits, first.variance > 0, last.variance > 0 else { return nil }
        let factor = pow(first.variance / last.variance, 1 / Double(last.qubits - first.qubits))
        let trend =
            switch factor {
            case ..<0.98: "grows by a factor of \(NumberText.fixed(1 / factor, 2)) with every qubit"
            case ...1.02: "does not depend on the number of qubits"
            default: "falls by a factor of \(NumberText.fixed(factor, 2)) with every qubit"
            }
        return """
            The gradient variance of \(variance.name), at \(NumberText.plural(deepest.layers, "layer")), \(trend), from \
            \(first.qubits) to \(last.qubits) of them.
            """
    }

    private static func fisher(_ fisher: FisherInformation) -> String {
        """
        Of \(NumberText.plural(fisher.angles, "trainable angle")) that the first task's readouts depend on, \
        \(NumberText.fixed(fisher.rank, 1)) directions carry information on average; the largest eigenvalue of the Fisher \
        information holds \(NumberText.fixed(100 * share(of: fisher), 0))% of its trace.
        """
    }

    private static func share(of fisher: FisherInformation) -> Double {
        (fisher.spectrum.last ?? 0) / max(fisher.spectrum.reduce(0, +), .leastNonzeroMagnitude)
    }

    private static func bound(_ bound: GeneralizationBound?) -> String {
        guard let bound else {
            return """
                Features have trained scales, or none is encoded: no bound on generalisation follows from the encoding.
                """
        }
        // 2 sqrt(|Omega| / m) = 0.1 at m = 400 |Omega|.
        let samples = bound.logFrequencies + log2(400)
        return """
            The first task's readouts have up to 2^\(NumberText.fixed(bound.logFrequencies, 1)) frequencies from \
            \(NumberText.plural(bound.encodingGates, "encoding rotation")) in their cone; the bound of Caro et al. promises a gap \
            between training and test below 0.1 only from about 2^\(NumberText.fixed(samples, 0)) samples on.
            """
    }
}
