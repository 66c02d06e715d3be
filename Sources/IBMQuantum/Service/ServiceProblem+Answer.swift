import Foundation

extension ServiceProblem {
    /// What an answer says is wrong: the service's errors, those of the token exchange, a gateway's page, or nothing.
    init(_ answer: HTTPAnswer) {
        let trace = answer.headers["uber-trace-id"] ?? answer.headers["x-request-id"]
        if let reply = try? JSONDecoder().decode(ErrorReply.self, from: answer.body),
            let first = reply.errors.first
        {
            self.init(
                code: first.code?.number, message: first.message, solution: first.solution,
                trace: reply.trace ?? trace)
        } else if let reply = try? JSONDecoder().decode(IdentityErrorReply.self, from: answer.body) {
            self.init(message: "\(reply.errorMessage) (\(reply.errorCode))", trace: trace)
        } else {
            self.init(message: Self.summary(of: answer), trace: trace)
        }
    }

    /// What can be said of a body that is no error message.
    private static func summary(of answer: HTTPAnswer) -> String {
        let text = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        if let title = text.firstMatch(of: /(?i)<title[^>]*>([^<]+)<\/title>/) {
            return "a page titled '\(title.1.trimmingCharacters(in: .whitespacesAndNewlines))'"
        }
        if text.contains("<") { return "a page without a title" }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? "no explanation" : String(words.prefix(200))
    }
}

/// A number that some servers write as a text.
struct LooseNumber: Decodable {
    let number: Int?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self.number = number
        } else {
            number = (try? container.decode(String.self)).flatMap { Int($0) }
        }
    }
}

private struct ErrorReply: Decodable {
    struct Entry: Decodable {
        let code: LooseNumber?
        let message: String
        let solution: String?
    }

    let trace: String?
    let errors: [Entry]
}

private struct IdentityErrorReply: Decodable {
    let errorCode: String
    let errorMessage: String
}
