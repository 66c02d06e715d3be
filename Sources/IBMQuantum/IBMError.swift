/// Why work for IBM hardware could not be done.
public enum IBMError: Error, Equatable, Sendable {
    /// There is neither an account file nor an API key in the environment.
    case noAccount(path: String)
    /// The account file has no account of that name.
    case unknownAccount(name: String, known: [String], path: String)
    /// The account file cannot be read, or an account in it not be used.
    case invalidAccount(place: String, problem: String)
    /// The account names no instance, or one by another name than its CRN.
    case noInstance(place: String, found: String?)
    /// The service has exchanged the API key for no token.
    case refusedKey(reason: String)
    /// The service answers a call with an error.
    case refused(call: String, status: Int, problem: ServiceProblem)
    /// The service cannot be reached, or goes on failing.
    case unreachable(call: String, reason: String)
    /// The service answers with something else than its documentation says.
    case unreadableAnswer(call: String, problem: String)
    /// What the work came to is not known: its tag finds it once the service answers again.
    case uncertainSubmission(tag: String, reason: String)
    /// The job has failed on the service.
    case failedJob(id: String, status: String, problem: ServiceProblem)
    /// The result of a finished job is no longer on the service, and it is not in the ledger.
    case lostResult(id: String)
    /// One parameter set of a circuit exceeds what a job may hold.
    case tooLarge(what: String, size: Int, limit: Int)
    /// The ledger cannot be read or written.
    case ledger(path: String, problem: String)
    /// The ledger has no job of that name.
    case unknownJob(name: String, path: String)
    /// Waiting was interrupted; the jobs go on.
    case interrupted(jobs: [String])
}

/// What the service says is wrong.
public struct ServiceProblem: Sendable, Equatable {
    /// The service's number of the problem.
    public var code: Int?
    /// What is wrong.
    public var message: String
    /// What the service advises.
    public var solution: String?
    /// The request's number, which IBM's support asks for.
    public var trace: String?

    /// A problem in the service's words.
    public init(code: Int? = nil, message: String, solution: String? = nil, trace: String? = nil) {
        self.code = code
        self.message = message
        self.solution = solution
        self.trace = trace
    }
}

extension ServiceProblem: CustomStringConvertible {
    /// The message with what the service adds to it, on one line.
    public var description: String {
        let notes = [code.map { "code \($0)" }, trace.map { "trace \($0)" }].compactMap(\.self)
        let end = notes.isEmpty ? "" : " (" + notes.joined(separator: ", ") + ")"
        let advice = solution.map { ": " + Self.line($0) } ?? ""
        return Self.line(message) + advice + end
    }

    private static func line(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.hasSuffix(".") ? String(line.dropLast()) : line
    }
}

extension IBMError: CustomStringConvertible {
    /// One sentence: where, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .noAccount(let path):
            """
            no IBM Quantum account was found: set QISKIT_IBM_TOKEN to an API key and QISKIT_IBM_INSTANCE to the CRN of an \
            instance, or save an account with Qiskit in \(path)
            """
        case .unknownAccount(let name, let known, let path):
            "\(path): has no account '\(name)': choose among \(known.map { "'\($0)'" }.joined(separator: ", "))"
        case .invalidAccount(let place, let problem):
            "\(place): \(problem)"
        case .noInstance(let place, let found):
            """
            \(place): \(found.map { "'\($0)' is no CRN of an instance" } ?? "no instance is named"): give the CRN that the \
            IBM Quantum page shows with the instance (crn:v1:...::), for instance in QISKIT_IBM_INSTANCE
            """
        case .refusedKey(let reason):
            "IBM Cloud does not accept the API key (\(reason)): make a new key, and give it in QISKIT_IBM_TOKEN or the account file"
        case .refused(let call, let status, let problem):
            "IBM Quantum refuses \(call) with status \(status): \(problem)"
        case .unreachable(let call, let reason):
            "\(call) does not get through to IBM Quantum (\(reason)): try again later; nothing is lost"
        case .unreadableAnswer(let call, let problem):
            "IBM Quantum answers \(call) with something unexpected (\(problem)): try again later, or report it as a defect"
        case .uncertainSubmission(let tag, let reason):
            """
            whether the job tagged \(tag) has reached IBM Quantum is not known (\(reason)): give the same command again, \
            which looks for it first and does not send it twice
            """
        case .failedJob(let id, let status, let problem):
            "job \(id) has ended as \(status): \(problem)"
        case .lostResult(let id):
            """
            job \(id) has finished, but its result has been deleted on IBM Quantum and was never fetched: give the same \
            command again to run it anew
            """
        case .tooLarge(let what, let size, let limit):
            "\(what) is \(size), but a job may have at most \(limit): use fewer shots or a smaller circuit"
        case .ledger(let path, let problem):
            "\(path): \(problem); free or repair it, or choose another with --ledger"
        case .unknownJob(let name, let path):
            "\(path): there is no job '\(name)': see 'qmtl jobs list'"
        case .interrupted(let jobs):
            """
            interrupted, and \(jobs.isEmpty ? "no job is waiting" : "jobs \(jobs.joined(separator: ", ")) go on"): give \
            the same command again to go on with them
            """
        }
    }
}
