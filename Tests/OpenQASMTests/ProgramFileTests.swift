import Circuits
import Execution
import Foundation
import LinearAlgebra
import OpenQASM
import ReferenceSimulation
import Testing

struct ProgramFileTests {
    /// What Qiskit computed for one of its programs; `make_programs.py` says how.
    struct Expected: Decodable {
        let observables: [String]
        let inputs: [String]
        /// What the inputs are, `[rows x inputs]`.
        let values: [[Double]]
        /// What came out, `[rows x observables]`.
        let expectations: [[Double]]
        /// Central differences, `[rows x observables x inputs]`.
        let gradients: [[[Double]]]
    }

    /// Single precision of the answer, and the differences' own error for gradients.
    private static let tolerances = (expectation: 1e-6, gradient: 1e-5)

    @Test(arguments: try ProgramFiles.folder("Qiskit"))
    func programsOfQiskit(file: ProgramFiles.File) async throws {
        let program = try OpenQASMProgram(contentsOf: file.url)
        let expected = try JSONDecoder().decode(
            Expected.self,
            from: Data(contentsOf: file.url.deletingPathExtension().appendingPathExtension("json")))
        #expect(Set(program.inputs) == Set(expected.inputs))
        // The exporter sorts inputs; values are given by name.
        let order = try program.inputs.map { try #require(expected.inputs.firstIndex(of: $0)) }
        let rows = expected.values.map { row in order.map { row[$0] } }
        let angles = try program.featureAngles(inputs: rows)
        let evaluation = try ObservableEvaluation(
            of: program.circuit, observables: expected.observables.map { try #require(PauliString($0)) })
        let batch = ParameterBatch(
            features: Matrix(
                rows: rows.count, columns: program.angles.count, elements: angles.joined().map { Float($0) }),
            parameters: [])
        let result = try await evaluation.gradients(batch, on: ReferenceBackend())
        let together = try await evaluation.expectations(batch, on: ReferenceBackend())
        for row in rows.indices {
            for column in expected.observables.indices {
                let value = expected.expectations[row][column]
                #expect(abs(Double(result.expectations[row, column]) - value) < Self.tolerances.expectation)
                #expect(abs(Double(together[row, column]) - value) < Self.tolerances.expectation)
                let gradient = program.inputGradient(
                    inputs: rows[row], features: result.features[column].row(row).map(Double.init))
                for (input, found) in zip(order, gradient) {
                    #expect(abs(found - expected.gradients[row][column][input]) < Self.tolerances.gradient)
                }
            }
        }
    }

    /// Programs in the style of a public suite: the first line says whether each is read, or with which error.
    @Test(arguments: try ProgramFiles.folder("Suite"))
    func programsOfTheSuite(file: ProgramFiles.File) throws {
        let text = try String(contentsOf: file.url, encoding: .utf8)
        let first = try #require(text.split(separator: "\n").first)
        let verdict = try #require(first.wholeMatch(of: /\/\/ expect: (.*)/)).1
        if verdict == "gates" || verdict.hasPrefix("gates ") {
            let count = try #require(Int(verdict.dropFirst(6)))
            #expect(try OpenQASMProgram(contentsOf: file.url).circuit.gates.count == count)
        } else {
            let error = #expect(throws: OpenQASMError.self) { try OpenQASMProgram(contentsOf: file.url) }
            #expect(error?.description.contains(verdict) == true, "\(error?.description ?? "")")
        }
    }
}
