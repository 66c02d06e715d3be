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

    private static var fallback: Int? {
        #if os(macOS)
            var usage = rusage()
            return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
        #else
            return nil
        #endif
    }
}
