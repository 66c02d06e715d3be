import Datasets
import Foundation
import Testing

struct TrainTests {
    @Test func aRunIsAFolder() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run")
            let outcome = try QMTLProgram.run(
                ["train", "--out", run.path, "--json", "--epochs", "2"] + Self.small)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: run.path).sorted()
            #expect(
                names.filter { !$0.hasPrefix("events.out.tfevents.") } == [
                    ".lock", "checkpoint.safetensors", "config.yaml", "metrics.jsonl", "predictions.npz",
                    "report.html", "result.json", "state.json",
                ])
            #expect(names.count == 9)
            let answer = try outcome.object()
            let stored = try JSONSerialization.jsonObject(
                with: Data(contentsOf: run.appending(path: "result.json")))
            #expect(answer as NSDictionary == stored as? NSDictionary)
            for key in ["dataset", "head", "preset", "backend", "device", "version"] {
                #expect(answer[key] is String, "\(key)")
            }
            for key in ["parameters", "circuit", "macro", "seconds"] {
                #expect(answer[key] is [String: Any], "\(key)")
            }
            let text = try String(contentsOf: run.appending(path: "config.yaml"), encoding: .utf8)
            for key in ["learning_rate:", "patience:", "preset: paper", "epochs: 2", "memory:"] {
                #expect(text.contains(key), "\(key)")
            }
        }
    }

    @Test func aKilledRunEndsAsAnUnbrokenOne() async throws {
        try await TemporaryFolder.with { folder in
            let (unbroken, killed) = (folder.appending(path: "unbroken"), folder.appending(path: "killed"))
            let arguments = ["train", "--epochs", "400", "--quiet"] + Self.small
            #expect(try QMTLProgram.run(arguments + ["--out", unbroken.path]).status == 0)

            let running = try QMTLProgram.start(arguments + ["--out", killed.path])
            Self.waitForCheckpoint(in: killed, of: running)
            running.kill()
            #expect(try running.outcome().status == SIGKILL)
            #expect(!FileManager.default.fileExists(atPath: killed.appending(path: "result.json").path))

            try QMTLProgram.run(arguments + ["--out", killed.path]).expectFailure(64, naming: "--resume")
            #expect(try QMTLProgram.run("train", "--out", killed.path, "--resume", "-q").status == 0)
            #expect(try Self.resultWithoutTimes(killed) == Self.resultWithoutTimes(unbroken))
            let metrics = [killed, unbroken].map {
                try? Data(contentsOf: $0.appending(path: "metrics.jsonl"))
            }
            #expect(metrics[0] != nil && metrics[0] == metrics[1])
        }
    }

    @Test func anInterruptedRunSaysHowToGoOn() async throws {
        try await TemporaryFolder.with { folder in
            let running = try QMTLProgram.start(
                ["train", "--epochs", "100000", "--out", folder.path] + Self.small)
            Self.waitForCheckpoint(in: folder, of: running)
            running.interrupt()
            try running.outcome().expectFailure(130, naming: "--resume", folder.path)
            #expect(
                FileManager.default.fileExists(atPath: folder.appending(path: "checkpoint.safetensors").path))
        }
    }

    @Test func evaluateAndPredictAgreeWithTheResult() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run")
            let trained = try QMTLProgram.run(
                ["train", "--out", run.path, "--json", "--epochs", "3"] + Self.small
            ).object()
            let tasks = try #require(trained["tasks"] as? [[String: Any]])
            let scores = tasks.compactMap { $0["test"] as? Double }
            let evaluation = try QMTLProgram.run("evaluate", run.path, "--json").object()
            let evaluated = try #require(evaluation["tasks"] as? [[String: Any]])
            #expect(evaluated.compactMap { $0["score"] as? Double } == scores)
            let macro = try #require(trained["macro"] as? [String: Double])
            #expect(evaluation["macro"] as? Double == macro["test"])

            let dataset = try Dataset.digitsFamily(taskCount: 4)
            let source = dataset.sources[0]
            let (features, table) = (folder.appending(path: "x.npy"), folder.appending(path: "y.csv"))
            let shape = [source.features.rows, source.features.columns]
            try NPYFile.write(
                NumericArray(shape: shape, values: source.features.elements), to: features)
            let outcome = try QMTLProgram.run(
                "predict", run.path, "--features", features.path, "--out", table.path)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: ",")
            }
            #expect(rows.count == source.features.rows + 1)
            let name = dataset.tasks[0].name
            #expect(rows[0].prefix(4).map(String.init) == ["sample", name, "\(name)[0]", "\(name)[1]"])
            // Balanced accuracy of the first task on the test split, from the table alone.
            var right = [0.0, 0.0]
            var all = [0.0, 0.0]
            for sample in source.samples(of: .test) {
                let label = Int(source.labels[sample, 0])
                all[label] += 1
                if rows[sample + 1][1] == "\(label)" { right[label] += 1 }
            }
            #expect(abs((right[0] / all[0] + right[1] / all[1]) / 2 - scores[0]) < 1e-12)
        }
    }

    /// Without `--out` runs on other tasks of a set do not fall into one folder.
    @Test func aRunsFolderIsNamedAfterItsTasks() async throws {
        try await TemporaryFolder.with { folder in
            for tasks in ["[even]", "[loop]", "[even, loop]"] {
                let outcome = try QMTLProgram.run(
                    ["train", "--head", "linear", "--epochs", "1", "-q", "--set", "dataset.tasks=\(tasks)"],
                    in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "runs").path)
            #expect(
                names.sorted() == [
                    "digits-even+loop-linear-1", "digits-even-linear-1", "digits-loop-linear-1",
                ])
        }
    }

    @Test func badInputIsNamed() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run")
            func train(_ arguments: String...) throws -> QMTLProgram.Outcome {
                try QMTLProgram.run(["train", "--out", run.path] + arguments)
            }
            try train("--dataset", "letters").expectFailure(64, naming: "letters", "digits")
            try train("--dataset", folder.path + "/no.yaml").expectFailure(65, naming: "no.yaml")
            try train("--set", "optimizer.learning_rte=1").expectFailure(64, naming: "learning_rate")
            try train("--set", "epochs=ten").expectFailure(64, naming: "epochs")
            try train("--epochs", "0").expectFailure(64, naming: "epochs")
            try train("--head", "cubic").expectFailure(64, naming: "cubic")
            try train("--backend", "opencl").expectFailure(69, naming: "opencl")
            #expect(!FileManager.default.fileExists(atPath: run.path))

            let file = folder.appending(path: "config.yaml")
            try Data("epochs: 3\nbacth: 8\n".utf8).write(to: file)
            try QMTLProgram.run("train", file.path).expectFailure(65, naming: "bacth", "'batch'", "line 2")
            try QMTLProgram.run("evaluate", run.path).expectFailure(65, naming: run.path)
            try QMTLProgram.run("report", folder.path).expectFailure(65, naming: folder.path)
            try QMTLProgram.run("train", "--epochs", "1", "--out", "/dev/null/run")
                .expectFailure(1, naming: "/dev/null/run", "--out")
        }
    }

    /// Four tasks: seconds for hundreds of epochs.
    private static let small = ["--dataset", "digits:4"]

    /// Waits without giving up its thread: other tests could hold it until the run is over.
    private static func waitForCheckpoint(in folder: URL, of running: QMTLProgram.Running) {
        let file = folder.appending(path: "checkpoint.safetensors").path
        while running.isRunning, !FileManager.default.fileExists(atPath: file) {
            usleep(2000)
        }
    }

    private static func resultWithoutTimes(_ folder: URL) throws -> NSDictionary {
        let data = try Data(contentsOf: folder.appending(path: "result.json"))
        var result = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(result.removeValue(forKey: "seconds") != nil)
        #expect(result.removeValue(forKey: "circuits_per_second") != nil)
        return result as NSDictionary
    }
}
