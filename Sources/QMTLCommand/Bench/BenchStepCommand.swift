import ArgumentParser
import Foundation
import QMTL

/// One training step of a circuit, timed.
struct BenchStepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step", abstract: "Time one training step: all expectation values and all gradients.",
        discussion: """
            Inputs are random, or the arrays of --inputs: x [B,d], y [B,T], phi [L,n], theta [L,n], a [T,m,q], b [T,m,q], \
            c [T,q] (a preset without theta takes none). --outputs gets E [B,T], loss and the gradients d_x, d_phi, ...
            """)

    @Option(help: ArgumentHelp("The circuit's preset.", valueName: "name")) var preset = Preset.deep
    @Option(help: ArgumentHelp("Tasks (default: 64).", valueName: "T")) var tasks: Int?
    @Option(help: ArgumentHelp("Qubits of a shared encoding (default: the preset's).", valueName: "n"))
    var qubits: Int?
    @Option(help: ArgumentHelp("Features (default: the preset's).", valueName: "d")) var features: Int?
    @Option(help: ArgumentHelp("Qubits of a task's register (default: the preset's).", valueName: "q"))
    var register: Int?
    @Option(help: ArgumentHelp("Layers of a task's block (default: the preset's).", valueName: "m"))
    var layers: Int?
    @Option(help: ArgumentHelp("Samples (default: 64).", valueName: "B")) var batch: Int?
    @Option(help: NoiseChoice.help) var noise: String?
    @Flag(help: "Time a step with the gradients of each task apart as well.") var taskGradients = false
    @Option(help: ArgumentHelp("The seed of random inputs.", valueName: "n")) var seed: UInt64 = 0
    @Option(help: ArgumentHelp("About how long to measure, in seconds.", valueName: "s")) var seconds = 2.0
    @Option(help: ArgumentHelp("Take the inputs from this .npz file.", valueName: "file.npz")) var inputs:
        String?
    @Option(help: ArgumentHelp("Write the outputs to this .npz file.", valueName: "file.npz"))
    var outputs: String?
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let backend = try backend.makeBackend(console: output.console)
        var workload = try makeWorkload()
        if let noise = try noise.flatMap({ try NoiseChoice.open($0) }) {
            let model = try noise.model(qubitCount: workload.plan.circuit.encoding.qubitCount)
            try model.check(workload.plan.circuit)
            workload = workload.under(model)
        }
        for sentence in backend.explanation(of: workload.plan) { output.console.remark(sentence) }
        output.console.remark("Measuring for about \(seconds) s on \(backend.capabilities.device) ...")
        let (timing, gradients) = try await workload.time(
            on: backend, budget: .init(seconds: seconds), taskGradients: taskGradients)
        if let outputs {
            try NPZFile(arrays: workload.outputs(of: gradients)).write(to: URL(filePath: outputs))
        }
        try output.console.answer(timing, text: timing.text)
    }

    private func makeWorkload() throws -> StepWorkload {
        guard let inputs else {
            let sizes = Preset.Sizes(qubits: qubits, features: features, register: register, layers: layers)
            return try .random(
                preset, size: .init(tasks: tasks ?? 64, batch: batch ?? 64, circuit: sizes), seed: seed)
        }
        let arrays = try NPZFile(contentsOf: URL(filePath: inputs)).arrays
        let workload = try StepWorkload(preset, arrays: arrays)
        let circuit = workload.plan.circuit
        let found = [
            ("--tasks", tasks, workload.labels.columns), ("--batch", batch, workload.labels.rows),
            ("--qubits", qubits, circuit.encoding.qubitCount), ("--features", features, circuit.featureCount),
            ("--register", register, circuit.tasks[0].register.count),
        ]
        for case (let option, let given?, let found) in found where given != found {
            throw CommandError.contradiction(option: option, given: given, file: inputs, found: found)
        }
        return workload
    }
}

extension StepTiming {
    /// The timing for people.
    fileprivate var text: String {
        func duration(_ seconds: Double) -> String {
            seconds < 1 ? String(format: "%.3g ms", 1000 * seconds) : String(format: "%.2f s", seconds)
        }
        var lines = [
            """
            \(preset): \(tasks) tasks, \(batch) samples, \(features) features, \(qubits) qubits \
            (at most \(widestCone) at once), \(parameters) angles
            """,
            "on        \(backend), \(device)",
            "step      \(duration(median)) median of \(repeats), \(duration(fastest)) to \(duration(slowest))",
            "setup     \(duration(setup))",
            "speed     \(String(format: "%.4g", circuitsPerSecond)) task circuits a second, "
                + "values and gradients",
            "rate      \(String(format: "%.3g", gigaflops)) GFLOP/s, "
                + "\(String(format: "%.0f", 100 * gigaflops / productGigaflops))% of sgemm here "
                + "(\(String(format: "%.3g", productGigaflops)) GFLOP/s)",
        ]
        if let taskGradients {
            lines.insert(
                "by task   \(duration(taskGradients)) median, gradients task by task: "
                    + "\(String(format: "%.3g", taskGradients / median)) steps", at: 3)
        }
        if let peakMemory { lines.append("memory    \(String(format: "%.0f", peakMemory)) MiB at most") }
        lines.append("loss      \(loss)")
        return lines.joined(separator: "\n")
    }
}
