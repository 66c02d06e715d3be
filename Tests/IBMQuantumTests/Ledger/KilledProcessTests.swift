import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

/// A process that is killed leaves its ledger and the service as they were at that moment.
@Suite struct KilledProcessTests {
    /// Copies of both, before and after every call of a whole run.
    private actor Recorder: HTTPTransport {
        struct Moment: Sendable {
            let name: String
            let ledger: [String: Data]
            let service: SimulatedService
            let time: Date
        }

        private(set) var moments: [Moment] = []
        private let bench: Workbench

        init(_ bench: Workbench) { self.bench = bench }

        func send(_ call: HTTPCall) async throws(TransportError) -> HTTPAnswer {
            await record("before \(call.method) \(call.url.path)")
            let answer = try await bench.host.send(call)
            await record("after \(call.method) \(call.url.path)")
            return answer
        }

        private func record(_ name: String) async {
            let service = await bench.host.service
            var files: [String: Data] = [:]
            // The shared-memory file is made anew from the other two.
            for file in ["jobs.sqlite", "jobs.sqlite-wal"] {
                files[file] = try? Data(contentsOf: bench.folder.appending(path: file))
            }
            moments.append(Moment(name: name, ledger: files, service: service, time: bench.clock.now))
        }
    }

    @Test(arguments: [SessionMode.job, .batch])
    func atEveryStage(_ mode: SessionMode) async throws {
        let bench = try Workbench()
        let recorder = Recorder(bench)
        var sampler = try bench.sampler(recorder)
        sampler.mode = mode
        #expect(try await sampler.sample(Workbench.blocs, key: "work") == Workbench.expected)
        let moments = await recorder.moments
        #expect(moments.count > 2 * 3 * Workbench.parts)
        for moment in moments {
            for pause in [0.0, 5000] {
                let next = try Workbench(moment.service, clock: SimulatedClock(moment.time + pause))
                try FileManager.default.createDirectory(at: next.folder, withIntermediateDirectories: true)
                for (name, data) in moment.ledger { try data.write(to: next.folder.appending(path: name)) }
                var sampler = try next.sampler()
                sampler.mode = mode
                let outcomes = try await sampler.sample(Workbench.blocs, key: "work")
                #expect(outcomes == Workbench.expected, "\(moment.name)")
                #expect(await next.host.service.jobCount == Workbench.parts, "\(moment.name)")
            }
        }
    }

    @Test func abandonedSessionIsClosed() async throws {
        let bench = try Workbench()
        await bench.host.change { $0.openAbandonedSession() }
        let noProcess: Int32 = 99_999_999
        let ledger = try Ledger(bench.ledgerURL)
        try ledger.addSession("s0", key: "work", instance: SimulatedService.instance, process: noProcess)
        try await bench.expectCompletion()
        #expect(await bench.host.service.sessions.count == 2)
    }

    @Test func interruption() async throws {
        var service = SimulatedService()
        service.queueLooks = 1_000_000
        let bench = try Workbench(service)
        let sampler = try bench.sampler()
        let work = Task { try await sampler.sample(Workbench.blocs, key: "work") }
        while await bench.host.service.jobCount < Workbench.parts {
            try await Task.sleep(for: .milliseconds(1))
        }
        work.cancel()
        let error = await #expect(throws: IBMError.self) { try await work.value }
        #expect(error == .interrupted(jobs: ["d0job", "d1job", "d2job"]))
        #expect(await bench.host.service.sessions.allSatisfy { !$0.isOpen })
        await bench.host.change { $0.queueLooks = 1 }
        try await bench.expectCompletion()
    }

    /// Two that do the same work share its jobs; others share only the service.
    @Test func severalAtOnce() async throws {
        let bench = try Workbench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for key in ["same", "same", "other", "same"] {
                group.addTask {
                    let outcomes = try await bench.sampler().sample(Workbench.blocs, key: key)
                    #expect(outcomes == Workbench.expected)
                }
            }
            try await group.waitForAll()
        }
        #expect(await bench.host.service.jobCount == 2 * Workbench.parts)
    }
}
