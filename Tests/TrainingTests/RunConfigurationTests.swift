import Configuration
import Testing
import Training

@Suite struct RunConfigurationTests {
    @Test func everyKeyHasADefault() throws {
        let empty = try ConfigurationFile.decode(RunConfiguration.self, yaml: "", path: "config.yaml")
        #expect(empty == RunConfiguration())
        let sections = "head: {kind: linear}\noptimizer: {schedule: {kind: cosine}}\ntrunk: {}\ndataset: {}\n"
        var expected = RunConfiguration()
        expected.head.kind = .linear
        expected.optimizer.schedule.kind = .cosine
        #expect(
            try ConfigurationFile.decode(RunConfiguration.self, yaml: sections, path: "config.yaml")
                == expected)
    }

    @Test func writtenCompleteAndReadBack() throws {
        var configuration = RunConfiguration()
        configuration.seed = .max
        configuration.memory = MemorySize("1.5 GiB")
        configuration.optimizer.clipNorm = 0.1
        configuration.head.register = 3
        let text = try ConfigurationFile.encode(configuration)
        #expect(
            try ConfigurationFile.decode(RunConfiguration.self, yaml: text, path: "config.yaml")
                == configuration)
        for key in ["patience: null", "width: null", "learning_rate: 0.01", "memory: 1536MiB", "fold: null"] {
            #expect(text.contains(key), "config.yaml must hold '\(key)'")
        }
    }

    @Test func overridesReachEverySection() throws {
        let configuration = try ConfigurationFile.decode(
            RunConfiguration.self, yaml: "epochs: 3", path: "config.yaml",
            overrides: ["optimizer.schedule.warm_up=0.2", "head.readout=born", "class_weights=balanced"])
        #expect(configuration.epochs == 3)
        #expect(configuration.optimizer.schedule.warmUp == 0.2)
        #expect(configuration.head.readout == .born)
        #expect(configuration.classWeights == .balanced)
    }

    @Test func tasksAreChosenByName() throws {
        let choice = try ConfigurationFile.decode(
            RunConfiguration.self, yaml: "dataset: {name: 'digits:3'}", path: "config.yaml"
        ).dataset
        let all = try choice.open()
        #expect(all.tasks.count == 3)
        let one = try ConfigurationFile.decode(
            RunConfiguration.self, yaml: "dataset: {name: 'digits:3'}", path: "config.yaml",
            overrides: ["dataset.tasks=[\(all.tasks[1].name)]"]
        ).dataset.open()
        #expect(one.tasks == [all.tasks[1]])
        #expect(one.sources[0].labels.column(0) == all.sources[0].labels.column(1))
    }

    @Test func unknownKeysAreErrors() {
        #expect {
            try ConfigurationFile.decode(
                RunConfiguration.self, yaml: "optimizer: {learning_rat: 0.1}", path: "config.yaml")
        } throws: { error in
            guard case ConfigurationError.unknownKey(let key, _, let nearest, _) = error else { return false }
            return key == "optimizer.learning_rat" && nearest?.hasSuffix("learning_rate") == true
        }
    }

    @Test(
        arguments: [
            ("sim-20", nil, "paper", "head.block"), (nil, "angle", "paper", "head.encoding"),
            (nil, "iqp", "hqsl", "head.encoding"),
        ] as [(String?, String?, String, String)])
    func unknownTemplatesAreErrors(block: String?, encoding: String?, preset: String, key: String) {
        var configuration = RunConfiguration()
        configuration.head.preset = preset
        configuration.head.block = block
        configuration.head.encoding = encoding
        #expect {
            try configuration.validate()
        } throws: { error in
            guard case TrainingError.invalidConfiguration(let found, let problem) = error else {
                return false
            }
            return found == key && problem.contains(preset == "hqsl" ? "another preset" : "use one of")
        }
    }

    @Test(arguments: [
        ("512MiB", 512 << 20), ("2GiB", 2 << 30), ("1.5G", 3 << 29), ("4096", 4096), ("1 kb", 1024),
        ("3T", 3 << 40), ("7B", 7),
    ])
    func memoryIsReadWithItsUnit(text: String, bytes: Int) {
        #expect(MemorySize(text)?.bytes == bytes)
    }

    @Test(arguments: ["", "GiB", "-1G", "two", "0", "1e30T", "0.1B", "nan"])
    func otherMemoryIsRefused(text: String) {
        #expect(MemorySize(text) == nil)
    }
}
