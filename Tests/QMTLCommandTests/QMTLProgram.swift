import Foundation
import Testing

/// The built program, run as a user would.
struct QMTLProgram {
    /// What a finished program left.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The object on standard output.
        func object() throws -> [String: Any] {
            let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(value as? [String: Any])
        }

        /// Fails unless the program ended with `status` and said why in one sentence, and nothing else.
        func expectFailure(
            _ status: Int32, naming parts: String..., sourceLocation: SourceLocation = #_sourceLocation
        ) {
            #expect(self.status == status, "\(errors)", sourceLocation: sourceLocation)
            #expect(output.isEmpty, sourceLocation: sourceLocation)
            let sentences = errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
            #expect(sentences.count == 1, "\(errors)", sourceLocation: sourceLocation)
            for part in parts { #expect(errors.contains(part), "\(errors)", sourceLocation: sourceLocation) }
        }
    }

    /// A program that is running.
    struct Running {
        fileprivate let process: Process
        fileprivate let folder: URL

        /// Ends the program without a chance to clean up.
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

        /// Asks the program to end, as Ctrl-C does.
        func interrupt() { Foundation.kill(process.processIdentifier, SIGINT) }

        var isRunning: Bool { process.isRunning }

        /// Waits for the end.
        func outcome() throws -> Outcome {
            process.waitUntilExit()
            defer { try? FileManager.default.removeItem(at: folder) }
            func text(_ name: String) throws -> String {
                String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
            }
            return Outcome(
                status: process.terminationStatus, output: try text("output"), errors: try text("errors"))
        }
    }

    /// Runs the program to its end.
    static func run(_ arguments: String...) throws -> Outcome { try start(arguments).outcome() }

    /// Runs the program to its end.
    static func run(_ arguments: [String]) throws -> Outcome { try start(arguments).outcome() }

    /// Runs the program to its end, with `directory` as its own.
    static func run(_ arguments: [String], in directory: URL) throws -> Outcome {
        try start(arguments, in: directory).outcome()
    }

    /// Runs the program to its end, with programs of `path` only.
    static func run(_ arguments: [String], path: String) throws -> Outcome {
        try start(arguments, path: path).outcome()
    }

    /// Starts the program; its output goes to files, which never fill up as pipes do.
    static func start(
        _ arguments: [String], in directory: URL? = nil, path: String? = nil,
        environment: [String: String] = [:], output: FileHandle? = nil
    ) throws -> Running {
        let folder = try TemporaryFolder.make()
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = directory }
        // A machine without OpenCL, whatever this one has.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["QMTL_OPENCL_LIBRARY": "/no/libOpenCL.so"].merging(path.map { ["PATH": $0] } ?? [:]) { $1 }
        ) { $1 }.merging(environment) { $1 }
        for (name, attach) in [
            ("output", { process.standardOutput = $0 }), ("errors", { process.standardError = $0 }),
        ] as [(String, (FileHandle) -> Void)] {
            let file = folder.appending(path: name)
            try Data().write(to: file)
            attach(try FileHandle(forWritingTo: file))
        }
        if let output { process.standardOutput = output }
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return Running(process: process, folder: folder)
    }

    /// The program lies beside the tests.
    private static var executable: URL {
        let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return tests.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "qmtl")
    }
}

/// Folders that tests write to.
enum TemporaryFolder {
    /// A new, empty folder.
    static func make() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "qmtl-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Calls `body` with a new folder, which is deleted afterwards.
    static func with(_ body: (URL) async throws -> Void) async throws {
        let folder = try make()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
