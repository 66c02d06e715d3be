import Foundation
import QMTL

/// Jobs of a ledger: the answer of `qmtl jobs list`.
struct JobList: Encodable {
    let ledger: String
    let jobs: [JobDescription]

    init(ledger: URL, entries: [LedgerEntry]) {
        self.ledger = ledger.path
        jobs = entries.map { JobDescription($0) }
    }

    var text: String {
        guard !jobs.isEmpty else { return "no jobs in \(ledger)" }
        var table = TextTable([
            .init("number", .right), .init("state", .left), .init("job", .left), .init("device", .left),
            .init("program", .left), .init("part", .right), .init("executions", .right),
            .init("created", .left), .init("problem", .left),
        ])
        for job in jobs {
            let problem = job.problem ?? ""
            table.append([
                "\(job.number)", job.state, job.job ?? "", job.device, job.program,
                "\(job.part) of \(job.parts)",
                "\(job.executions)", job.created, problem.count > 40 ? problem.prefix(39) + "…" : problem,
            ])
        }
        return table.text()
    }
}

/// One job of a ledger: the answer of `qmtl jobs show`.
struct JobDescription: Encodable {
    let number: Int64
    let tag: String
    let job: String?
    let work: String
    /// Counted from 1.
    let part: Int
    let parts: Int
    let instance: String
    let device: String
    let program: String
    let executions: Int
    let maximumSeconds: Int
    let state: String
    let problem: String?
    let created: String
    let sent: String?
    let finished: String?
    let parametersBytes: Int?
    let resultBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case number, tag, job, work, part, parts, instance, device, program, executions
        case maximumSeconds = "maximum_seconds"
        case state, problem, created, sent, finished
        case parametersBytes = "parameters_bytes"
        case resultBytes = "result_bytes"
    }

    init(_ entry: LedgerEntry, parametersBytes: Int? = nil, resultBytes: Int? = nil) {
        func text(_ date: Date) -> String { date.formatted(.iso8601) }
        number = entry.id
        tag = entry.tag
        job = entry.job
        work = entry.key
        part = entry.part + 1
        parts = entry.parts
        instance = entry.instance
        device = entry.device
        program = entry.program
        executions = entry.executions
        maximumSeconds = entry.maximumSeconds
        state = entry.state.rawValue
        problem = entry.problem
        created = text(entry.created)
        sent = entry.sent.map(text)
        finished = entry.finished.map(text)
        self.parametersBytes = parametersBytes
        self.resultBytes = resultBytes
    }

    var text: String {
        let rows: [(String, String?)] = [
            ("number", "\(number)"), ("state", state), ("job", job), ("tag", tag), ("work", work),
            ("part", "\(part) of \(parts)"), ("device", device), ("program", program),
            ("executions", "\(executions)"), ("seconds at most", "\(maximumSeconds)"), ("instance", instance),
            ("created", created), ("sent", sent), ("finished", finished), ("problem", problem),
            ("input", parametersBytes.map { "\($0) bytes" }), ("result", resultBytes.map { "\($0) bytes" }),
        ]
        var table = TextTable([.init("field", .left), .init("value", .left)])
        for case (let name, let value?) in rows { table.append([name, value]) }
        return table.text()
    }
}
