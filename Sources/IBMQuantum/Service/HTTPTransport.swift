import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A call of the service.
///
/// Its headers and body hold secrets: it is never printed.
package struct HTTPCall: Sendable {
    package var method: String
    package var url: URL
    package var headers: [String: String]
    package var body: Data?
    /// Without a byte for this long the call has failed.
    package var timeout: Duration

    /// The method and the path, for people.
    var name: String { "\(method) \(url.path)" }
}

/// What came back.
package struct HTTPAnswer: Sendable {
    package var status: Int
    /// By lower-case name.
    package var headers: [String: String]
    package var body: Data

    /// An answer.
    package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }) { $1 }
        self.body = body
    }
}

/// Why no answer came.
package enum TransportError: Error, Equatable, Sendable {
    /// The connection failed: what the call did on the other side is not known.
    case lost(reason: String)
    /// The waiting task was cancelled.
    case cancelled
}

/// What carries calls to the service.
package protocol HTTPTransport: Sendable {
    /// One answer for one call, which is never repeated on its own.
    func send(_ call: HTTPCall) async throws(TransportError) -> HTTPAnswer
}

/// Calls over the network.
package struct NetworkTransport: HTTPTransport {
    package init() {}

    package func send(_ call: HTTPCall) async throws(TransportError) -> HTTPAnswer {
        var request = URLRequest(
            url: call.url, timeoutInterval: max(1, call.timeout / .seconds(1)))
        request.httpMethod = call.method
        request.httpBody = call.body
        for (name, value) in call.headers { request.setValue(value, forHTTPHeaderField: name) }
        // libcurl sends a request again by itself when a connection that it kept has been closed, a POST, too. A session
        // of its own has no connection to keep.
        let session = URLSession(
            configuration: Self.configuration, delegate: RedirectionRefusal(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        do {
            let (body, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else {
                throw TransportError.lost(reason: "the answer is not HTTP")
            }
            let headers = response.allHeaderFields.compactMap { name, value in
                (name as? String).map { ($0, "\(value)") }
            }
            return HTTPAnswer(
                status: response.statusCode, headers: Dictionary(headers) { $1 }, body: body)
        } catch {
            throw Self.failure(error)
        }
    }

    private static var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        return configuration
    }

    private static func failure(_ error: any Error) -> TransportError {
        switch error {
        case let error as TransportError: error
        case is CancellationError: .cancelled
        case let error as URLError where error.code == .cancelled: .cancelled
        // Its own description may hold the address with its query, which says nothing new.
        case let error as URLError: .lost(reason: Self.words(error.code))
        case _: .lost(reason: "the connection failed")
        }
    }

    private static func words(_ code: URLError.Code) -> String {
        switch code {
        case .timedOut: "no answer came in time"
        case .cannotFindHost, .dnsLookupFailed: "the host name cannot be resolved"
        case .cannotConnectToHost: "the connection was refused"
        case .networkConnectionLost: "the connection was lost"
        case .notConnectedToInternet: "there is no network"
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateNotYetValid, .serverCertificateHasUnknownRoot:
            "the server's certificate is not trusted"
        default: "network error \(code.rawValue)"
        }
    }
}

/// Follows no redirection: the headers, with the token in them, would go with it.
private final class RedirectionRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
