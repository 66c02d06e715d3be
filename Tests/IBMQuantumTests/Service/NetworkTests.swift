import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

/// The network, with time for a server whose threads other tests may hold for minutes.
private struct PatientTransport: HTTPTransport {
    func send(_ call: HTTPCall) async throws(TransportError) -> HTTPAnswer {
        var call = call
        call.timeout = .seconds(600)
        return try await NetworkTransport().send(call)
    }
}

/// The same over sockets.
@Suite struct NetworkTests {
    private static func account(_ server: LocalServer) throws -> IBMAccount {
        try IBMAccount.choose(environment: server.environment, file: URL(filePath: "/none.json"))
    }

    @Test(arguments: [
        [], [Fault(.postJob, .cutAfter, after: 1)], [Fault(.postJob, .cutBefore, after: 2)],
        [Fault(.result, .truncated), Fault(.job, .cutBefore)],
    ])
    func work(_ faults: [Fault]) async throws {
        var service = SimulatedService()
        service.faults = faults
        let bench = try Workbench(service)
        try await LocalServer.with(bench.host) { server in
            let client = ServiceClient(
                try Self.account(server), transport: PatientTransport(), clock: bench.clock.clock)
            var sampler = LedgeredSampler(
                runner: JobRunner(service: client, ledger: try Ledger(bench.ledgerURL)),
                device: "ibm_simulated")
            sampler.limits.executions = 4
            #expect(try await sampler.sample(Workbench.blocs, key: "work") == Workbench.expected)
        }
        let service2 = await bench.host.service
        #expect(service2.jobCount == Workbench.parts && service2.faults.isEmpty)
        try await bench.expectNoSecrets()
    }

    /// libcurl repeats a request on its own when a kept connection turns out closed: a job would be made twice.
    @Test func aLostPostIsNotRepeatedBelow() async throws {
        var service = SimulatedService()
        service.faults = [Fault(.openSession, .cutAfter)]
        let bench = try Workbench(service)
        try await LocalServer.with(bench.host) { server in
            let client = ServiceClient(
                try Self.account(server), transport: PatientTransport(), clock: bench.clock.clock)
            _ = try await client.usage()
            let sampler = LedgeredSampler(
                runner: JobRunner(service: client, ledger: try Ledger(bench.ledgerURL)), device: "d",
                mode: .dedicated)
            await #expect(throws: IBMError.self) {
                _ = try await sampler.sample(Workbench.blocs, key: "work")
            }
        }
        #expect(await bench.host.service.sessions.count == 1)
    }

    @Test func documents() async throws {
        let bench = try Workbench()
        try await LocalServer.with(bench.host) { server in
            let client = ServiceClient(
                try Self.account(server), transport: PatientTransport(), clock: bench.clock.clock)
            let devices = try await client.devices()
            #expect(devices.map(\.name) == ["ibm_simulated", "ibm_bare"])
            #expect(devices[0].qubits == 156 && devices[0].twoQubitError == 0.002 && devices[1].qubits == nil)
            let properties = try await client.properties(of: "ibm_x")
            #expect(String(decoding: properties, as: UTF8.self).contains("properties"))
            #expect(try await client.usage().periodEnd == "2026-11-29T00:00:00Z")
        }
    }

    @Test func tokensDoNotFollowRedirections() async throws {
        let other = try Workbench()
        try await LocalServer.with(other.host) { target in
            let address = target.address.appending(path: "api/v1/instances/usage").absoluteString
            var service = SimulatedService()
            service.faults = [Fault(.usage, .status(307, body: "", headers: ["Location": address]))]
            let bench = try Workbench(service)
            try await LocalServer.with(bench.host) { server in
                let client = ServiceClient(
                    try Self.account(server), transport: PatientTransport(), clock: bench.clock.clock)
                await #expect(throws: IBMError.self) { _ = try await client.usage() }
            }
        }
        #expect(await other.host.service.log.isEmpty)
    }

    @Test func nobodyThere() async throws {
        let bench = try Workbench()
        let account = try IBMAccount.choose(
            environment: [
                "IAM_URL": "http://127.0.0.1:1", "QISKIT_IBM_TOKEN": "k",
                "QISKIT_IBM_INSTANCE": SimulatedService.instance,
            ], file: URL(filePath: "/none.json"))
        let client = ServiceClient(account, transport: PatientTransport(), clock: bench.clock.clock)
        let error = await #expect(throws: IBMError.self) { _ = try await client.usage() }
        #expect("\(String(describing: error))".contains("connection was refused"))
    }
}
