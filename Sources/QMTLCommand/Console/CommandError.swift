/// What only the command line can find wrong.
enum CommandError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option contradicts the file given beside it.
    case contradiction(option: String, given: Int, file: String, found: Int)

    /// What the program's end tells.
    var status: ExitStatus {
        switch self {
        case .contradiction: .wrongUsage
        }
    }

    var description: String {
        switch self {
        case .contradiction(let option, let given, let file, let found):
            "\(option) is \(given), but \(file) has \(found): leave the option out, or choose the file it is for"
        }
    }
}
