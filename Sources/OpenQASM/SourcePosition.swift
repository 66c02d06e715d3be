/// A place in an OpenQASM text.
public struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
    /// The name of the file, as the caller gave it.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, counted in Unicode scalars.
    public let column: Int

    /// A place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// For instance `bell.qasm, line 3, column 7`.
    public var description: String { "\(file), line \(line), column \(column)" }
}
