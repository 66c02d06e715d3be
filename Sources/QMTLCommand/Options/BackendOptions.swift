import ArgumentParser
import Foundation
import QMTL

/// What computes circuits: a backend of this machine, or a device of IBM.
enum BackendName: String, CaseIterable, ExpressibleByArgument {
    case auto, cpu, opencl, reference, ibm

    /// The backend of this machine; nil for a device of IBM, which is never part of a run's configuration.
    var choice: BackendChoice? { BackendChoice(rawValue: rawValue) }
}

/// What computes the quantum part, and with how much of the machine.
struct BackendOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What computes circuits.", valueName: "name")) var backend: BackendName?

    @Option(
        help: ArgumentHelp(
            """
            OpenCL device, by number or part of its name (default: QMTL_DEVICE, else the first GPU); with --backend ibm \
            the name of IBM's (default: the one with the shortest queue).
            """,
            valueName: "name"))
    var device: String?

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

    /// The threads of the whole program.
    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    /// The backend asked for, else the one `configured`; products of matrices keep to its threads, too.
    ///
    /// What was chosen by itself, and what fails on the way, is said on `console`.
    /// - Throws: `BackendError.unavailable`, `.unsuitable`.
    func makeBackend(
        configured: BackendChoice = .auto, memory configuredMemory: MemorySize? = nil, console: Console
    ) throws(BackendError) -> any Backend {
        if backend == .ibm {
            throw .unsuitable(
                backend: "ibm", reason: "evaluate, predict, run and train use a device; choose another here")
        }
        if let threads { ProductThreads.limit(to: threads) }
        let bytes = (memory ?? configuredMemory)?.bytes
        let processor = CPUBackend(threads: threads, memory: bytes)
        switch backend?.choice ?? configured {
        case .cpu: return processor
        case .reference: return bytes.map { ReferenceBackend(memory: $0) } ?? ReferenceBackend()
        case .opencl:
            return try openCL(bytes, console) { () throws(OpenCLError) in
                try OpenCLPlatforms.device(matching: device)
            }
        case .auto:
            // No GPU is no fault: most machines have none.
            guard let gpu = try? OpenCLPlatforms.device(matching: device), gpu.kind == .gpu else {
                console.remark("Computing on \(processor.capabilities.device): no GPU was found.")
                return processor
            }
            let device = try openCL(bytes, console) { () throws(OpenCLError) in gpu }
            return SelectingBackend(device, alternative: processor) { plan, samples in
                StepCost(plan, samples: samples).favoursGPU(threads: processor.capabilities.threads)
            } decided: { prefersDevice in
                console.remark(
                    prefersDevice
                        ? "Computing on \(gpu): faster for this size."
                        : "Computing on \(processor.capabilities.device): too small for the GPU to be faster."
                )
            }
        }
    }

    /// The backends of runs side by side, each with its share of threads and memory; a device serves one run at a time.
    ///
    /// Results do not depend on how many there are.
    /// - Throws: `BackendError.unavailable`.
    func makeBackends(
        jobs: Int?, configured: BackendChoice, memory configuredMemory: MemorySize?, console: Console
    ) throws(BackendError) -> [any Backend] {
        let first = try makeBackend(configured: configured, memory: configuredMemory, console: console)
        let threads = threadCount
        let isProcessor = first is CPUBackend || first is ReferenceBackend
        let count = jobs ?? (isProcessor ? threads : 1)
        guard count > 1 else { return [first] }
        var share = self
        share.threads = max(1, threads / count)
        let bytes = (memory ?? configuredMemory)?.bytes ?? MemoryBudget.halfOfFree()
        share.memory = MemorySize(bytes: max(1, bytes / count))
        var backends: [any Backend] = []
        for _ in 0..<count {
            backends.append(
                try share.makeBackend(
                    configured: configured, console: Console(isJSON: console.isJSON, isQuiet: true)))
        }
        return backends
    }

    /// An OpenCL backend that hands over to the processor when its device fails.
    private func openCL(
        _ memory: Int?, _ console: Console, device: () throws(OpenCLError) -> OpenCLDevice
    ) throws(BackendError) -> any Backend {
        let backend: OpenCLBackend
        do {
            backend = try OpenCLBackend(device: try device(), memory: memory)
        } catch {
            throw .unavailable(backend: BackendChoice.opencl.rawValue, reason: error.description)
        }
        return FallbackBackend(backend, fallback: CPUBackend(threads: threads, memory: memory)) { error in
            console.remark("warning: going on with the cpu backend: \(error)")
        }
    }
}
