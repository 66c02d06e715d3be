import Diagnostics
import Foundation

/// The parts of a diagnosis' page.
struct DiagnosisPage {
    let diagnosis: Diagnosis

    var title: String { "Diagnosis of \(diagnosis.subject)" }

    var facts: String {
        let settings = diagnosis.settings
        return """
            \(NumberText.plural(settings.qubits, "qubit")), \(NumberText.plural(settings.layers, "layer")) · \
            \(NumberText.count(settings.pairs)) pairs of states in \(settings.bins) bins · \
            \(NumberText.count(settings.draws)) random sets of angles · seed \(settings.seed)
            """
    }

    var sections: [Markup] {
        HTMLReport.section("Expressibility and entangling capability", circuits)
            + HTMLReport.section("Gradients", gradients)
            + HTMLReport.section("Fisher information", fisher)
            + HTMLReport.section("Frequencies", spectrum)
    }

    private var circuits: [Markup] {
        guard !diagnosis.circuits.isEmpty else { return [] }
        var table = HTMLTable(columns: [
            "circuit", "qubits", "angles", "features", "two-qubit gates", "expressibility",
            "entangling capability",
        ])
        for circuit in diagnosis.circuits {
            let counts = [circuit.qubits, circuit.parameters, circuit.features, circuit.twoQubitGates]
            table.append(
                [.init(text: circuit.name)] + counts.map { .init(text: NumberText.count($0)) } + [
                    .init(text: NumberText.fixed(circuit.expressibility, 4)),
                    .init(text: NumberText.fixed(circuit.entanglingCapability)),
                ])
        }
        let plot = LabelledPlot(
            title: "Expressibility and entangling capability",
            description: "Divergence from Haar-random states against the mean of the Meyer-Wallach measure.",
            xName: "entangling capability (Meyer-Wallach)", yName: "divergence from Haar (nats)",
            points: diagnosis.circuits.map {
                .init(name: $0.name, x: $0.entanglingCapability, y: $0.expressibility)
            })
        let figure = HTMLReport.figure(
            "Expressive circuits lie low, entangling ones right", plot.svg,
            caption: "Every circuit at random angles; logarithmic axis of the divergence.")
        let note = HTMLReport.note(
            """
            Expressibility is the divergence of the circuit's fidelities from those of Haar-random states, so less is more. \
            Entangling capability is the mean of the Meyer-Wallach measure, 0 for product states. Both after Sim et al. \
            (arXiv:1905.10876); features are drawn as trainable angles are.
            """)
        return (diagnosis.circuits.count > 1 ? HTMLReport.figures([figure]) : []) + [table.markup, note]
    }

    private var gradients: [Markup] {
        HTMLReport.figures(
            diagnosis.gradients.map { variance in
                let chart = LineChart(
                    title: "Gradient variance of \(variance.name)",
                    description: "The variance of a derivative against the number of qubits, by layers.",
                    xName: "qubits", yName: "variance of a derivative", yKind: .logarithmic,
                    series: variance.byLayers.map { series in
                        .init(
                            name: NumberText.plural(series.layers, "layer"),
                            points: series.points.map { .init(x: Double($0.qubits), y: $0.variance) })
                    })
                return HTMLReport.figure(
                    variance.name, chart.svg,
                    caption: """
                        Mean over live angles, at random angles and features; a straight fall on this logarithmic axis is a \
                        barren plateau.
                        """)
            })
    }

    private var fisher: [Markup] {
        guard let fisher = diagnosis.fisher, fisher.angles > 0 else { return [] }
        let spectrum = LineChart(
            title: "Fisher information spectrum", description: "Mean eigenvalues, from the largest down.",
            xName: "eigenvalue, from the largest", yName: "value (mean trace = number of angles)",
            series: [
                .init(
                    name: "eigenvalue",
                    points: fisher.spectrum.reversed().enumerated().map {
                        .init(x: Double($0.offset + 1), y: $0.element)
                    })
            ])
        let dimension = LineChart(
            title: "Effective dimension", description: "Effective dimension against training samples.",
            xName: "training samples (power of ten)", yName: "effective dimension / angles",
            series: [
                .init(
                    name: "effective dimension",
                    points: fisher.effectiveDimension.map { .init(x: log10(Double($0.samples)), y: $0.share) }
                )
            ])
        return HTMLReport.figures([
            HTMLReport.figure(
                "Spectrum", spectrum.svg,
                caption: "A direction with a small eigenvalue changes little in what the head says."),
            HTMLReport.figure(
                "Effective dimension", dimension.svg, caption: "After Abbas et al. (arXiv:2011.00027)."),
        ])
    }

    private var spectrum: [Markup] {
        guard let spectrum = diagnosis.spectrum else { return [] }
        let chart = LineChart(
            title: "Fourier spectrum", description: "Amplitudes of the frequencies of one feature.",
            xName: "frequency", yName: "|c|, mean and standard deviation",
            series: [
                .init(
                    name: "amplitude",
                    points: spectrum.amplitudes.enumerated().map { frequency, amplitude in
                        let deviation = spectrum.deviations[frequency]
                        return .init(
                            x: Double(frequency), y: amplitude, lower: max(0, amplitude - deviation),
                            upper: amplitude + deviation)
                    })
            ])
        return HTMLReport.figures([
            HTMLReport.figure(
                "Frequencies of feature \(spectrum.feature)", chart.svg,
                caption: "Of the first readout, over random angles and other features.")
        ])
    }
}
