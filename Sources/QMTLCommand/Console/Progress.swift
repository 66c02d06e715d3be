import Foundation
import Synchronization

/// How far long work is: a bar with the time left on a terminal, plain lines elsewhere, nothing when quiet.
final class Progress: Sendable {
    private struct State {
        var isBarShown = false
        var lastShown: ContinuousClock.Instant?
    }

    private let isQuiet: Bool
    private let isTerminal: Bool
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Progress on standard error.
    init(_ console: Console) {
        isQuiet = console.isQuiet
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// Shows that `fraction` of the work is done; `line` says what has just been reached.
    ///
    /// A bar is redrawn at most ten times a second. `isMilestone` marks what elsewhere gets a line of its own.
    func update(_ fraction: Double, _ line: String, isMilestone: Bool) {
        guard !isQuiet else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            guard isTerminal else {
                if isMilestone { Console.writeError(line) }
                return
            }
            if let last = state.lastShown, now - last < .milliseconds(100), fraction < 1 { return }
            state.lastShown = now
            state.isBarShown = true
            write("\r" + bar(fraction, line, elapsed: (now - start) / .seconds(1)) + "\u{1B}[K")
        }
    }

    /// Writes a line that stays, above the bar.
    func line(_ text: String) {
        guard !isQuiet else { return }
        clear()
        Console.writeError(text)
    }

    /// Takes the bar away, so that other lines can be written.
    func clear() {
        state.withLock { state in
            if state.isBarShown { write("\r\u{1B}[K") }
            state = State()
        }
    }

    private func bar(_ fraction: Double, _ line: String, elapsed: Double) -> String {
        let width = 24
        let filled = Int((fraction * Double(width)).rounded(.down))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        // The first moments tell nothing about the rest.
        let left =
            fraction > 0.01 && elapsed > 1
            ? ", \(Self.duration(elapsed * (1 - fraction) / fraction)) left" : ""
        let columns = Int(ProcessInfo.processInfo.environment["COLUMNS"] ?? "") ?? 100
        return String("\(bar) \(Int(fraction * 100)) %\(left)  \(line)".prefix(columns - 1))
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
