import Foundation
import Testing

struct DiagnoseTests {
    @Test func everyCircuitIsCompared() throws {
        let answer = try QMTLProgram.run("diagnose", "--pairs", "50", "--json").object()
        let circuits = try #require(answer["circuits"] as? [[String: Any]])
        let names = Set(circuits.compactMap { $0["name"] as? String })
        #expect(names.isSuperset(of: ["sim-1", "sim-19", "strongly-entangling", "efficient-su2", "paper"]))
        #expect(circuits.allSatisfy { $0["expressibility"] is Double })
        #expect(answer["fisher"] == nil)
    }

    @Test func aPresetWithOtherPartsHasAPage() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try QMTLProgram.run(
                "diagnose", "--preset", "deep", "--block", "sim-6", "--encoding", "dense-angle", "--qubits",
                "3", "--pairs", "50", "--draws", "3", "--out", folder.path)
            #expect(outcome.status == 0, "\(outcome.errors)")
            for part in ["Fisher information", "frequency of x0", "Caro et al."] {
                #expect(outcome.output.contains(part))
            }
            let page = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
            let name = "deep, encoding dense-angle, block sim-6"
            #expect(page.contains("Diagnosis of preset \(name)"))
            #expect(page.contains("\(name), first readout"))
            let diagnosis = try JSONSerialization.jsonObject(
                with: Data(contentsOf: folder.appending(path: "diagnosis.json")))
            let circuits = try #require((diagnosis as? [String: Any])?["circuits"] as? [[String: Any]])
            #expect(circuits.map { $0["name"] as? String } == [name])
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "diagnosis.json").path))
        }
    }

    @Test func aRunIsDiagnosedWithItsOwnCircuit() async throws {
        try await TemporaryFolder.with { folder in
            let quantum = folder.appending(path: "quantum").path
            let training = ["train", "--dataset", "digits:2", "--epochs", "1", "--quiet"]
            let block = try QMTLProgram.run(training + ["--set", "head.block=sim-4", "--out", quantum])
            #expect(block.status == 0, "\(block.errors)")
            let result = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(filePath: quantum).appending(path: "result.json")))
            let parts = try #require(result as? [String: Any])
            #expect(parts["preset"] as? String == "paper")
            #expect(parts["block"] as? String == "sim-4")
            #expect(parts["encoding"] == nil)
            let report = try String(contentsOfFile: quantum + "/report.html", encoding: .utf8)
            #expect(report.contains("quantum (paper, block sim-4) on digits-family"))
            let answer = try QMTLProgram.run(
                "diagnose", quantum, "--pairs", "20", "--draws", "3", "--json"
            ).object()
            #expect(answer["subject"] as? String == "run \(quantum)")
            // Three stages on two qubits, but the neighbour's last rotation has no entangler behind it.
            #expect((answer["bound"] as? [String: Any])?["encodingGates"] as? Int == 5)

            let linear = folder.appending(path: "linear").path
            _ = try QMTLProgram.run(training + ["--head", "linear", "--out", linear])
            try QMTLProgram.run("diagnose", linear).expectFailure(65, naming: "no circuit")
        }
    }

    @Test func whatCannotBeDiagnosedIsAUsageError() throws {
        try QMTLProgram.run("diagnose", "--block", "sim-20").expectFailure(64, naming: "sim-20")
        try QMTLProgram.run("diagnose", "--qubits", "30").expectFailure(64, naming: "--qubits is 30")
        try QMTLProgram.run("diagnose", "--encoding", "iqp").expectFailure(64, naming: "--preset")
        try QMTLProgram.run("diagnose", "some-run", "--preset", "deep").expectFailure(64, naming: "leave out")
        try QMTLProgram.run("diagnose", "no-such-run").expectFailure(65, naming: "no-such-run")
    }
}
