import Foundation
import Testing

struct UsageTests {
    @Test(arguments: [[], ["--help"], ["bench", "step", "--help"], ["devices", "--help"]])
    func helpIsAnswered(arguments: [String]) throws {
        let outcome = try QMTLProgram.run(arguments)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE: qmtl"))
        #expect(outcome.errors.isEmpty)
    }

    @Test func wrongArgumentsAreUsageErrors() throws {
        try QMTLProgram.run("devices", "--jsn").expectFailure(64, naming: "--jsn", "qmtl devices --help")
        try QMTLProgram.run("fly").expectFailure(64, naming: "'fly'")
        try QMTLProgram.run("bench", "step", "--preset", "shallow").expectFailure(
            64, naming: "shallow", "deep")
        try QMTLProgram.run("bench", "step", "--threads", "0").expectFailure(64, naming: "--threads")
        try QMTLProgram.run("bench", "step", "--memory", "5Q").expectFailure(64, naming: "5Q")
    }

    @Test func anAbsentBackendIsUnavailable() throws {
        try QMTLProgram.run("bench", "step", "--backend", "opencl").expectFailure(
            69, naming: "opencl", "/no/libOpenCL.so", "install")
    }

    @Test func devicesAreListed() throws {
        let answer = try QMTLProgram.run("devices", "--json").object()
        let devices = try #require(answer["devices"] as? [[String: Any]])
        #expect(devices.compactMap { $0["backend"] as? String } == ["cpu", "reference"])
        #expect(devices.allSatisfy { $0["memory_mb"] is Int && $0["name"] is String })
        let missing = try #require(answer["missing"] as? [[String: Any]])
        #expect(missing.compactMap { $0["backend"] as? String } == ["opencl", "ibm"])
        #expect(missing.allSatisfy { $0["reason"] is String })
    }

    @Test func anAnswerThatIsLostIsAFailure() throws {
        guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
        try QMTLProgram.start(["devices"], output: full).outcome().expectFailure(1, naming: "standard output")
    }
}
