import ArgumentParser
import Foundation
import QMTL

/// Expectation values of a circuit from a file.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Evaluate an OpenQASM 3 circuit: expectation values and their gradients.",
        discussion: """
            Angles that the program declares as inputs get their values from --bind: a JSON object such as \
            {"a": 0.3, "b": [0.1, 0.2]}, or an .npz file with such arrays; each entry of an array is a row of the answer. \
            Qubits of observables count from 0 in the order of declaration; hardware qubits keep their numbers.
            """)

    @Argument(
        help: ArgumentHelp("The program.", valueName: "circuit.qasm"), completion: .file(extensions: ["qasm"])
    )
    var circuit: String
    @Option(help: ArgumentHelp("Products of Pauli operators, such as Z0,X0*X1.", valueName: "P,P,..."))
    var observables: List<PauliString>
    @Option(
        help: ArgumentHelp("Values of the inputs: .json or .npz.", valueName: "file"),
        completion: .file(extensions: ["json", "npz"]))
    var bind: String?
    @Flag(help: "Derivatives of every expectation value by every input, too.") var gradient = false
    @Option(help: NoiseChoice.help) var noise: String?
    @OptionGroup(title: "Measurement") var measurement: MeasurementOptions
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Hardware") var hardware: HardwareOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        if measurement.shots.elements.count > 1 {
            throw ValidationError("--shots takes one number here.")
        }
        try hardware.validate(with: backend)
        if backend.backend == .ibm {
            if noise != nil { throw ValidationError("--backend ibm takes no --noise: a device has its own.") }
            try measurement.requireWhatDevicesDo()
        }
    }

    func run() async throws {
        let program = try OpenQASMProgram(contentsOf: URL(filePath: circuit))
        let evaluation = try ObservableEvaluation(
            of: program.circuit, observables: observables.elements, noise: noiseModel(for: program.circuit))
        let inputs = try inputRows(of: program)
        let angles = try program.featureAngles(inputs: inputs)
        let batch = ParameterBatch(
            features: Matrix(
                rows: angles.count, columns: program.angles.count, elements: angles.joined().map { Float($0) }
            ),
            parameters: [])
        let plain = measurement.measurements[0]
        let backend: any Backend
        var estimating: (any EstimatingBackend)?
        if self.backend.backend == .ibm {
            let device = try await hardware.makeBackend(
                device: self.backend.device, shots: plain.shots,
                correctsReadout: measurement.mitigate.elements.contains(.readout),
                work: "run \(circuit) seed \(plain.seed)", console: output.console)
            (backend, estimating) = (device, device)
        } else {
            let processor = try self.backend.makeBackend(console: output.console)
            estimating = measurement.estimator(on: processor)
            backend = estimating ?? processor
        }
        var answer = CircuitResults(
            inputs: program.inputs, observables: observables.elements.map(\.description), expectations: [],
            backend: backend.capabilities.name)
        if estimating != nil {
            answer.shots =
                self.backend.backend == .ibm ? plain.shots ?? HardwareOptions.standardShots : plain.shots
            answer.trajectories = measurement.trajectories
        }
        if gradient {
            let result = try await evaluation.gradients(batch, on: backend)
            answer.expectations = CircuitResults.rows(result.expectations)
            answer.gradients = inputs.enumerated().map { row, values in
                result.features.map {
                    program.inputGradient(inputs: values, features: $0.row(row).map(Double.init))
                }
            }
        } else if let estimating {
            let measured = try await evaluation.measure(batch, on: estimating)
            answer.expectations = measured.values
            answer.standardErrors = measured.standardErrors
        } else {
            answer.expectations = CircuitResults.rows(try await evaluation.expectations(batch, on: backend))
        }
        if hardware.dryRun, let device = estimating as? IBMBackend {
            let dryRun = await DryRun(device, names: observables.elements.map(\.description))
            return try output.console.answer(dryRun, text: dryRun.text)
        }
        try output.console.answer(answer, text: answer.text)
    }

    private func noiseModel(for circuit: Circuit) throws -> NoiseModel? {
        guard let noise, let description = try NoiseChoice.open(noise) else { return nil }
        let model = try description.model(qubitCount: circuit.qubitCount)
        try model.check(MultiTaskCircuit(encoding: circuit, stageCount: 1, tasks: []))
        return model
    }

    /// Rows of values in the order of the program's inputs; one row where it has none.
    private func inputRows(of program: OpenQASMProgram) throws -> [[Double]] {
        guard let bind else {
            if program.inputs.isEmpty { return [[]] }
            throw CommandError.unboundInputs(file: circuit, names: program.inputs)
        }
        return try InputValues(contentsOf: URL(filePath: bind)).rows(for: program.inputs)
    }
}

/// The answer of `qmtl run --json`.
struct CircuitResults: Encodable {
    let inputs: [String]
    let observables: [String]
    /// `[rows x observables]`.
    var expectations: [[Double]]
    /// `[rows x observables]`; only for estimates.
    var standardErrors: [[Double]]?
    /// `[rows x observables x inputs]`.
    var gradients: [[[Double]]]?
    var shots: Int?
    var trajectories: Int?
    let backend: String

    private enum CodingKeys: String, CodingKey {
        case inputs, observables, expectations, gradients, shots, trajectories, backend
        case standardErrors = "standard_errors"
    }

    static func rows(_ matrix: Matrix) -> [[Double]] {
        (0..<matrix.rows).map { matrix.row($0).map(Double.init) }
    }

    var text: String {
        var columns: [TextTable.Column] = [
            .init("row", .right), .init("observable", .left), .init("expectation", .right),
        ]
        if standardErrors != nil { columns.append(.init("standard error", .right)) }
        if gradients != nil { columns += inputs.map { .init("d/d\($0)", .right) } }
        var table = TextTable(columns)
        func number(_ value: Double) -> String { String(format: "%.6f", value) }
        for (row, values) in expectations.enumerated() {
            for (column, value) in values.enumerated() {
                var cells = ["\(row)", observables[column], number(value)]
                if let standardErrors { cells.append(number(standardErrors[row][column])) }
                if let gradients { cells += gradients[row][column].map(number) }
                table.append(cells)
            }
        }
        return table.text()
    }
}
