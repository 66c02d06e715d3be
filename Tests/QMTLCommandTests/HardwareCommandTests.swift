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
                // No job may take more than three hours, whatever the budget.
                let again = try await evaluate("--shots", "64", "--shot-seed", "2", "--budget", "20000s")
                #expect(again.status == 0, "\(again.errors)")
                #expect(await host.service.jobCount == 2 * jobs)
            }
        }
    }

    /// A device's documents are enough for a dry run; a circuit of one qubit has no two-qubit gate.
    @Test func aDryRunNeedsNoAccount() async throws {
        try await TemporaryFolder.with { folder in
            let circuit = folder.appending(path: "c.qasm")
            try "include \"stdgates.inc\"; qubit[2] q; rx(0.5) q[1];"
                .write(to: circuit, atomically: true, encoding: .utf8)
            let arguments = [
                "run", circuit.path, "--observables", "Z1,Y1", "--backend", "ibm", "--dry-run",
                "--calibration", try files(LatticeDevice(1, 2), in: folder), "--shots", "10",
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

    /// A device's documents in a folder, as an option takes them.
    private func files(_ device: LatticeDevice, in folder: URL) throws -> String {
        let files = ["configuration", "properties"].map { folder.appending(path: $0 + ".json") }
        try device.configuration.write(to: files[0])
        try device.properties.write(to: files[1])
        return files.map(\.path).joined(separator: ",")
    }

    /// Epochs, gradients and the scores at the end, against a budget.
    @Test func aDryRunOfTrainingCountsTheRun() async throws {
        try await TemporaryFolder.with { folder in
            let device = LatticeDevice(3, 5)
            let train = [
                "train", "--dataset", "digits:2", "--preset", "separable", "--set", "head.readout=logit",
                "--batch", "2048", "--shots", "2", "--backend", "ibm", "--json",
            ]
            func dryRun(_ epochs: Int, _ options: String...) throws -> [String: Any] {
                try QMTLProgram.run(
                    train + [
                        "--epochs", "\(epochs)", "--dry-run", "--calibration", files(device, in: folder),
                    ]
                        + options
                ).object()
            }
            let (one, three) = try (dryRun(1), dryRun(3, "--budget", "1000"))
            let epoch = try #require(three["epoch"] as? [String: Any])
            let (shots, seconds) = (epoch["executions"] as? Int ?? 0, epoch["estimated_seconds"] as? Double)
            #expect(one["epochs"] as? Int == 1 && three["epochs"] as? Int == 3)
            let executions = try #require(one["executions"] as? Int)
            #expect(three["executions"] as? Int == executions + 2 * shots && shots > 0)
            #expect(seconds ?? 0 > 200e-6 * Double(shots))
            #expect((one["epoch"] as? [String: Any])?["executions"] as? Int == shots && executions > shots)
            // The first circuit is the gradients'.
            func rows(_ answer: [String: Any]) -> [Int] {
                (answer["circuits"] as? [[String: Any]] ?? []).compactMap { $0["rows"] as? Int }
            }
            #expect(rows(one).count == 2)
            let further = zip(rows(three), rows(one)).map { ($0 - $1) / 2 }
            let (gradient, validation) = (further[0], further[1])
            let evaluations = try #require(one["gradient_evaluations"] as? Int)
            #expect(evaluations > 4 && gradient.isMultiple(of: evaluations) && gradient > evaluations)
            #expect(shots == 2 * (gradient + validation))
            let budget = try #require(three["budget"] as? [String: Any])
            #expect(budget["suffices"] as? Bool == false && budget["epochs"] as? Int == 0)
            #expect(one["budget"] == nil)
            let text = try QMTLProgram.run(
                train.filter { $0 != "--json" } + [
                    "--epochs", "3", "--dry-run", "--budget", "\(executions + shots)",
                ]
                    + ["--calibration", files(device, in: folder)])
            #expect(text.output.contains("is enough for 2 of 3 epochs"))
            try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--head", "linear", "--backend", "ibm", "--dry-run",
                "--calibration", files(device, in: folder)
            ).expectFailure(64, naming: "have no circuit")
            #expect(text.output.contains("Nothing was submitted."))
        }
    }

    /// A trained circuit at a sample in a device's gates.
    @Test(arguments: [LatticeDevice.Gates.controlledZ, .echoedCrossResonance, .fractional])
    func circuitsAreExportedForADevice(gates: LatticeDevice.Gates) async throws {
        try await TemporaryFolder.with { folder in
            let run = folder.appending(path: "run").path
            let trained = try QMTLProgram.run(
                "train", "--dataset", "digits:2", "--epochs", "1", "--out", run, "-q", "--backend", "cpu",
                "--preset", "deep", "--set", "head.encoding=iqp", "--set", "head.qubits=4", "--set",
                "trunk.width=4")
            #expect(trained.status == 0, "\(trained.errors)")
            let device = try files(LatticeDevice(3, 3, gates: gates), in: folder)
            let export = ["export", run, "--task", "group-01234", "--sample", "3", "--json"]
            var options = ["--calibration", device]
            if gates == .fractional { options.append("--fractional-gates") }
            let plain = try QMTLProgram.run(export).object()
            let native = try QMTLProgram.run(export + options).object()
            let text = try #require(native["content"] as? String)
            let entangler = gates == .echoedCrossResonance ? "ecr $" : "cz $"
            #expect(text.contains("rz(") && text.contains(entangler) && !text.contains("input"))
            #expect(text.contains("rzz(") == (gates == .fractional))
            let circuit = folder.appending(path: "native.qasm").path
            try text.write(toFile: circuit, atomically: true, encoding: .utf8)
            // The same expectation values, at the qubits that it names.
            var values: [Double] = []
            for (file, answer) in [(folder.appending(path: "plain.qasm").path, plain), (circuit, native)] {
                try (answer["content"] as? String ?? "")
                    .write(toFile: file, atomically: true, encoding: .utf8)
                let observables = (answer["observables"] as? [String: [String]])?.values.first ?? []
                let result = try QMTLProgram.run(
                    "run", file, "--observables", observables.joined(separator: ","), "--json", "--backend",
                    "cpu"
                ).object()
                values.append(try #require((result["expectations"] as? [[Double]])?.first?.first))
            }
            #expect(abs(values[0] - values[1]) < 1e-5 && abs(values[0]) < 1)
            try QMTLProgram.run(["export", run, "--task", "group-01234"] + options)
                .expectFailure(64, naming: "--sample")
            let small = try files(LatticeDevice(1, 2, gates: gates), in: folder)
            try QMTLProgram.run(export + ["--calibration", small])
                .expectFailure(64, naming: "has 2 that work")
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
            try QMTLProgram.run("train", "--backend", "ibm", "--dry-run", "--resume")
                .expectFailure(64, naming: "--resume")
            try QMTLProgram.run("export", circuit.path, "--fractional-gates")
                .expectFailure(64, naming: "--calibration")
            try QMTLProgram.run("run", circuit.path, "--observables", "Z0", "--fractional-gates")
                .expectFailure(64, naming: "go with --backend ibm")
            try QMTLProgram.run("bench", "step", "--backend", "ibm")
                .expectFailure(64, naming: "evaluate, predict, run and train")
        }
    }
}
