/// Why a result could not be written or read as a file.
public enum ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A value has no JSON form.
    case cannotEncode(type: String, reason: String)
    /// A file does not hold what its name says.
    case cannotDecode(type: String, key: String, reason: String)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .cannotEncode(let type, let reason):
            "a \(type) cannot be written as JSON: \(reason)"
        case .cannotDecode(let type, let key, let reason):
            "this is not a \(type), at \(key): \(reason); make the file again with this version"
        }
    }
}
