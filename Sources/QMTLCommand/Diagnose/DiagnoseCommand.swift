import ArgumentParser
import Foundation
import QMTL

/// Why a circuit works: expressibility, entanglement, gradients, Fisher information, frequencies.
struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Measure what circuits can express and whether they can be trained.",
        discussion: """
            Without a run, a preset or a block, compares all block templates and presets by expressibility and entangling \
            capability (Sim et al.). One block adds its gradient variance against qubits and layers; a preset or a run adds \
            the Fisher information and effective dimension of its first task, the Fourier spectrum of its encoding and the \
            bound on generalisation that follows from it.
            """)

    @Argument(help: ArgumentHelp("The folder of a quantum run.", valueName: "run"), completion: .directory)
    var folder: String?
    @Option(help: ArgumentHelp("A preset.", valueName: "name")) var preset: Preset?
    @Option(help: ArgumentHelp("A block template, alone or in place of the preset's.", valueName: "name"))
    var block: BlockTemplate?
    @Option(help: ArgumentHelp("An encoding template in place of the preset's.", valueName: "name"))
    var encoding: EncodingTemplate?
    @Option(help: ArgumentHelp("Qubits of blocks and presets.", valueName: "n")) var qubits = 4
    @Option(help: ArgumentHelp("Layers of blocks, stages of presets that repeat them.", valueName: "m"))
    var layers = 1
    @Option(help: ArgumentHelp("Pairs of random states.", valueName: "n")) var pairs = 5000
    @Option(help: ArgumentHelp("Bins of their fidelities.", valueName: "n")) var bins = 75
    @Option(help: ArgumentHelp("Random sets of angles for all else.", valueName: "n")) var draws = 200
    @Option(help: ArgumentHelp("The seed of all angles.", valueName: "n")) var seed: UInt64 = 1
    @Option(
        help: ArgumentHelp("Also write report.html and diagnosis.json here.", valueName: "dir"),
        completion: .directory)
    var out: String?
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if folder != nil, preset != nil || block != nil || encoding != nil {
            throw ValidationError(
                "A run has a circuit of its own: leave out --preset, --block and --encoding.")
        }
        if encoding != nil, preset?.layout == .perStage {
            throw ValidationError("Preset \(preset!.name) has an encoding of its own: leave out --encoding.")
        }
        if encoding != nil, preset == nil {
            throw ValidationError("--encoding replaces that of a preset: give --preset too.")
        }
        for (name, value, range) in [
            ("--qubits", qubits, 1...12), ("--layers", layers, 1...1000), ("--pairs", pairs, 1...10_000_000),
            ("--bins", bins, 1...1_000_000), ("--draws", draws, 2...1_000_000),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) is \(value), but must be \(range.lowerBound) to \(range.upperBound).")
        }
    }

    func run() async throws {
        let diagnosis = try await diagnose()
        try output.console.answer(diagnosis, text: DiagnosisTable.text(diagnosis))
        guard let out else { return }
        let url = URL(filePath: out)
        try RunFolder(url).create()
        try AtomicFile.write(ResultFiles.json(diagnosis), to: url.appending(path: "diagnosis.json"))
        let page = url.appending(path: RunReport.pageName)
        try AtomicFile.write(
            HTMLReport.diagnosis(diagnosis, version: Version.current).html.utf8, to: page)
        output.console.remark("Report: \(page.path)")
    }

    private func diagnose() async throws -> Diagnosis {
        var settings = Diagnosis.Settings()
        (settings.qubits, settings.layers) = (qubits, layers)
        (settings.pairs, settings.bins) = (pairs, bins)
        (settings.draws, settings.seed) = (draws, seed)
        if let folder { return try await diagnose(runIn: folder, settings) }
        guard preset != nil || block != nil else { return try Diagnosis.ofAll(settings) }
        let backend = try self.backend.makeBackend(console: output.console)
        guard let preset else { return try await Diagnosis.of(block!, settings, backend: backend) }
        return try await Diagnosis.of(
            preset.replacing(encoding: encoding, block: block), settings, backend: backend)
    }

    private func diagnose(runIn folder: String, _ settings: Diagnosis.Settings) async throws -> Diagnosis {
        let checkpoint = try RunFolder(URL(filePath: folder)).checkpoint()
        let backend = try self.backend.makeBackend(
            configured: checkpoint.configuration.backend, memory: checkpoint.configuration.memory,
            console: output.console)
        let model = try Model(checkpoint.configuration, data: checkpoint.data, backend: backend)
        guard let circuit = model.circuit else {
            throw CommandError.noCircuit(folder: folder, head: checkpoint.configuration.head.kind.rawValue)
        }
        return try await Diagnosis.of(circuit, subject: "run \(folder)", settings, backend: backend)
    }
}
