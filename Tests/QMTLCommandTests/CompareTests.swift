import Foundation
import Testing

struct CompareTests {
    @Test func aComparisonKeepsWhatIsFinished() async throws {
        try await TemporaryFolder.with { folder in
            let first = try QMTLProgram.run(Self.arguments(folder) + ["--json"])
            #expect(first.status == 0, "\(first.errors)")
            let answer = try first.object()
            let heads = try #require(answer["heads"] as? [[String: Any]])
            #expect(heads.compactMap { $0["head"] as? String } == ["quantum", "linear", "quantum"])
            #expect(heads.map { $0["preset"] as? String } == ["paper", nil, "separable"])
            #expect(heads.allSatisfy { $0["seeds"] as? [Int] == [1, 2] })
            for head in heads {
                let macro = try #require(head["macro"] as? [String: [String: Any]])
                for split in ["validation", "test"] {
                    #expect(macro[split]?["mean"] is Double && macro[split]?["std"] is Double)
                    #expect((macro[split]?["ci95"] as? [Double])?.count == 2)
                }
            }
            #expect((answer["tests"] as? [[String: Any]])?.count == 3)
            for name in [
                "comparison.json", "comparison.csv", "comparison-tests.csv", "comparison.tex", "config.yaml",
                "report.html",
            ] {
                #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path), "\(name)")
            }

            // A finished run is read again, to the last digit of its times; one cut short goes on.
            let finished = folder.appending(path: "linear/seed-1/result.json")
            let cut = folder.appending(path: "quantum-separable/seed-2/result.json")
            let before = try Data(contentsOf: finished)
            try FileManager.default.removeItem(at: cut)
            let second = try QMTLProgram.run(Self.arguments(folder) + ["--json"])
            #expect(try Data(contentsOf: finished) == before)
            let again = try #require(try second.object()["heads"] as? [[String: Any]])
            for (head, same) in zip(heads, again) {
                #expect(head["macro_test_runs"] as? [Double] == same["macro_test_runs"] as? [Double])
            }

            try QMTLProgram.run(Self.arguments(folder) + ["--batch", "17"])
                .expectFailure(64, naming: "batch", "quantum/seed-1")

            let plot = folder.appending(path: "plots/macro-test-score-of-each-head.svg")
            #expect(try String(contentsOf: plot, encoding: .utf8).hasPrefix("<svg"))

            let page = folder.appending(path: "report.html")
            try FileManager.default.removeItem(at: page)
            #expect(try QMTLProgram.run("report", folder.path).status == 0)
            #expect(try String(contentsOf: page, encoding: .utf8).contains("</html>"))
        }
    }

    @Test func tasksLearntAloneGiveTheMultiTaskGain() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try QMTLProgram.run(
                "compare", "--dataset", "digits:3", "--heads", "linear,sliced", "--seeds", "2", "--epochs",
                "2",
                "--set", "single_task=[linear]", "--set", "primary={head: linear, against: [sliced]}",
                "--set", "tune={keys: {optimizer.learning_rate: [0.003, 0.03]}}", "--json", "--quiet",
                "--out", folder.path)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try outcome.object()
            let heads = try #require(answer["heads"] as? [[String: Any]])
            let gain = try #require(heads[0]["multi_task_gain"] as? [String: Any])
            #expect(gain["runs"] as? Int == 2 && (gain["tasks"] as? [[String: Any]])?.count == 3)
            #expect(heads[1]["multi_task_gain"] == nil)
            let tests = try #require(answer["tests"] as? [[String: Any]])
            #expect(tests.map { $0["family"] as? String } == ["primary"])
            let tuning = try #require(answer["tuning"] as? [String: Any])
            #expect((tuning["choices"] as? [[String: Any]])?.count == 2 + 3)
            let alone = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "linear").path
            ).filter { $0.hasPrefix("task-") }
            #expect(alone.count == 3)
        }
    }

    @Test func picturesAreWrittenInTheFormatsAskedFor() async throws {
        try await TemporaryFolder.with { folder in
            let (tools, run) = (folder.appending(path: "tools"), folder.appending(path: "run"))
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            let report = ["report", run.path, "--plots", "png"]
            let trained = try QMTLProgram.run(
                "train", "--head", "linear", "--epochs", "2", "--out", run.path, "-q")
            #expect(trained.status == 0, "\(trained.errors)")
            try QMTLProgram.run(report, path: tools.path).expectFailure(
                69, naming: "rsvg-convert", "librsvg2-bin")
            // A stand-in that writes down what it is asked for: --zoom Z --output FILE PICTURE.
            let tool = tools.appending(path: "rsvg-convert")
            try Data("#!/bin/sh\nhead -c 4 \"$5\" > \"$4\"\n".utf8).write(to: tool)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
            let made = try QMTLProgram.run(report, path: tools.path + ":/usr/bin:/bin")
            #expect(made.status == 0, "\(made.errors)")
            let plots = run.appending(path: "plots")
            let names = try FileManager.default.contentsOfDirectory(atPath: plots.path)
            #expect(names.contains("loss-by-epoch.png") && names.allSatisfy { $0.hasSuffix(".png") })
            #expect(try Data(contentsOf: plots.appending(path: "loss-by-epoch.png")) == Data("<svg".utf8))
            // Another call leaves its own files only.
            #expect(try QMTLProgram.run("report", run.path, "--plots", "svg").status == 0)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: plots.path).sorted()
                    == names.map { $0.replacing(".png", with: ".svg") }.sorted())
        }
    }

    @Test func headsOfASeedStartFromTheSameTrunk() async throws {
        // Sliced and linear heads are one function for a single task; if their trunks start alike and see the same
        // samples in the same order, so are all their epochs.
        try await TemporaryFolder.with { folder in
            let outcome = try QMTLProgram.run(
                "compare", "--dataset", "digits:1", "--heads", "linear,sliced", "--seeds", "1", "--epochs",
                "4",
                "--out", folder.path, "-q")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let losses = try ["linear", "sliced"].map { head in
                try String(
                    contentsOf: folder.appending(path: "\(head)/seed-1/metrics.jsonl"), encoding: .utf8
                ).split(separator: "\n").map { line -> Double in
                    let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    return try #require(record?["train_loss"] as? Double)
                }
            }
            #expect(losses[0].count == 4)
            // The two sum in different orders, so rounding differs.
            for (linear, sliced) in zip(losses[0], losses[1]) { #expect(abs(linear - sliced) < 1e-5) }
        }
    }

    @Test func wrongComparisonsAreUsageErrors() throws {
        try QMTLProgram.run("compare", "--heads", "linear,linear").expectFailure(
            64, naming: "linear", "twice")
        try QMTLProgram.run("compare", "--seeds", "0").expectFailure(64, naming: "seeds")
        try QMTLProgram.run("compare", "--heads", "linear,", "--seeds", "1").expectFailure(
            64, naming: "linear,")
    }

    private static func arguments(_ folder: URL) -> [String] {
        [
            "compare", "--dataset", "digits:3", "--heads", "quantum,linear,quantum:separable", "--seeds", "2",
            "--epochs", "2", "--quiet", "--out", folder.path,
        ]
    }
}
