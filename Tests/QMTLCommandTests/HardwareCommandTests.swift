import Foundation
import SimulatedIBMQuantum
import Testing

/// `--backend ibm` against a service behind a socket, whose device is computed.
struct HardwareCommandTests {
    /// A service with one small device that runs what it is sent.
    private func host(_ device: LatticeDevice) throws -> ServiceHost {
        var service = SimulatedService()
        service.queueLooks = 0
        service.documents = [
            "\(LatticeDevice.name)/configuration": device.configuration,
            "\(LatticeDevice.name)/properties": device.properties,
        ]
        let simulation = SimulatedDevice(calibration: try device.calibration)
        return ServiceHost(service) { try await simulation.sample([$0], key: "")[0] }
    }

    private func run(_ arguments: [String], _ environment: [String: String]) async throws
        -> QMTLProgram.Outcome
    {
        let program = try QMTLProgram.start(arguments, environment: environment)
        while program.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        return try program.outcome()
    }

    @Test func aRunIsEvaluatedOnADevice() async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run").path
            let trained = try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--epochs", "2", "--out", run, "-q", "--backend", "cpu")
            #expect(trained.status == 0, "\(trained.errors)")
            let device = LatticeDevice(3, 5)
            let host = try host(device)
            try await LocalServer.with(host) { server in
                let environment = server.environment.merging(["XDG_STATE_HOME": folder.path]) { $1 }
                let ibm = ["--backend", "ibm", "--device", LatticeDevice.name, "--json"]
                func evaluate(_ options: String...) async throws -> QMTLProgram.Outcome {
                    try await self.run(["evaluate", run] + ibm + options, environment)
                }
                // A dry run counts and sends nothing.
                let dryRun = try await evaluate("--dry-run", "--shots", "64").object()
                let circuit = try #require((dryRun["circuits"] as? [[String: Any]])?.first)
                let rows = try #require(circuit["rows"] as? Int)
                #expect(circuit["tasks"] as? [Int] == [0, 1] && dryRun["executions"] as? Int == 64 * rows)
                #expect((dryRun["estimated_seconds"] as? Double ?? 0) > 200e-6 * 64 * Double(rows))
                let refused = try await evaluate("--budget", "1000")
                refused.expectFailure(64, naming: "the budget is 1000 shots")
                #expect(await host.service.jobCount == 0)

                let answer = try await evaluate("--shots", "64").object()
                #expect(answer["backend"] as? String == "ibm" && answer["shots"] as? Int == 64)
                let error = try #require(answer["standard_error"] as? Double)
                #expect(error > 0.02 && error < 0.125)
                #expect(answer["macro"] as? Double ?? 0 > 0.3)
                let jobs = await host.service.jobCount
                #expect(jobs > 0)
                // The ledger has it already, unless other shots are asked for.
                #expect(
                    try await evaluate("--shots", "64").object()["macro"] as? Double == answer["macro"]
                        as? Double)
                #expect(await host.service.jobCount == jobs)
                #expect(try await evaluate("--shots", "64", "--shot-seed", "2").status == 0)
                #expect(await host.service.jobCount == 2 * jobs)
            }
        }
    }

    /// A device's documents are enough for a dry run; a circuit of one qubit has no two-qubit gate.
    @Test func aDryRunNeedsNoAccount() async throws {
        try await TemporaryFolder.with { folder in
            let device = LatticeDevice(1, 2)
            let files = ["configuration", "properties"].map { folder.appending(path: $0 + ".json") }
            try device.configuration.write(to: files[0])
            try device.properties.write(to: files[1])
            let circuit = folder.appending(path: "c.qasm")
            try "include \"stdgates.inc\"; qubit[2] q; rx(0.5) q[1];"
                .write(to: circuit, atomically: true, encoding: .utf8)
            let arguments = [
                "run", circuit.path, "--observables", "Z1,Y1", "--backend", "ibm", "--dry-run",
                "--calibration",
                files.map(\.path).joined(separator: ","), "--shots", "10",
            ]
            let answer = try QMTLProgram.run(arguments + ["--json"]).object()
            let circuits = try #require(answer["circuits"] as? [[String: Any]])
            #expect(circuits.map { $0["settings"] as? [String] } == [["Z0"], ["Y0"]])
            #expect(circuits.allSatisfy { $0["qubits"] as? Int == 1 && $0["rows"] as? Int == 1 })
            #expect(answer["executions"] as? Int == 20)
            let text = try QMTLProgram.run(arguments)
            #expect(text.output.contains("Nothing was submitted.") && text.output.contains("Z1"))
        }
    }

    @Test func wrongUsesAreRefusedInOneSentence() async throws {
        try await TemporaryFolder.with { folder in
            let circuit = folder.appending(path: "c.qasm")
            try "include \"stdgates.inc\"; qubit q; h q;"
                .write(to: circuit, atomically: true, encoding: .utf8)
            let ibm = ["run", circuit.path, "--observables", "Z0", "--backend", "ibm"]
            let nobody = ["HOME": folder.path, "QISKIT_IBM_TOKEN": ""]
            try await run(ibm, nobody).expectFailure(69, naming: "no IBM Quantum account was found")
            try QMTLProgram.run(ibm + ["--noise", "none"]).expectFailure(64, naming: "--noise")
            try QMTLProgram.run(ibm + ["--mitigate", "linear"]).expectFailure(64, naming: "readout only")
            try QMTLProgram.run(ibm + ["--calibration", "a,b"]).expectFailure(64, naming: "--dry-run")
            try QMTLProgram.run("run", circuit.path, "--observables", "Z0", "--dry-run")
                .expectFailure(64, naming: "go with --backend ibm")
            try QMTLProgram.run("train", "--backend", "ibm").expectFailure(64, naming: "--budget")
            try QMTLProgram.run("bench", "step", "--backend", "ibm")
                .expectFailure(64, naming: "evaluate, predict, run and train")
        }
    }
}
