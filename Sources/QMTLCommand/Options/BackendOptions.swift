import ArgumentParser
import QMTL

/// What computes the quantum part, and with how much of the machine.
struct BackendOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What computes circuits.", valueName: "name")) var backend: BackendChoice?

    @Option(help: ArgumentHelp("Threads to use (default: all cores).", valueName: "n")) var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Memory for states, such as 2G or 500M (default: half of what is free); larger batches are split.",
            valueName: "size"))
    var memory: MemorySize?

    mutating func validate() throws {
        if let threads, threads < 1 {
            throw ValidationError("--threads is \(threads), but must be at least 1.")
        }
    }

    /// The backend asked for.
    /// - Throws: `BackendError.unavailable`.
    func makeBackend() throws(BackendError) -> any Backend {
        try (backend ?? .auto).make(threads: threads, memory: memory)
    }
}

extension BackendChoice {
    /// Makes the backend; products of matrices keep to its threads, too.
    /// - Throws: `BackendError.unavailable`.
    func make(threads: Int?, memory: MemorySize?) throws(BackendError) -> any Backend {
        if let threads { ProductThreads.limit(to: threads) }
        switch self {
        case .auto, .cpu: return CPUBackend(threads: threads, memory: memory?.bytes)
        case .reference:
            return memory.map { ReferenceBackend(memory: $0.bytes) } ?? ReferenceBackend()
        case .opencl:
            throw .unavailable(
                backend: rawValue, reason: "it is not built into this version; use --backend cpu")
        }
    }
}
