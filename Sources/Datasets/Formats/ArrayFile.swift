import Foundation

/// A file of arrays, whatever its format; each array is decoded when it is asked for.
enum ArrayFile {
    case npy(bytes: [UInt8], path: String)
    case npz(NPZArchive)
    case safetensors(SafetensorsArchive)
    case csv(CSVTable)

    /// The endings that tell formats apart.
    static let endings = ["npy", "npz", "safetensors", "csv"]

    /// Opens the file at `url`; its ending names the format.
    init(_ url: URL) throws(DatasetError) {
        let path = url.relativePath
        switch url.pathExtension.lowercased() {
        case "npy": self = .npy(bytes: try FileBytes.read(url), path: path)
        case "npz": self = .npz(try NPZArchive(bytes: FileBytes.read(url), path: path))
        case "safetensors":
            self = .safetensors(try SafetensorsArchive(bytes: FileBytes.read(url), path: path))
        case "csv": self = .csv(try CSVTable(bytes: FileBytes.read(url), path: path))
        default:
            throw .unreadableFile(
                path: path,
                reason: "the ending is none of \(Self.endings.map { "." + $0 }.joined(separator: ", "))")
        }
    }

    /// The names of the arrays; those of a table are its columns, a `.npy` file has none.
    var names: [String] {
        switch self {
        case .npy: []
        case .npz(let archive): archive.names
        case .safetensors(let archive): archive.names
        case .csv(let table): table.columns
        }
    }

    /// The array called `name`; a table's is one column.
    func array(_ name: String) throws(DatasetError) -> NumericArray {
        switch self {
        case .npy(_, let path):
            throw .unsupportedArray(
                path: path, array: name, problem: "has no name in a .npy file; leave out the key 'array'")
        case .npz(let archive): return try archive.array(name)
        case .safetensors(let archive): return try archive.array(name)
        case .csv(let table):
            let column = try table.array([name])
            return NumericArray(shape: [column.shape[0]], values: column.values)
        }
    }

    /// The array of a file that has only one, or a whole table; `nil` where a name must choose.
    func onlyArray() throws(DatasetError) -> NumericArray? {
        switch self {
        case .npy(let bytes, let path): return try NPYArray.decode(bytes[...], path: path, name: nil)
        case .npz(let archive): return archive.names.count == 1 ? try archive.array(archive.names[0]) : nil
        case .safetensors(let archive):
            return archive.names.count == 1 ? try archive.array(archive.names[0]) : nil
        case .csv(let table): return try table.array(table.columns)
        }
    }
}
