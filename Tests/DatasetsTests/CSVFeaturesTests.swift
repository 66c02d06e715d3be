import Datasets
import Foundation
import Testing

@Suite struct CSVFeaturesTests {
    let folder: TemporaryFolder
    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            name: table
            features: {file: t.csv, columns: [height, "weight, kg"]}
            labels: {file: t.csv, array: sick}
            splits: {file: t.csv, array: split}
            standardize: false
            tasks: [{name: sick, kind: binary}]
            """, "dataset.yaml")
    }

    private func load(_ table: String) throws -> Dataset {
        try folder.write(table, "t.csv")
        return try Dataset.load(from: folder.url)
    }

    private static let rows = ["1.5,0,70,0", "-2,1,8e1,0", "3,0,9,1", "4,1,10,1", "5,,11,2", "6,1,12,2"]
    private static func table(_ rows: [String], separator: String = ",") -> String {
        let header = "height,sick,\"weight, kg\",split"
        let lines = [header.replacingOccurrences(of: "t,s", with: "t\(separator)s")] + rows
        return lines.joined(separator: "\n")
    }

    @Test func choosesColumnsByNameInTheOrderAskedFor() throws {
        let set = try load(Self.table(Self.rows))
        #expect(set.sources[0].features.row(1) == [-2, 80])
        #expect(set.sources[0].labels.elements.map { $0.isNaN ? -1 : $0 } == [0, 1, 0, 1, -1, 1])
        #expect(set.sources[0].splits == [.train, .train, .validation, .validation, .test, .test])
    }

    @Test func lineEndingsSpacesAndSemicolonsMakeNoDifference() throws {
        let expected = try load(Self.table(Self.rows)).sources[0].features
        #expect(
            try load(Self.table(Self.rows).replacingOccurrences(of: "\n", with: "\r\n") + "\r\n")
                .sources[0].features == expected)
        let semicolons =
            "height;sick;weight, kg;split\n" + Self.rows.joined(separator: "\n").replacing(",", with: "; ")
        #expect(try load(semicolons).sources[0].features == expected)
    }

    @Test func namesTheCellThatIsNoNumber() throws {
        var rows = Self.rows
        rows[2] = "3,0,nine,1"
        #expect(
            throws: DatasetError.notANumber(
                path: folder.file("t.csv").relativePath, line: 4, column: "weight, kg", text: "nine")
        ) { try load(Self.table(rows)) }
    }

    @Test func namesTheLineWithTooFewCells() throws {
        var rows = Self.rows
        rows[3] = "4,1,10"
        #expect(
            throws: DatasetError.malformedFile(
                path: folder.file("t.csv").relativePath,
                problem: "line 5 has 3 cells, but the header row has 4")
        ) { try load(Self.table(rows)) }
    }

    @Test func listsTheColumnsThatAreThere() throws {
        #expect(
            throws: DatasetError.missingArray(
                path: folder.file("t.csv").relativePath, array: "height", available: ["a", "b"])
        ) { try load("a,b\n1,2\n") }
    }

    @Test(arguments: ["", "height,sick\n\"1,2", "\u{0}\n"])
    func aBrokenTableIsRefused(_ table: String) throws {
        #expect(throws: DatasetError.self) { try load(table) }
    }
}
