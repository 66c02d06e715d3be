import Datasets
import LinearAlgebra
import Testing

@Suite struct DigitsTests {
    let digits = Dataset.digits()

    /// The first row of the UCI file, whose label is 0; counts per digit from the file's own description.
    @Test func imagesAreThoseOfTheArchive() {
        let source = digits.sources[0]
        #expect(source.features.rows == 1797 && source.features.columns == 64)
        #expect(source.features.row(0).prefix(8).map { $0 * 16 } == [0, 0, 5, 13, 9, 1, 0, 0])
        let named = source.labels.column(13)
        #expect(named.prefix(10) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        let counts = (0...9).map { digit in named.count { $0 == Float(digit) } }
        #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
        #expect(source.features.elements.max() == 1 && source.features.elements.min() == 0)
    }

    @Test func tasksGroupTheDigitsAsTheirNamesSay() {
        #expect(digits.tasks.map(\.name).suffix(4) == ["even", "above-four", "loop", "digit"])
        #expect(digits.tasks[13].kind == .classes(10) && digits.tasks[13].metric == .accuracy)
        #expect(digits.tasks.dropLast().allSatisfy { $0.kind == .binary && $0.metric == .balancedAccuracy })
        let labels = digits.sources[0].labels
        for row in 0..<10 {
            let digit = row  // the archive begins with 0, 1, ..., 9
            #expect((0...9).map { labels[row, $0] == 1 } == (0...9).map { $0 == digit })
            #expect(labels[row, 10] == (digit % 2 == 0 ? 1 : 0))
            #expect(labels[row, 11] == (digit > 4 ? 1 : 0))
            #expect(labels[row, 12] == ([0, 6, 8, 9].contains(digit) ? 1 : 0))
        }
    }

    @Test func splitsAreStratifiedByDigit() throws {
        let source = digits.sources[0]
        for (split, share) in [(Split.train, 0.7), (.validation, 0.15), (.test, 0.15)] {
            let samples = source.samples(of: split)
            #expect(abs(Double(samples.count) - share * 1797) <= 1)
            for digit in 0...9 {
                let total = source.labels.column(13).count { $0 == Float(digit) }
                let count = samples.count { source.labels[$0, 13] == Float(digit) }
                #expect(abs(Double(count) - share * Double(total)) <= 2)
            }
        }
        try digits.validate()
        #expect(Dataset.digits().sources[0].splits == source.splits)
    }

    @Test func theFamilyHasEveryDivisionOfTheDigitsOnce() throws {
        let family = try Dataset.digitsFamily(taskCount: 511)
        #expect(Set(family.tasks.map(\.name)).count == 511)
        #expect(family.tasks[0].name == "group-01234")
        #expect(family.tasks[125].name == "group-06789")
        #expect(family.tasks[126].name == "group-0123")
        #expect(family.tasks[510].name == "group-9")
        // Ten rows that show each digit once: the column tells which digits have the label 1.
        let labels = family.sources[0].labels
        let divisions = Set(
            (0..<511).map { task -> [Float] in
                let group = (0..<10).map { labels[$0, task] }
                return group[0] == 1 ? group : group.map { 1 - $0 }
            })
        #expect(divisions.count == 511)
        for task in 0..<126 { #expect((0..<10).reduce(0) { $0 + labels[$1, task] } == 5) }
        try family.validate()
    }

    @Test func syntheticTasksAreBalancedRelatedAndSeeded() throws {
        let family = try Dataset.digitsFamily(taskCount: 541)
        let labels = family.sources[0].labels
        let columns = (511..<541).map { labels.column($0) }
        // 1797 samples: 898 above the median, the one it belongs to, 898 below.
        for column in columns { #expect(column.reduce(0, +) == 898) }
        #expect(Set(columns).count == 30)
        // Related by more than chance: the labels of two unrelated functionals agree on half of the samples.
        var agreement = 0.0
        for left in 0..<30 {
            for right in 0..<left {
                agreement += Double(zip(columns[left], columns[right]).count { $0 == $1 }) / 1797
            }
        }
        #expect((0.58...0.75).contains(agreement / 435))

        let longer = try Dataset.digitsFamily(taskCount: 545)
        #expect(longer.sources[0].labels.column(540) == columns[29])
        let other = try Dataset.digitsFamily(taskCount: 541, seed: 1)
        #expect(other.sources[0].labels.column(10) == labels.column(10))
        #expect(other.sources[0].labels.column(540) != columns[29])
    }

    @Test func namesAreKnownOrListed() throws {
        #expect(try Dataset.named("digits").tasks.count == 14)
        #expect(try Dataset.named("digits:3").name == "digits-family")
        #expect(throws: DatasetError.unknownDataset(name: "mnist", known: Dataset.knownNames)) {
            try Dataset.named("mnist")
        }
        #expect(throws: DatasetError.invalidTaskCount(0, allowed: Dataset.digitsFamilyTaskCounts)) {
            try Dataset.named("digits:0")
        }
    }
}
