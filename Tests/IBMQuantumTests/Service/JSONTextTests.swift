import Foundation
import IBMQuantum
import SimulatedIBMQuantum
import Testing

@Suite struct JSONTextTests {
    /// A result that is cut off anywhere is asked for again, and not saved.
    @Test func everyCutIsSeen() async throws {
        let text = #"{"results": [{"a\\\"}": [1, "]", {}]}], "metadata": {"version": 2}}"#
        for length in 0..<text.utf8.count {
            var service = SimulatedService()
            service.faults = Array(
                repeating: Fault(.document, .status(200, body: String(text.prefix(length)))), count: 6)
            let bench = try Workbench(service)
            let client = ServiceClient(Workbench.account, transport: bench.host, clock: bench.clock.clock)
            await #expect(throws: IBMError.self) { _ = try await client.properties(of: "x") }
        }
        var service = SimulatedService()
        service.faults = [Fault(.document, .status(200, body: text + "\n"))]
        let bench = try Workbench(service)
        let client = ServiceClient(Workbench.account, transport: bench.host, clock: bench.clock.clock)
        #expect(try await client.properties(of: "x") == Data((text + "\n").utf8))
    }
}
