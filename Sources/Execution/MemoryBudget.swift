import Foundation

/// How many bytes a backend may use for states at a time.
public enum MemoryBudget {
    /// Half of the memory that is free now; 1 GiB where the system does not tell.
    public static func halfOfFree() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 1 << 30 }
        return kibibytes * 1024 / 2
    }
}

/// Splits a batch into launches that fit a memory budget.
public struct BatchScheduler: Sendable {
    /// The bytes that may be used.
    public let budget: Int

    /// A scheduler that stays within `budget` bytes.
    public init(budget: Int) { self.budget = budget }

    /// Consecutive, nearly equal ranges of samples, as few as the budget allows.
    ///
    /// `bytesPerSample` grows with the samples of a launch, `fixedBytes` does not; `smallestLaunch` samples cost no less
    /// than that many.
    /// - Throws: `BackendError.outOfMemory` when not even the smallest launch fits.
    public func launches(
        sampleCount: Int, bytesPerSample: Int, fixedBytes: Int, smallestLaunch: Int = 1, qubits: Int
    ) throws(BackendError) -> [Range<Int>] {
        let fitting = (budget - fixedBytes) / max(bytesPerSample, 1)
        guard fitting >= smallestLaunch else {
            throw .outOfMemory(
                qubits: qubits, neededBytes: fixedBytes + smallestLaunch * bytesPerSample,
                availableBytes: budget)
        }
        let count = (sampleCount + fitting - 1) / fitting
        return (0..<count).map { sampleCount * $0 / count..<sampleCount * ($0 + 1) / count }
    }
}
