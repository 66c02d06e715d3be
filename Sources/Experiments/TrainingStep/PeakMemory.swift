import Foundation

/// The most memory the program has used at a time.
public enum PeakMemory {
    /// The largest resident set so far, in bytes; nil where the system does not tell.
    ///
    /// Linux keeps it in `VmHWM`; `getrusage` there would also count what a parent held before it started the program.
    public static var bytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return fallback }
        return kibibytes * 1024
    }

    /// Begins to count anew: from now on `bytes` is the most that is used from here on.
    ///
    /// Memory that was freed is given back to the system first, so that earlier work does not count.
    /// - Returns: Whether the system can do so; Linux can.
    public static func reset() -> Bool {
        // Only glibc has it, and its Swift module leaves it out.
        if let symbol = dlsym(nil, "malloc_trim") {
            _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
        }
        // proc(5): "5" resets the peak resident set to the present one.
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
        defer { try? file.close() }
        return (try? file.write(contentsOf: Data("5".utf8))) != nil
    }

    private static var fallback: Int? {
        #if os(macOS)
            var usage = rusage()
            return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
        #else
            return nil
        #endif
    }
}
