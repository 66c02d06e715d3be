import Configuration
import Foundation
import Testing

private struct Settings: Codable, Equatable {
    enum Backend: String, Codable, CaseIterable { case reference, cpu }
    struct Optimizer: Codable, Equatable {
        var rate: Float = 0.01
        var decay: Double = 1e-8
        var clip: Double?
    }
    var epochs = 30
    var backend = Backend.cpu
    var optimizer = Optimizer()
    var heads = ["quantum", "linear"]
    var name = "run"
    var verbose = false
}

private func decode(_ yaml: String, _ overrides: [String] = []) throws(ConfigurationError) -> Settings {
    try ConfigurationFile.decode(
        Settings.self, defaults: Settings(), yaml: yaml, path: "c.yaml", overrides: overrides)
}

@Suite struct ConfigurationFileTests {
    @Test func whatIsNotGivenKeepsItsDefault() throws {
        let settings = try decode("optimizer: {rate: 0.5}\nheads: [sliced]\n")
        var expected = Settings()
        expected.optimizer.rate = 0.5
        expected.heads = ["sliced"]
        #expect(settings == expected)
        #expect(try ConfigurationFile.decode(defaults: Settings(), from: nil) == Settings())
    }

    @Test func overridesWinAndReachIntoMappingsAndLists() throws {
        let settings = try decode(
            "epochs: 3\n",
            ["epochs=7", "optimizer.clip=1.5", "heads.1=sliced", "name=a=b", "backend=reference"])
        #expect(settings.epochs == 7)
        #expect(settings.optimizer.clip == 1.5)
        #expect(settings.name == "a=b")
        #expect(settings.backend == .reference)
        #expect(try decode("", ["heads=[a, b, c]"]).heads == ["a", "b", "c"])
        #expect(try decode("heads: [a, b]", ["heads.1=sliced"]).heads == ["a", "sliced"])
    }

