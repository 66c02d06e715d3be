import Foundation
import Testing

/// Noise, shots and mitigation on the command line.
struct NoiseCommandTests {
    @Test func aRunTrainsUnderNoiseAndIsScoredInOtherWays() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run").path
            let file = folder.appending(path: "noise.yaml")
            try """
            name: mild
            gates: [{gates: [rx, ry, cz], channel: depolarizing, probability: 0.01}]
            readout: [{zero_to_one: 0.1, one_to_zero: 0.2}]
            """.write(to: file, atomically: true, encoding: .utf8)
            let trained = try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--epochs", "2", "--noise", file.path, "--out", run, "-q",
                "--backend", "cpu")
            #expect(trained.status == 0, "\(trained.errors)")
            let text = try String(
                contentsOf: folder.appending(path: "run/config.yaml"), encoding: .utf8)
            #expect(text.contains("name: mild") && text.contains("channel: depolarizing"))

            let own = try QMTLProgram.run("evaluate", run, "--json").object()
            #expect(own["noise"] as? String == "mild" && own["cost"] == nil)
            let mitigated = try QMTLProgram.run(
                "evaluate", run, "--json", "--shots", "64", "--mitigate", "readout,richardson"
            ).object()
            #expect((mitigated["cost"] as? [String: Int])?["circuits"] == 3)
            #expect((mitigated["unmitigated"] as? [String: Any])?["macro"] is Double)

            let sweep = try QMTLProgram.run(
                "evaluate", run, "--json", "--noise", "none,depolarizing:0.1", "--shots", "16,256",
                "--out", folder.appending(path: "scores").path
            ).object()
            let rows = sweep["evaluations"] as? [[String: Any]]
            #expect(rows?.compactMap { $0["shots"] as? Int } == [16, 256, 16, 256])
            #expect(
                rows?.map { $0["noise"] as? String } == [nil, nil, "depolarizing:0.1", "depolarizing:0.1"])
            for row in rows ?? [] {
                let interval = try #require(row["macro_ci95"] as? [Double])
                let macro = try #require(row["macro"] as? Double)
                #expect(interval[0] < macro && macro < interval[1])
            }
            // Sixteen times the shots have a quarter of the standard error.
            let errors = try #require(rows).map { try #require($0["standard_error"] as? Double) }
            #expect(abs(errors[0] / errors[1] - 4) < 0.8)
            let page = try String(
                contentsOf: folder.appending(path: "scores/report.html"), encoding: .utf8)
            #expect(page.contains("Score against depolarizing") && page.contains("Score against shots"))
        }
    }

    /// Exact and drawn noise agree, and a run can be trained under either.
    @Test func noiseIsDrawnInTrajectories() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run").path
            let trained = try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--epochs", "1", "--noise", "depolarizing:0.02", "--out",
                run,
                "--trajectories", "4", "-q", "--backend", "cpu")
            #expect(trained.status == 0, "\(trained.errors)")
            let text = try String(
                contentsOf: folder.appending(path: "run/config.yaml"), encoding: .utf8)
            #expect(text.contains("trajectories: 4"))

            let exact = try QMTLProgram.run("evaluate", run, "--json").object()
            #expect(exact["trajectories"] == nil && exact["standard_error"] == nil)
            let drawn = try QMTLProgram.run("evaluate", run, "--json", "--trajectories", "100").object()
            #expect(drawn["trajectories"] as? Int == 100 && drawn["cost"] == nil)
            let error = try #require(drawn["standard_error"] as? Double)
            #expect(error > 0.005 && error < 0.1)
            let losses = try [exact, drawn].map { answer in
                let tasks = try #require(answer["tasks"] as? [[String: Any]])
                return try tasks.map { try #require($0["loss"] as? Double) }
            }
            for (first, second) in zip(losses[0], losses[1]) { #expect(abs(first - second) < 0.02) }
            let table = try QMTLProgram.run("evaluate", run, "--trajectories", "100").output
            #expect(table.contains("100 quantum trajectories of each sample"))
            try QMTLProgram.run("evaluate", run, "--trajectories", "1").expectFailure(
                64, naming: "at least 2")
            try QMTLProgram.run("evaluate", run, "--trajectories", "9", "--shots", "9")
                .expectFailure(64, naming: "--trajectories goes without --shots")
            try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--set", "trajectories=1", "--out",
                folder.appending(path: "other").path
            ).expectFailure(64, naming: "trajectories", "at least 2")
        }
    }

    /// A wrong file is bad input, a wrong name on the command line wrong usage.
    @Test func wrongNoiseIsRefusedInOneSentence() async throws {
        try await TemporaryFolder.with { folder in
            func file(_ text: String) throws -> String {
                let url = folder.appending(path: "noise.yaml")
                try text.write(to: url, atomically: true, encoding: .utf8)
                return url.path
            }
            func train(_ noise: String) throws -> QMTLProgram.Outcome {
                try QMTLProgram.run(
                    "train", "--dataset", "digits:2", "--noise", noise, "--out",
                    folder.appending(path: "r").path)
            }
            try train(file("gates: [{gates: [rx], channel: depolarizing, probability: 1.5}]"))
                .expectFailure(65, naming: "noise.yaml, line 1", "probability")
            try train(file("gates: [{gates: [swap], channel: bit-flip, probability: 0.5}]"))
                .expectFailure(65, naming: "one of h, x, y, z, rx")
            try train(file("gates: [{gates: [rx], channel: thermal-relaxation, t1: 1, t2: 3, time: 1}]"))
                .expectFailure(65, naming: "at most twice t1")
            try train(file("device: {configuration: no.json, properties: no.json}"))
                .expectFailure(65, naming: "no.json: cannot be read")
            try train("fog:0.1").expectFailure(64, naming: "'fog:0.1'", "depolarizing:P")
            try train(folder.appending(path: "none.yaml").path).expectFailure(65, naming: "none.yaml")
        }
    }
}
