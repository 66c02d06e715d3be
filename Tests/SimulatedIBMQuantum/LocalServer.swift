import FlyingFox
import Foundation
import IBMQuantum

/// A simulated service behind a socket of this machine.
public struct LocalServer: Sendable {
    /// `http://127.0.0.1:PORT`, where both the token exchange and the calls (under `/api/v1`) are.
    public let address: URL

    /// Seconds; other tests may hold all threads for a while.
    private static let patience: TimeInterval = 600

    /// Variables that lead a `qmtl` process to this server and give it an account there.
    public var environment: [String: String] {
        [
            "IAM_URL": address.absoluteString,
            "QMTL_IBM_URL": address.appending(path: "api/v1").absoluteString,
            "QISKIT_IBM_TOKEN": SimulatedService.key, "QISKIT_IBM_INSTANCE": SimulatedService.instance,
        ]
    }

    /// Runs `body` beside a server that ends with it.
    public static func with<Value: Sendable>(
        _ host: ServiceHost, _ body: @Sendable (LocalServer) async throws -> Value
    ) async throws -> Value {
        let server = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: 0), timeout: patience, logger: .disabled)
        await server.appendRoute("*") { try await Self.respond($0, host) }
        let task = Task { try await server.run() }
        defer { task.cancel() }
        try await server.waitUntilListening(timeout: patience)
        guard case .ip4(_, let port) = await server.listeningAddress else { throw URLError(.badURL) }
        let value = try await body(LocalServer(address: URL(string: "http://127.0.0.1:\(port)")!))
        await server.stop()
        return value
    }

    private static func respond(_ request: HTTPRequest, _ host: ServiceHost) async throws -> HTTPResponse {
        let taken = SimulatedService.Request(
            method: request.method.rawValue, path: request.path,
            query: request.query.map { ($0.name, $0.value) },
            headers: Dictionary(request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }) { $1 },
            body: try await request.bodyData)
        guard let answer = await host.answer(taken) else {
            // A handshake that fails is how FlyingFox closes a connection without a byte.
            return HTTPResponse(webSocket: ClosingHandler())
        }
        let headers = answer.headers.map { (HTTPHeader($0.key), $0.value) }
        return HTTPResponse(
            statusCode: HTTPStatusCode(answer.status, phrase: "Simulated"),
            headers: HTTPHeaders(Dictionary(headers) { $1 }), body: answer.body)
    }
}

private struct ClosingHandler: WSHandler {
    func makeFrames(
        for client: AsyncThrowingStream<WSFrame, any Error>
    ) async throws -> AsyncStream<WSFrame> {
        throw URLError(.networkConnectionLost)
    }
}
