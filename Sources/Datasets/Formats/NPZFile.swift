import Foundation

/// A NumPy `.npz` file: named arrays in a zip archive.
public struct NPZFile: Equatable, Sendable {
    /// The arrays by name.
    public var arrays: [String: NumericArray]

    /// A file of `arrays`, not yet written.
    public init(arrays: [String: NumericArray] = [:]) {
        self.arrays = arrays
    }

    /// Reads every array of a file, stored or deflated.
    /// - Throws: `DatasetError.malformedFile` where sizes or checksums do not fit, `.unsupportedArray` for element
    ///   types other than booleans, integers and floats, for big-endian numbers and for Fortran order.
    public init(contentsOf url: URL) throws(DatasetError) {
        let archive = try NPZArchive(bytes: FileBytes.read(url), path: url.relativePath)
        arrays = [:]
        for name in archive.names { arrays[name] = try archive.decoded(name) }
    }

    /// Writes all arrays as `float32`, in the order of their names, replacing the file in one step.
    /// - Throws: `DatasetError.unwritableFile`; a previous version is then untouched.
    public func write(to url: URL) throws(DatasetError) {
        var archive = ZipWriter()
        var fits = true
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            fits = fits && archive.append(NPYArray.encode(array), name: name + ".npy")
        }
        guard fits, let bytes = archive.finished() else {
            throw .unwritableFile(path: url.relativePath, reason: "a .npz file holds at most 4 GiB")
        }
        try AtomicFile.write(bytes, to: url)
    }
}

/// A NumPy `.npy` file: one array without a name.
public enum NPYFile {
    /// Reads the array.
    /// - Throws: `DatasetError.malformedFile` and `.unsupportedArray`, as `NPZFile`.
    public static func read(_ url: URL) throws(DatasetError) -> NumericArray {
        try NPYArray.decode(FileBytes.read(url)[...], path: url.relativePath, name: nil)
    }

    /// Writes `array` as `float32`, replacing the file in one step.
    /// - Throws: `DatasetError.unwritableFile`; a previous version is then untouched.
    public static func write(_ array: NumericArray, to url: URL) throws(DatasetError) {
        try AtomicFile.write(NPYArray.encode(array), to: url)
    }
}

/// The arrays of a `.npz` file, read one at a time.
struct NPZArchive {
    private static let memberSuffix = ".npy"
    private let archive: ZipArchive

    var names: [String] {
        archive.names.filter { $0.hasSuffix(Self.memberSuffix) }.map {
            String($0.dropLast(Self.memberSuffix.count))
        }
    }

    init(bytes: [UInt8], path: String) throws(DatasetError) {
        archive = try ZipArchive(bytes: bytes, path: path)
    }

    func array(_ name: String) throws(DatasetError) -> NumericArray {
        guard names.contains(name) else {
            throw .missingArray(path: archive.path, array: name, available: names)
        }
        return try decoded(name)
    }

    /// An array that is known to be there.
    func decoded(_ name: String) throws(DatasetError) -> NumericArray {
        try NPYArray.decode(
            archive.contents(of: name + Self.memberSuffix), path: archive.path, name: name)
    }
}
