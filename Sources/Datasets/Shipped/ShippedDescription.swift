import Configuration
import Foundation

/// The description of a public data set that comes with the program, whose arrays do not.
enum ShippedDescription: String, CaseIterable {
    case chest
    case glue
    case mustard
    case mustardPlusPlus = "mustard-plus-plus"

    private var bytes: [UInt8] {
        switch self {
        case .chest: PackageResources.chest_yaml
        case .glue: PackageResources.glue_yaml
        case .mustard: PackageResources.mustard_yaml
        case .mustardPlusPlus: PackageResources.mustard_plus_plus_yaml
        }
    }

    /// The data set, its arrays in `dataFolder` or in the folder that the description names within it.
    /// - Throws: `DatasetError.noDataFolder` without a folder; as `Dataset.load`.
    func load(dataFolder: URL?) throws(DatasetError) -> Dataset {
        guard let dataFolder else { throw .noDataFolder(dataset: rawValue) }
        let path = "the description of '\(rawValue)'"
        let description: DatasetDescription
        do {
            description = try ConfigurationFile.decode(
                yaml: String(decoding: bytes, as: UTF8.self), path: path)
        } catch {
            throw .invalidConfiguration(error)
        }
        let own = description.folder.map(dataFolder.appendingPathComponent)
        let folder = own.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
        var loader = DatasetLoader(
            description: description, path: path, store: ArrayStore(folder: folder ?? dataFolder))
        return try loader.load()
    }
}
