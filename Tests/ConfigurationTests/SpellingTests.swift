import Configuration
import Testing

@Suite struct SpellingTests {
    @Test(arguments: [
        ("epoch", "epochs"), ("lables", "labels"), ("weightedF1", "weighted-f1"),
        ("balanced_acuracy", "balanced-accuracy"),
    ])
    func findsWhatWasMeant(_ misspelt: String, _ meant: String) {
        #expect(
            Spelling.nearest(to: misspelt, among: ["epochs", "labels", "weighted-f1", "balanced-accuracy"])
                == meant)
    }

    @Test func keepsQuietWhereNothingIsClose() {
        #expect(Spelling.nearest(to: "banana", among: ["epochs", "labels"]) == nil)
        #expect(Spelling.nearest(to: "ab", among: ["cd"]) == nil)
    }
}
