/// Names arrays of a file.
///
/// `array` names one, `arrays` several, which are joined column by column; neither is needed where the file holds only
/// one, nor for a table, all of whose columns are then meant.
public struct ArrayReference: Equatable, Sendable, Codable {
    /// The file, relative to the data set's folder: `.npy`, `.npz`, `.safetensors` or `.csv`.
    public var file: String
    /// The name of one array.
    public var array: String?
    /// The names of several arrays, joined in order.
    public var arrays: [String]?
    /// The columns to take, in order: names in a table, else numbers that count from 0; all where absent.
    public var columns: [String]?

    /// A reference to one array, several or the only one of a file.
    public init(file: String, array: String? = nil, arrays: [String]? = nil, columns: [String]? = nil) {
        self.file = file
        self.array = array
        self.arrays = arrays
        self.columns = columns
    }

    /// Decodes a reference; `array` and `arrays` exclude each other.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        file = try keys.decode(String.self, forKey: .file)
        array = try keys.decodeIfPresent(String.self, forKey: .array)
        arrays = try keys.decodeIfPresent([String].self, forKey: .arrays)
        columns = try keys.decodeIfPresent([String].self, forKey: .columns)
        if array != nil && arrays != nil {
            throw DecodingError.dataCorruptedError(
                forKey: .arrays, in: keys, debugDescription: "left out where 'array' is given")
        }
        if columns != nil && file.lowercased().hasSuffix(".csv") && (array != nil || arrays != nil) {
            throw DecodingError.dataCorruptedError(
                forKey: .columns, in: keys,
                debugDescription: "left out where 'array' or 'arrays' names columns")
        }
        if arrays?.isEmpty == true || columns?.isEmpty == true {
            throw DecodingError.dataCorruptedError(
                forKey: arrays?.isEmpty == true ? .arrays : .columns, in: keys,
                debugDescription: "a list of at least one name")
        }
    }
}
