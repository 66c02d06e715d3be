import Foundation
import Testing

struct SweepTests {
    private static func arguments(_ folder: URL) -> [String] {
        [
            "sweep", "--tasks", "2,4,8", "--heads", "quantum,linear,sliced", "--seeds", "2", "--epochs", "8",
            "--set", "timed_steps=3", "--quiet", "--json", "--out", folder.path,
        ]
    }

    @Test func aSweepAnswersWithRowsAndExponents() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try QMTLProgram.run(Self.arguments(folder))
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try outcome.object()
            let rows = try #require(answer["rows"] as? [[String: Any]])
            #expect(rows.count == 9)
            #expect(rows.map { $0["tasks"] as? Int } == [2, 4, 8, 2, 4, 8, 2, 4, 8])
            for row in rows {
                #expect(row["parameters"] is [String: Int] && row["seeds"] as? [Int] == [1, 2])
                #expect(try #require(row["seconds_per_step"] as? Double) > 0)
                #expect(try #require(row["memory_mb"] as? Double) > 1)
                let score = try #require(row["score"] as? [String: Any])
                #expect(score["mean"] is Double && (score["ci95"] as? [Double])?.count == 2)
            }
            let exponents = try #require(answer["exponents"] as? [[String: Any]])
            #expect(exponents.map { $0["head"] as? String } == ["quantum", "linear", "sliced"])
            // Eight numbers a task: three encoding angles, three of the block, scale and bias.
            #expect(abs(try #require(exponents[0]["exponent"] as? Double) - 1) < 1e-9)
            let table = try String(contentsOf: folder.appending(path: "sweep.csv"), encoding: .utf8)
            #expect(table.split(separator: "\r\n").count == 10)
        }
    }

    /// A process that is killed loses no run and leaves none to be made twice: the table is that of an unbroken sweep.
    @Test func aSweepKilledFiveTimesEndsAsAnUnbrokenOne() async throws {
        try await TemporaryFolder.with { folder in
            let (unbroken, broken) = (folder.appending(path: "unbroken"), folder.appending(path: "broken"))
            let expected = try QMTLProgram.run(Self.arguments(unbroken))
            #expect(expected.status == 0, "\(expected.errors)")
            var kills = 0
            for milliseconds in [30, 90, 150, 60, 120] {
                let running = try QMTLProgram.start(Self.arguments(broken))
                usleep(useconds_t(milliseconds * 1000))
                running.kill()
                if try running.outcome().status == SIGKILL { kills += 1 }
            }
            #expect(kills >= 3)
            // Two processes at once finish what is left.
            let both = try (0..<2).map { _ in try QMTLProgram.start(Self.arguments(broken)) }
            for outcome in try both.map({ try $0.outcome() }) {
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let tables = try [unbroken, broken].map {
                try Self.scores(Data(contentsOf: $0.appending(path: "sweep.json")))
            }
            #expect(tables[0] == tables[1])
        }
    }

    @Test func wrongSweepsAreUsageErrors() throws {
        try QMTLProgram.run("sweep", "--tasks", "2,2").expectFailure(64, naming: "2 tasks", "twice")
        try QMTLProgram.run("sweep", "--dataset", "chest").expectFailure(64, naming: "chest", "digits")
        try QMTLProgram.run("sweep", "--shard", "3/2").expectFailure(64, naming: "3/2")
        try QMTLProgram.run("sweep", "--jobs", "0").expectFailure(64, naming: "--jobs")
    }

    /// The rows without what a clock and a meter say.
    private static func scores(_ data: Data) throws -> NSArray {
        let sweep = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let rows = try #require(sweep["rows"] as? [[String: Any]])
        return rows.map { row in
            row.filter { !["seconds_per_step", "memory_mb", "device"].contains($0.key) }
        } as NSArray
    }
}
