import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

/// `qmtl jobs` against a ledger that a process has left behind, and a service behind a socket.
struct JobsTests {
    @Test func jobsOfAnEndedProcess() async throws {
        try await TemporaryFolder.with { folder in
            let ledger = folder.appending(path: "jobs.sqlite")
            let host = try await abandonedWork(ledger)
            try await LocalServer.with(host) { server in
                func jobs(_ arguments: String...) async throws -> QMTLProgram.Outcome {
                    try await finish(
                        try QMTLProgram.start(
                            ["jobs"] + arguments + ["--ledger", ledger.path, "--json"],
                            environment: server.environment))
                }
                #expect(try states(await jobs("list")) == ["prepared", "sending", "submitted"])
                // The job whose sending was cut off is found; the one that was not sent stays.
                let fetched = try await jobs("fetch")
                #expect(fetched.status == 0, "\(fetched.errors)")
                #expect(try states(fetched) == ["prepared", "submitted", "submitted"])

                // A process that waits is killed, which changes nothing.
                let looks = await host.service.log.count { $0.hasPrefix("GET /api/v1/jobs/") }
                let waiting = try QMTLProgram.start(
                    ["jobs", "fetch", "--wait", "--ledger", ledger.path], environment: server.environment)
                while await host.service.log.count(where: { $0.hasPrefix("GET /api/v1/jobs/") }) == looks {
                    try await Task.sleep(for: .milliseconds(20))
                }
                waiting.kill()
                #expect(try await finish(waiting).status != 0)
                #expect(try states(await jobs("list", "--open")) == ["prepared", "submitted", "submitted"])

                await host.change { $0.queueLooks = 0 }
                #expect(
                    try states(await jobs("fetch", "--wait", "d0job", "d1job")) == ["completed", "completed"])
                let shown = try await jobs("show", "d1job").object()
                #expect(shown["state"] as? String == "completed" && shown["part"] as? Int == 2)
                #expect(shown["result_bytes"] as? Int ?? 0 > 0 && shown["executions"] as? Int == 1)
                #expect(try states(await jobs("cancel", "3")) == ["cancelled"])
                #expect(try states(await jobs("list")) == ["cancelled", "completed", "completed"])
            }
            #expect(await host.service.jobCount == 2)
        }
    }

    /// Killed as soon as its job is there; then the device is calibrated anew, and its best qubit is another one.
    @Test func aKilledRunGoesOn() async throws {
        try await TemporaryFolder.with { folder in
            let device = LatticeDevice(1, 2)
            let properties = String(decoding: device.properties, as: UTF8.self)
            let recalibrated = properties.replacing(#""value": 0.025}"#, with: #""value": 0.4}"#)
            try #require(recalibrated != properties)
            let documents = { (properties: Data) in
                ["ibm_simulated/configuration": device.configuration, "ibm_simulated/properties": properties]
            }
            let first = documents(device.properties)
            let second = documents(Data(recalibrated.utf8))
            var service = SimulatedService()
            service.queueLooks = 1_000_000
            service.documents = first
            let simulation = SimulatedDevice(calibration: try device.calibration)
            let host = ServiceHost(service) { try await simulation.sample([$0], key: "")[0] }
            let circuit = folder.appending(path: "c.qasm")
            try #"include "stdgates.inc"; qubit q; x q;"#.write(
                to: circuit, atomically: true, encoding: .utf8)
            let arguments = [
                "run", circuit.path, "--observables", "Z0", "--backend", "ibm", "--shots", "100", "--json",
                "--ledger",
                folder.appending(path: "jobs.sqlite").path,
            ]
            try await LocalServer.with(host) { server in
                let killed = try QMTLProgram.start(arguments, environment: server.environment)
                while await host.service.jobCount == 0, killed.isRunning {
                    try await Task.sleep(for: .milliseconds(1))
                }
                killed.kill()
                #expect(try await finish(killed).output.isEmpty)
                await host.change {
                    $0.documents = second
                    $0.queueLooks = 0
                }
                let outcome = try await finish(QMTLProgram.start(arguments, environment: server.environment))
                let values = try #require(
                    try outcome.object()["expectations"] as? [[Double]], "\(outcome.errors)")
                #expect(values[0][0] < -0.7)
            }
            #expect(await host.service.jobCount == 1)
        }
    }

    @Test func failuresAreTold() async throws {
        try await TemporaryFolder.with { folder in
            let ledger = folder.appending(path: "jobs.sqlite")
            let host = try await abandonedWork(ledger, failure: true)
            try await LocalServer.with(host) { server in
                await host.change { $0.queueLooks = 0 }
                let outcome = try await finish(
                    try QMTLProgram.start(
                        ["jobs", "fetch", "d0job", "--ledger", ledger.path], environment: server.environment))
                #expect(outcome.status == 1 && outcome.output.contains("failed"))
                #expect(outcome.errors.contains("without a result: d0job"))

                var environment = server.environment
                environment["QISKIT_IBM_TOKEN"] = "another-key"
                let refused = try await finish(
                    try QMTLProgram.start(
                        ["jobs", "fetch", "2", "--ledger", ledger.path], environment: environment))
                refused.expectFailure(69, naming: "BXNIM0415E", "(secret)")
                #expect(!refused.errors.contains("another-key"))
            }
            try QMTLProgram.run("jobs", "show", "nothing", "--ledger", ledger.path).expectFailure(
                64, naming: "'nothing'", ledger.path)
            let text = folder.appending(path: "text")
            try Data(String(repeating: "no database ", count: 100).utf8).write(to: text)
            try QMTLProgram.run("jobs", "list", "--ledger", text.path).expectFailure(65, naming: text.path)
            let missing = folder.appending(path: "missing.sqlite").path
            #expect(try QMTLProgram.run("jobs", "list", "--ledger", missing).status == 0)
            #expect(!FileManager.default.fileExists(atPath: missing))
            let homeless = try QMTLProgram.start(
                ["jobs", "fetch", "--ledger", ledger.path],
                environment: ["HOME": folder.path, "QISKIT_IBM_TOKEN": ""]
            ).outcome()
            homeless.expectFailure(69, naming: "QISKIT_IBM_TOKEN")
        }
    }

    /// What a process leaves that ended while it sent the second of three jobs.
    private func abandonedWork(_ url: URL, failure: Bool = false) async throws -> ServiceHost {
        let clock = SimulatedClock()
        var service = SimulatedService()
        service.now = { clock.now }
        service.queueLooks = 1_000_000
        service.faults =
            [Fault(.postJob, .cutAfter, after: failure ? 0 : 1)]
            + Array(repeating: Fault(.listJobs, .cutBefore), count: 6)
        if failure {
            let end = Fault.Failure(reason: "The qubits are warm.", code: 8000, solution: "Try later.")
            service.faults.insert(Fault(.postJob, .failed(end)), at: 0)
        }
        let host = ServiceHost(service) { bloc in
            [
                "c": RegisterOutcomes(
                    bitCount: 1, sets: 1, shots: bloc.shots, words: Array(repeating: 1, count: bloc.shots))
            ]
        }
        let account = IBMAccount(
            name: "test", key: Secret(SimulatedService.key), instance: InstanceCRN(SimulatedService.instance)!
        )
        let client = ServiceClient(account, transport: host, clock: clock.clock)
        let sampler = LedgeredSampler(
            runner: JobRunner(service: client, ledger: try Ledger(url)), device: "ibm_simulated", mode: .job)
        // Different numbers of shots make different jobs.
        let blocs = [2, 1, 3].map { SamplerBloc(circuit: "OPENQASM 3.0;", shots: $0) }
        await #expect(throws: IBMError.self) { _ = try await sampler.sample(blocs, key: "work") }
        return host
    }

    /// Waits without holding a thread that the server needs.
    private func finish(_ program: QMTLProgram.Running) async throws -> QMTLProgram.Outcome {
        while program.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return try program.outcome()
    }

    private func states(_ outcome: QMTLProgram.Outcome) throws -> [String] {
        let jobs = try #require(try outcome.object()["jobs"] as? [[String: Any]], "\(outcome.errors)")
        return jobs.compactMap { $0["state"] as? String }
    }
}
