import Foundation
import LinearAlgebra

/// Features without labels, as for predictions.
public enum FeatureFile {
    /// The features of a `.npy`, `.npz`, `.safetensors` or `.csv` file, `[samples x D]`, all finite.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - arrays: The arrays to join in order; unneeded where the file holds one, or for all columns of a table.
    /// - Throws: `DatasetError` naming the array and the place of what is wrong.
    public static func read(_ url: URL, arrays: [String]? = nil) throws(DatasetError) -> Matrix {
        var store = ArrayStore(folder: url.deletingLastPathComponent())
        return try store.features(ArrayReference(file: url.lastPathComponent, arrays: arrays))
    }
}
