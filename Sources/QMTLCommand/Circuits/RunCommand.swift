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
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let program = try OpenQASMProgram(contentsOf: URL(filePath: circuit))
        let evaluation = try ObservableEvaluation(of: program.circuit, observables: observables.elements)
        let inputs = try inputRows(of: program)
        let angles = try program.featureAngles(inputs: inputs)
        let batch = ParameterBatch(
            features: Matrix(
                rows: angles.count, columns: program.angles.count, elements: angles.joined().map { Float($0) }
            ),
            parameters: [])
        let backend = try self.backend.makeBackend(console: output.console)
        let expectations: Matrix
        var gradients: [[[Double]]]?
        if gradient {
            let result = try await evaluation.gradients(batch, on: backend)
            expectations = result.expectations
            gradients = inputs.enumerated().map { row, values in
                result.features.map {
                    program.inputGradient(inputs: values, features: $0.row(row).map(Double.init))
                }
            }
        } else {
            expectations = try await evaluation.expectations(batch, on: backend)
        }
        let answer = CircuitResults(
            inputs: program.inputs, observables: observables.elements.map(\.description),
            expectations: (0..<expectations.rows).map { Array(expectations.row($0)) }, gradients: gradients,
            backend: backend.capabilities.name)
        try output.console.answer(answer, text: answer.text)
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
    let expectations: [[Float]]
    /// `[rows x observables x inputs]`.
    let gradients: [[[Double]]]?
    let backend: String

    var text: String {
        var table = TextTable(
            [.init("row", .right), .init("observable", .left), .init("expectation", .right)]
                + (gradients == nil ? [] : inputs.map { .init("d/d\($0)", .right) }))
        func number(_ value: Double) -> String { String(format: "%.6f", value) }
        for (row, values) in expectations.enumerated() {
            for (column, value) in values.enumerated() {
                table.append(
                    ["\(row)", observables[column], number(Double(value))]
                        + (gradients?[row][column].map(number) ?? []))
            }
        }
        return table.text()
    }
}
