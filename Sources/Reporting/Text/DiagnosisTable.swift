import Diagnostics

/// The tables of `qmtl diagnose`.
public enum DiagnosisTable {
    /// Circuits, gradients, Fisher information, Fourier spectrum and bound, as far as they were measured.
    public static func text(_ diagnosis: Diagnosis, styled: Bool = true) -> String {
        var parts: [String] = []
        if !diagnosis.circuits.isEmpty { parts.append(circuits(diagnosis.circuits).text(styled: styled)) }
        parts += diagnosis.gradients.map { gradients($0).text(styled: styled) }
        if let fisher = diagnosis.fisher, !fisher.effectiveDimension.isEmpty {
            parts.append(effectiveDimension(fisher).text(styled: styled))
        }
        if let spectrum = diagnosis.spectrum { parts.append(frequencies(spectrum).text(styled: styled)) }
        parts.append(DiagnosisVerdict.sentences(diagnosis).joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }

    private static func circuits(_ circuits: [CircuitDescription]) -> TextTable {
        var table = TextTable([
            .init("circuit", .left), .init("qubits", .right), .init("angles", .right),
            .init("features", .right), .init("two-qubit gates", .right), .init("expressibility", .right),
            .init("entangling capability", .right),
        ])
        for circuit in circuits {
            table.append(
                [circuit.name]
                    + [circuit.qubits, circuit.parameters, circuit.features, circuit.twoQubitGates].map {
                        NumberText.count($0)
                    } + [
                        NumberText.fixed(circuit.expressibility, 4),
                        NumberText.fixed(circuit.entanglingCapability),
                    ])
        }
        return table
    }

    private static func gradients(_ variance: GradientVariance) -> TextTable {
        let qubits = Set(variance.points.map(\.qubits)).sorted()
        var table = TextTable(
            [.init(variance.name, .left)] + qubits.map { .init(NumberText.plural($0, "qubit"), .right) })
        for series in variance.byLayers {
            table.append(
                [NumberText.plural(series.layers, "layer")]
                    + series.points.map { NumberText.significant($0.variance) })
        }
        return table
    }

    private static func effectiveDimension(_ fisher: FisherInformation) -> TextTable {
        var table = TextTable([.init("training samples", .right), .init("effective dimension", .right)])
        for entry in fisher.effectiveDimension {
            table.append([
                NumberText.count(entry.samples),
                "\(NumberText.fixed(entry.share * Double(fisher.angles), 1)) of \(fisher.angles)",
            ])
        }
        return table
    }

    private static func frequencies(_ spectrum: FourierSpectrum) -> TextTable {
        var table = TextTable([
            .init("frequency of x\(spectrum.feature)", .right), .init("amplitude", .right),
        ])
        for (frequency, amplitude) in spectrum.amplitudes.enumerated() {
            table.append([
                "\(frequency)", NumberText.spread(amplitude, spectrum.deviations[frequency]),
            ])
        }
        return table
    }
}

extension GradientVariance {
    /// The points of each number of layers, by qubits.
    var byLayers: [(layers: Int, points: [Point])] {
        Set(points.map(\.layers)).sorted().map { layers in
            (layers, points.filter { $0.layers == layers }.sorted { $0.qubits < $1.qubits })
        }
    }
}
