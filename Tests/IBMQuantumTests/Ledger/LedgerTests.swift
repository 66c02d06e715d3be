import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

@Suite struct LedgerTests {
    @Test(arguments: 0..<20)
    func severalOpenANewLedgerAtOnce(_ round: Int) async throws {
        let bench = try Workbench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = try Ledger(bench.ledgerURL).entries() } }
            try await group.waitForAll()
        }
    }

    @Test func filesAreTheUsersAlone() async throws {
        let bench = try Workbench()
        let ledger = try Ledger(bench.ledgerURL)
        try await bench.expectCompletion()
        #expect(try ledger.entries().count == Workbench.parts)
        let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
        #expect(files.contains("jobs.sqlite") && files.contains("jobs.sqlite-wal"))
        // The lock of who sends is empty.
        for file in files where !file.hasSuffix(".sending") {
            let path = bench.folder.appending(path: file).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(file)")
        }
    }

    @Test func entriesTell() async throws {
        let bench = try Workbench()
        try await bench.expectCompletion()
        let ledger = try Ledger(bench.ledgerURL)
        let entries = try ledger.entries()
        #expect(entries.map(\.part) == [2, 1, 0])
        #expect(entries.allSatisfy { $0.state == .completed && $0.parts == 3 && $0.executions == 4 })
        let first = try ledger.entry("d0job")
        #expect(try ledger.entry(first.tag) == first && ledger.entry("\(first.id)") == first)
        let sent = await bench.host.service.jobs[0]
        #expect(sent.tags == ["qmtl", first.tag])
        let body = try JSONSerialization.jsonObject(with: sent.body) as? NSDictionary
        let parameters =
            try JSONSerialization.jsonObject(with: ledger.parameters(of: first.id)) as? NSDictionary
        #expect(body?["params"] as? NSDictionary == parameters)
        #expect(try ledger.result(of: first.id)?.isEmpty == false)
        #expect(throws: IBMError.unknownJob(name: "nothing", path: bench.ledgerURL.path)) {
            try ledger.entry("nothing")
        }
    }

    /// Work goes on with the calibration that it was begun with, so that it makes the same circuits.
    @Test func documentsOfWorkStay() throws {
        let bench = try Workbench()
        let ledger = try Ledger(bench.ledgerURL)
        let instance = Workbench.account.instance
        func documents(_ device: String, _ text: String) -> DeviceDocuments {
            DeviceDocuments(device: device, configuration: Data("c".utf8), properties: Data(text.utf8))
        }
        #expect(try ledger.documents(of: "work", instance: instance, device: nil) == nil)
        for (device, text) in [("ibm_a", "monday"), ("ibm_b", "tuesday"), ("ibm_a", "wednesday")] {
            try ledger.add(documents(device, text), of: "work", instance: instance)
        }
        for (device, expected) in [
            (nil, documents("ibm_b", "tuesday")), ("ibm_a", documents("ibm_a", "monday")),
            ("ibm_b", documents("ibm_b", "tuesday")), ("ibm_c", nil),
        ] {
            #expect(try ledger.documents(of: "work", instance: instance, device: device) == expected)
        }
        let other = try #require(InstanceCRN(AccountTests.european))
        #expect(try ledger.documents(of: "work", instance: other, device: nil) == nil)
        #expect(try ledger.documents(of: "other", instance: instance, device: nil) == nil)
    }

    @Test func place() {
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        #expect(Ledger.standardURL(environment: ["XDG_STATE_HOME": "/s"]).path == "/s/qmtl/jobs.sqlite")
        for environment in [[:], ["XDG_STATE_HOME": ""], ["XDG_STATE_HOME": "relative"]] {
            #expect(
                Ledger.standardURL(environment: environment).path == "\(home)/.local/state/qmtl/jobs.sqlite")
        }
    }

    @Test func unusableFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "qmtl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = folder.appending(path: "text")
        try Data(String(repeating: "no database ", count: 100).utf8).write(to: text)
        for url in [text, folder, URL(filePath: "/proc/none/jobs.sqlite")] {
            let error = #expect(throws: IBMError.self) { try Ledger(url) }
            #expect("\(String(describing: error))".contains(url.path))
        }
    }

    @Test func inspection() async throws {
        var service = SimulatedService()
        service.faults =
            [Fault(.postJob, .cutAfter)] + Array(repeating: Fault(.listJobs, .cutBefore), count: 6)
        let bench = try Workbench(service)
        _ = try await bench.failure()
        let runner = try bench.runner()
        let sending = try #require(try runner.ledger.entries().last)
        #expect(sending.state == .sending)
        // The job that was being sent is found and brought home without sending anything.
        let done = try await runner.wait(for: sending)
        #expect(done.state == .completed && done.job == "d0job")
        #expect(try await runner.cancel(done) == done)
        // What was never sent can be cancelled here.
        let unsent = try #require(try runner.ledger.entries().first)
        #expect(try await runner.refresh(unsent).state == .prepared)
        #expect(try await runner.cancel(unsent).state == .cancelled)
        #expect(await bench.host.service.jobCount == 1)
        try await bench.expectCompletion()
    }

    @Test func cancelledOnTheService() async throws {
        var service = SimulatedService()
        service.queueLooks = 1_000_000
        let bench = try Workbench(service)
        let sampler = try bench.sampler()
        let work = Task { try await sampler.sample(Workbench.blocs, key: "work") }
        while await bench.host.service.jobCount < Workbench.parts {
            try await Task.sleep(for: .milliseconds(1))
        }
        let runner = try bench.runner()
        let entry = try await runner.cancel(runner.ledger.entry("d1job"))
        #expect(entry.state == .cancelled)
        // Whoever waits for it is told.
        let error = await #expect(throws: IBMError.self) { try await work.value }
        #expect("\(String(describing: error))".contains("cancelled"))
    }

    @Test func estimates() async throws {
        let bench = try Workbench()
        let estimator = LedgeredEstimator(runner: try bench.runner(), device: "ibm_simulated")
        let blocs = [EstimatorBloc(circuit: "a", observables: [["Z": 1]])]
        let estimates = try await estimator.estimate(blocs, key: "e")
        #expect(estimates == [Estimates(values: [[0.25]], standardErrors: [[0.01]])])
        #expect(try await estimator.estimate(blocs, key: "e") == estimates)
        #expect(await bench.host.service.jobCount == 1)
    }
}
