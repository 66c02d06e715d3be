import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Synchronization
import Testing

/// A service, a ledger and what people are told, for one test.
final class Workbench: Sendable {
    let clock: SimulatedClock
    let host: ServiceHost
    let folder: URL
    private let remarks = Mutex<[String]>([])

    init(_ service: SimulatedService = SimulatedService(), clock: SimulatedClock = SimulatedClock()) throws {
        self.clock = clock
        var service = service
        service.now = { clock.now }
        host = ServiceHost(service, measure: Self.measure)
        folder = FileManager.default.temporaryDirectory.appending(path: "qmtl-ledger-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var ledgerURL: URL { folder.appending(path: "jobs.sqlite") }

    /// What people were told.
    var told: [String] { remarks.withLock(\.self) }

    static var account: IBMAccount {
        IBMAccount(
            name: "test", key: Secret(SimulatedService.key), instance: InstanceCRN(SimulatedService.instance)!
        )
    }

    /// Two bits: the first input of the set as a number, and every second shot the other way round.
    static func measure(_ bloc: SamplerBloc) -> [String: RegisterOutcomes] {
        let words = bloc.values.flatMap { row in
            (0..<bloc.shots).map { shot in
                let value = UInt64(row.first ?? 2)
                return shot % 2 == 0 ? value : 3 - value
            }
        }
        return [
            "c": RegisterOutcomes(bitCount: 2, sets: bloc.values.count, shots: bloc.shots, words: words)
        ]
    }

    func runner(_ transport: (any HTTPTransport)? = nil) throws -> JobRunner {
        let client = ServiceClient(Self.account, transport: transport ?? host, clock: clock.clock)
        return JobRunner(service: client, ledger: try Ledger(ledgerURL)) { line in
            self.remarks.withLock { $0.append(line) }
        }
    }

    /// Three jobs of two parameter sets each, one of which is of two circuits.
    static let blocs = [
        SamplerBloc(circuit: "OPENQASM 3.0; a", values: [[0], [1], [2]], shots: 2),
        SamplerBloc(circuit: "OPENQASM 3.0; b", values: [[3], [0], [1]], shots: 2),
    ]
    static let parts = 3
    static let expected = blocs.map(measure)

    func sampler(_ transport: (any HTTPTransport)? = nil) throws -> LedgeredSampler {
        var sampler = LedgeredSampler(runner: try runner(transport), device: "ibm_simulated")
        sampler.limits.executions = 4
        return sampler
    }

    /// Does the work and checks that every part was made once and nothing shows a secret.
    func expectCompletion(
        key: String = "work", jobs: Int = Workbench.parts, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcomes = try await sampler().sample(Self.blocs, key: key)
        #expect(outcomes == Self.expected, sourceLocation: sourceLocation)
        let service = await host.service
        #expect(service.jobCount == jobs, "\(service.log)\n\(told)", sourceLocation: sourceLocation)
        #expect(service.sessions.allSatisfy { !$0.isOpen }, sourceLocation: sourceLocation)
        try await expectNoSecrets(sourceLocation: sourceLocation)
    }

    /// Nothing that was told, and no byte of the ledger's files, holds the key or a token.
    func expectNoSecrets(
        in texts: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let secrets = await host.service.tokens + [SimulatedService.key]
        var places = (texts + told).map { Data($0.utf8) }
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            places.append(try Data(contentsOf: file))
        }
        for secret in secrets {
            let isSeen = places.contains { $0.firstRange(of: Data(secret.utf8)) != nil }
            #expect(!isSeen, "\(texts) \(told)", sourceLocation: sourceLocation)
        }
    }

    /// The error of the work, which shows no secret.
    func failure(
        key: String = "work", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> IBMError {
        let error = await #expect(throws: IBMError.self, sourceLocation: sourceLocation) {
            _ = try await self.sampler().sample(Self.blocs, key: key)
        }
        let found = try #require(error, sourceLocation: sourceLocation)
        try await expectNoSecrets(in: ["\(found)"], sourceLocation: sourceLocation)
        return found
    }
}
