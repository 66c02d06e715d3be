import Configuration
import Datasets
import Experiments
import Foundation
import Testing

struct ShippedConfigurationTests {
    @Test(arguments: ["glue", "chest", "mustard", "digits"]) func comparisonsAreValid(name: String) throws {
        let shipped = try #require(ShippedConfiguration.comparisons.first { $0.name == name })
        let configuration: ComparisonConfiguration = try ConfigurationFile.decode(
            defaults: ComparisonConfiguration(), yaml: shipped.text, path: name)
        try configuration.validate()
        try configuration.run.validate()
        #expect(configuration.heads == HeadChoice.all)
        #expect(Dataset.knownNames.contains(configuration.run.dataset.name))
        // Every trial's settings exist.
        let tuning = try Tuning(
            of: configuration, in: URL(filePath: "/unused"), foldCount: 0, tasks: [], text: "")
        #expect(tuning != nil)
    }

    @Test func theScalingSweepIsValid() throws {
        let shipped = try #require(ShippedConfiguration.sweeps.first { $0.name == "scaling" })
        let configuration: SweepConfiguration = try ConfigurationFile.decode(
            defaults: SweepConfiguration(), yaml: shipped.text, path: "scaling")
        try configuration.validate()
        try configuration.run.validate()
        #expect(configuration.tasks == (1...10).map { 1 << $0 })
        #expect(Set(configuration.allHeads) == Set(HeadChoice.all))
        #expect(configuration.seedCount(tasks: 128) == 5)
    }
}
