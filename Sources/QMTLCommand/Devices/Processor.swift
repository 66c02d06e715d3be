import Foundation

/// The processor the program runs on.
enum Processor {
    /// Its name as it gives it.
    static var name: String {
        value(of: "model name", in: "/proc/cpuinfo") ?? "\(architecture) processor"
    }

    /// Its architecture.
    static var architecture: String {
        #if arch(x86_64)
            "x86-64"
        #elseif arch(arm64)
            "arm64"
        #else
            "other"
        #endif
    }

    /// The machine's memory in bytes.
    static var memory: Int? { Int(exactly: ProcessInfo.processInfo.physicalMemory) }

    private static func value(of key: String, in path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
}
