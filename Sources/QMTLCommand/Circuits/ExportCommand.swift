import ArgumentParser
import Foundation
import QMTL

/// The trained circuit of a run, for other software or to look at.
struct ExportCommand: ParsableCommand {
    /// What a circuit is written as.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case qasm3, text, svg
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the trained circuit of a run, or of one of its tasks.",
        discussion: """
            Trained angles are numbers. Feature angles are inputs x0, x1, ... in radians, or those of one sample with \
            --sample. A run whose tasks share qubits has a circuit for each task: choose one with --task. With --calibration \
            and --sample the circuit is one in a device's gates, on its qubits $n.
            """)

    @Argument(help: ArgumentHelp("The run folder.", valueName: "run"), completion: .directory) var folder:
        String
    @Option(help: ArgumentHelp("The task (default: all of them).", valueName: "name")) var task: String?
    @Option(
        help: ArgumentHelp("A sample of the run's data set, from 0 (default: open features).", valueName: "i")
    )
    var sample: Int?
    @Option(help: ArgumentHelp("OpenQASM 3, a drawing as text, or as SVG.", valueName: "format"))
    var format = Format.qasm3
    @Option(
        help: ArgumentHelp(
            "A device's configuration and properties documents: write the circuit in its gates.",
            valueName: "file,file"))
    var calibration: List<String> = List([])
    @Flag(help: "With --calibration: use rotations about X and ZZ by any angle where the device has them.")
    var fractionalGates = false
    @Option(help: ArgumentHelp("Write the file here instead of printing it.", valueName: "file"))
    var out: String?
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        if calibration.elements.isEmpty {
            if fractionalGates { throw ValidationError("--fractional-gates goes with --calibration.") }
        } else if calibration.elements.count != 2 || format != .qasm3 || sample == nil {
            throw ValidationError("--calibration takes two files, and goes with --sample and OpenQASM 3.")
        }
    }

    func run() throws {
        let checkpoint = try RunFolder(URL(filePath: folder)).checkpoint()
        // Written only, so any backend will do.
        let trained = try TrainedModel(checkpoint, backend: CPUBackend(threads: 1))
        let names = trained.model.data.tasks.map(\.name)
        let task = try self.task.map { name in
            guard let index = names.firstIndex(of: name) else {
                throw CommandError.unknownTask(name: name, known: names)
            }
            return index
        }
        guard let circuit = try circuit(of: trained, checkpoint.configuration.dataset, task: task ?? 0) else {
            throw CommandError.noCircuit(
                folder: folder, head: checkpoint.configuration.head.kind.rawValue)
        }
        let export = try CircuitExport(
            circuit, task: task, names: names, format: format, transpiler: try transpiler())
        if let out {
            try AtomicFile.write(export.content.utf8, to: URL(filePath: out))
            output.console.remark("Circuit: \(out)")
            if !output.json { return }
        }
        try output.console.answer(export, text: export.content.trimmingSuffix("\n"))
    }

    private func transpiler() throws -> Transpiler? {
        let files = calibration.elements.map { URL(filePath: $0) }
        guard files.count == 2 else { return nil }
        let calibration = try DeviceCalibration(configuration: files[0], properties: files[1])
        return Transpiler(to: DeviceTarget(calibration, usesFractionalGates: fractionalGates))
    }

    /// The run's circuit with its trained angles, at the sample asked for.
    private func circuit(
        of trained: TrainedModel, _ dataset: DatasetChoice, task: Int
    ) throws -> MultiTaskCircuit? {
        guard let sample, trained.model.circuit != nil else { return trained.trainedCircuit }
        let features = try dataset.open().sources[trained.model.data.sourceOfTask[task]].features
        guard (0..<features.rows).contains(sample) else {
            throw CommandError.unknownSample(index: sample, count: features.rows)
        }
        return try trained.trainedCircuit(features: features.gathering(rows: [sample]), task: task)
    }
}

/// The answer of `qmtl export --json`.
struct CircuitExport: Encodable {
    let format: String
    /// The file's text.
    let content: String
    let qubits: Int
    /// For each task, what is measured at the end.
    let observables: [String: [String]]

    /// A circuit without trainable angles as a file; `task` is one of `names`, nil for all.
    init(
        _ circuit: MultiTaskCircuit, task: Int?, names: [String], format: ExportCommand.Format,
        transpiler: Transpiler?
    ) throws {
        self.format = format.rawValue
        qubits = circuit.encoding.qubitCount
        // A circuit that dense heads read has one part for all tasks.
        let readout = circuit.tasks.count == names.count ? task : 0
        let parts = readout.map { [$0] } ?? Array(circuit.tasks.indices)
        let partNames = circuit.tasks.count == names.count ? names : [names.joined(separator: ", ")]
        guard let whole = readout.map({ circuit.circuit(ofTask: $0) }) ?? circuit.wholeCircuit else {
            throw CommandError.sharedQubits(tasks: names)
        }
        let native = try transpiler?.transpile(whole)
        let measured = parts.map { index in
            circuit.tasks[index].placedObservables.map { (native?.placed($0) ?? $0).description }
        }
        observables = Dictionary(uniqueKeysWithValues: zip(parts.map { partNames[$0] }, measured))
        switch format {
        case .qasm3:
            let comment = zip(parts, measured).map { index, observables in
                "Expectation values of '\(partNames[index])': " + observables.joined(separator: ", ")
            }
            if let native {
                let head = ["In the gates and on the qubits of \(native.target.name)."] + comment
                content = head.map { "// \($0)\n" }.joined() + native.openQASM
            } else {
                content = OpenQASMProgram(whole).text(comment: comment)
            }
        case .text: content = CircuitDrawing(of: whole).description + "\n"
        case .svg:
            let shown = readout.map { circuit.keepingTask($0) } ?? circuit
            content = CircuitDiagram(shown, taskNames: parts.map { partNames[$0] }).svg
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
