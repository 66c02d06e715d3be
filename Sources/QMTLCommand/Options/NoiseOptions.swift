import ArgumentParser
import Configuration
import Foundation
import QMTL

/// The noise that circuits are evaluated under.
enum NoiseChoice {
    /// What `--noise` names: a file, a built-in model such as `depolarizing:0.01`, or `none`.
    /// - Throws: `ConfigurationError` for a file; `NoiseError`.
    static func open(_ name: String) throws -> NoiseDescription? {
        if name == "none" { return nil }
        let url = URL(filePath: name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            // A path that does not exist is no misspelt model.
            guard name.contains("/") || name.hasSuffix(".yaml") else {
                return try NoiseDescription(named: name)
            }
            return try ConfigurationFile.decode(from: url)
        }
        var description: NoiseDescription = try ConfigurationFile.decode(from: url)
        if description.name == nil { description.name = url.deletingPathExtension().lastPathComponent }
        description.makeAbsolute(from: url.standardizedFileURL.deletingLastPathComponent())
        return description
    }

    static let help = ArgumentHelp(
        "Noise: a YAML file, none, or \(NoiseDescription.builtInNames.map { $0 + ":P" }.joined(separator: ", ")).",
        valueName: "name")
}
