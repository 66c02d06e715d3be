import Foundation

/// Results as JSON: keys sorted, numbers in their shortest exact form, so that equal results are equal files.
///
/// A score or loss that is not a number is written as the string `"NaN"` (or `"Infinity"`, `"-Infinity"`), for JSON has no
/// such numbers and a diverged run must still be recorded.
public enum ResultFiles {
    /// The value as JSON: indented and ended by a newline as a file, or on one line for `metrics.jsonl` and pipes.
    /// - Throws: `ReportingError.cannotEncode` when the value has no JSON form.
    public static func json(
        _ value: some Encodable, onOneLine: Bool = false
    ) throws(ReportingError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if !onOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return try encoder.encode(value) + Data("\n".utf8)
        } catch {
            throw .cannotEncode(type: "\(type(of: value))", reason: "\(error)")
        }
    }

    /// The value that `json` wrote.
    /// - Throws: `ReportingError.cannotDecode` with the key that is missing or wrong.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data
    ) throws(ReportingError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw failure(of: type, error)
        } catch {
            throw .cannotDecode(type: "\(type)", key: "its top level", reason: "\(error)")
        }
    }

    private static func failure(of type: Any.Type, _ error: DecodingError) -> ReportingError {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty
                ? "its top level"
                : "key '" + path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
                    + "'"
        }
        switch error {
        case .keyNotFound(let key, let context):
            return .cannotDecode(
                type: "\(type)", key: place(context.codingPath + [key]), reason: "the key is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return .cannotDecode(
                type: "\(type)", key: place(context.codingPath), reason: context.debugDescription)
        @unknown default:
            return .cannotDecode(type: "\(type)", key: "its top level", reason: "\(error)")
        }
    }
}