    @Test func writesEveryKeyInOrderAndReadsItBack() throws {
        let text = try ConfigurationFile.encode(Settings())
        #expect(
            text == """
                epochs: 30
                backend: cpu
                optimizer:
                  rate: 0.01
                  decay: 1.0e-08
                  clip: null
                heads: [quantum, linear]
                name: run
                verbose: false

                """)
        #expect(try decode(text) == Settings())
        var odd = Settings()
        odd.name = "yes"
        odd.heads = ["1.5", "", "a: b", "null"]
        odd.optimizer = .init(rate: .infinity, decay: 0.1 + 0.2, clip: -3)
        #expect(try decode(ConfigurationFile.encode(odd)) == odd)
    }

    @Test func anUnknownKeyShowsItsPathLineAndNearestKey() {
        #expect(
            throws: ConfigurationError.unknownKey(
                key: "optimizer.rte", place: .file(path: "c.yaml", line: 3), nearest: "rate",
                known: ["rate", "decay", "clip"])
        ) { try decode("epochs: 3\noptimizer:\n  rte: 2\n") }
        #expect(
            throws: ConfigurationError.unknownKey(
                key: "optimizer.zzzzzz", place: .override("optimizer.zzzzzz=1"), nearest: nil,
                known: ["rate", "decay", "clip"])
        ) { try decode("", ["optimizer.zzzzzz=1"]) }
    }

    @Test func aMisspeltRequiredKeyIsNamedInsteadOfTheMissingOne() {
        struct Required: Codable {
            var name: String
            var count: Int
        }
        func read(_ yaml: String) throws {
            _ = try ConfigurationFile.decode(Required.self, yaml: yaml, path: "r")
        }
        #expect(
            throws: ConfigurationError.unknownKey(
                key: "nmae", place: .file(path: "r", line: 1), nearest: "name", known: ["name"])
        ) { try read("nmae: a\ncount: 1") }
        #expect(throws: ConfigurationError.missingKey(key: "count", place: .file(path: "r", line: 1))) {
            try read("name: a")
        }
    }

    @Test(arguments: [
        ("epochs: ten", "epochs", "'ten'", "a whole number"),
        ("epochs: '3'", "epochs", "'3'", "a whole number"),
        ("epochs: 1.5", "epochs", "'1.5'", "a whole number"),
        ("epochs:", "epochs", "empty", "a whole number"),
        ("backend: gpu", "backend", "'gpu'", "one of reference, cpu"),
        ("optimizer: 3", "optimizer", "'3'", "a mapping of keys to values"),
        ("heads: quantum", "heads", "'quantum'", "a list"),
        ("heads: [a, [b]]", "heads.1", "a list", "a text"),
        ("verbose: maybe", "verbose", "'maybe'", "true or false"),
    ])
    func aWrongValueShowsWhatWasFoundAndWhatIsAllowed(
        yaml: String, key: String, found: String, expected: String
    ) {
        #expect(
            throws: ConfigurationError.invalidValue(
                key: key, place: .file(path: "c.yaml", line: 1), found: found, expected: expected)
        ) { try decode(yaml) }
    }

    @Test func anOverrideIsNamedAsTheSourceOfAWrongValue() {
        #expect(
            throws: ConfigurationError.invalidValue(
                key: "optimizer.rate", place: .override("optimizer.rate=fast"), found: "'fast'",
                expected: "a number")
        ) { try decode("optimizer:\n  rate: 1\n", ["optimizer.rate=fast"]) }
    }

    @Test(arguments: ["epochs", "optimizer..rate=1", "=1", "heads.9=a", "name=[1"])
    func aMalformedOverrideIsRefused(_ text: String) {
        #expect {
            try decode("heads: [a]", [text])
        } throws: { error in
            if case ConfigurationError.invalidOverride(text, _) = error { true } else { false }
        }
    }

    @Test(arguments: [
        ("a: [1", 1), ("epochs: 1\nepochs: 2", 1), ("epochs: 1\n\tname: 2", 2), ("- 1", 1), ("text", 1),
    ])
    func textThatIsNoMappingIsRefusedWithItsLine(_ yaml: String, line: Int) {
        #expect {
            try decode(yaml)
        } throws: { error in
            guard case ConfigurationError.invalidYAML(.file("c.yaml", let found), _) = error else {
                return false
            }
            return found.map { abs($0 - line) <= 1 } ?? false
        }
    }

    @Test func aMissingFileIsNamedAsGiven() {
        let url = URL(fileURLWithPath: "no/such.yaml")
        #expect(
            throws: ConfigurationError.unreadableFile(
                path: "no/such.yaml", reason: "No such file or directory")
        ) {
            try ConfigurationFile.decode(Settings.self, from: url)
        }
    }

    @Test func anOverrideMergesMappingsAsTheFileDoes() throws {
        let settings = try decode("optimizer: {rate: 1, decay: 3}", ["optimizer={rate: 2}"])
        #expect(settings.optimizer == .init(rate: 2, decay: 3))
        #expect(throws: ConfigurationError.self) { try decode("optimizer: {rate: 1}", ["optimizer=3"]) }
    }

    @Test func keysLeftOverFromTheDefaultsAreNoMistake() throws {
        struct Choice: Codable, Equatable {
            var kind: String
            var beta: Double?
            init(kind: String, beta: Double?) { (self.kind, self.beta) = (kind, beta) }
            init(from decoder: any Decoder) throws {
                let keys = try decoder.container(keyedBy: CodingKeys.self)
                kind = try keys.decode(String.self, forKey: .kind)
                if kind == "adam" { beta = try keys.decode(Double.self, forKey: .beta) }
            }
        }
        let adam = Choice(kind: "adam", beta: 0.9)
        func read(_ yaml: String) throws -> Choice {
            try ConfigurationFile.decode(defaults: adam, yaml: yaml, path: "c.yaml")
        }
        #expect(try read("kind: sgd") == Choice(kind: "sgd", beta: nil))
        #expect(throws: ConfigurationError.self) { try read("kind: sgd\nbeta: 0.5") }
    }

    @Test func descriptionsAreSentences() {
        let error = ConfigurationError.unknownKey(
            key: "a.epoch", place: .file(path: "c.yaml", line: 3), nearest: "epochs", known: [])
        #expect(error.description == "c.yaml, line 3: unknown key 'a.epoch'; did you mean 'epochs'?")
    }
}
