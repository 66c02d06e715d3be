import Foundation
import Testing

struct DataCheckTests {
    @Test func aSetIsSummarised() throws {
        let answer = try QMTLProgram.run("data", "check", "digits:3", "--json").object()
        #expect(answer["name"] as? String == "digits-family" && answer["features"] as? Int == 64)
        let tasks = try #require(answer["tasks"] as? [[String: Any]])
        #expect(tasks.count == 3)
        let labels = try #require(tasks[0]["labels"] as? [String: [String: Any]])
        #expect((labels["train"]?["classes"] as? [Int])?.reduce(0, +) == labels["train"]?["labelled"] as? Int)
        let text = try QMTLProgram.run("data", "check", "digits")
        #expect(text.status == 0 && text.output.contains("is-0") && text.output.contains("14 tasks"))
    }

    @Test func badSetsAreNamed() async throws {
        try await TemporaryFolder.with { folder in
            try Data("name: bad\ntasks: [{name: a, kind: binary}]\n".utf8).write(
                to: folder.appending(path: "dataset.yaml"))
            try QMTLProgram.run("data", "check", folder.path).expectFailure(65, naming: "features")
            try QMTLProgram.run("data", "check", "chest").expectFailure(64, naming: "chest", "--data-folder")
            try QMTLProgram.run("data", "check", "chest", "--data-folder", folder.path)
                .expectFailure(65, naming: "nih1000.safetensors")
            try QMTLProgram.run("compare", "glue").expectFailure(64, naming: "glue", "--data-folder")
        }
    }
}
