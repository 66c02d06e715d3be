import Circuits
import Foundation

/// An OpenQASM 3 program as a circuit whose angles are functions of the program's inputs.
///
/// A gate whose angle depends on inputs reads a feature of the circuit; `angles` says how the feature follows from the
/// inputs. So a backend knows features only, and the chain rule to the inputs is in one place.
/// Measurements, barriers and annotations are read and leave no trace: results are expectation values at the end.
/// Global phases are dropped.
public struct OpenQASMProgram: Hashable, Sendable {
    /// The gates on all declared qubits, in the order of their declaration, or on hardware qubits by their number.
    public let circuit: Circuit
    /// The names of the inputs, in the order of their declaration.
    public let inputs: [String]
    /// The angle in each feature of the circuit, in radians.
    public let angles: [AngleExpression]

    init(circuit: Circuit, inputs: [String], angles: [AngleExpression]) {
        self.circuit = circuit
        self.inputs = inputs
        self.angles = angles
    }

    /// Reads a program.
    /// - Parameters:
    ///   - text: The program.
    ///   - file: What its places are called in errors.
    /// - Throws: `OpenQASMError` with line and column.
    public init(_ text: String, file: String = "program") throws(OpenQASMError) {
        var elaborator = Elaborator()
        try elaborator.run(Parser.statements(of: text, file: file))
        guard elaborator.qubitCount > 0 else {
            throw .syntax(
                SourcePosition(file: file, line: 1, column: 1), found: "a program without qubits",
                expected: "a declaration such as 'qubit[2] q;'")
        }
        self.init(elaborator.lowering, qubitCount: elaborator.qubitCount, inputs: elaborator.inputs)
    }

    /// Reads the program in a file.
    /// - Throws: `OpenQASMError`.
    public init(contentsOf url: URL) throws(OpenQASMError) {
        let path = url.relativePath
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError
            throw .unreadableFile(
                path: path,
                reason: underlying.map { String(cString: strerror($0.code.rawValue)) }
                    ?? error.localizedDescription)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .unreadableFile(path: path, reason: "it is not UTF-8 text")
        }
        try self.init(text, file: path)
    }
}
