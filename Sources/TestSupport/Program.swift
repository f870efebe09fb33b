public import Foundation

/// The real program as a child process.
public struct Program {
    /// What a run of it gave.
    public struct Outcome: Sendable {
        /// The exit status; minus the signal where one ended it.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    /// The built program, which lies beside the test bundle.
    public static let url = built("moonletter")

    /// A program of this package by its name.
    static func built(_ name: String) -> URL {
        let arguments = CommandLine.arguments
        var bundle = arguments[0]
        if let flag = arguments.firstIndex(of: "--test-bundle-path"), flag + 1 < arguments.count {
            bundle = arguments[flag + 1]
        }
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appending(path: name)
    }

    /// Runs another program of this package to its end in `folder`; after so many seconds it is killed.
    public static func run(
        _ name: String, _ arguments: [String], in folder: URL, within seconds: TimeInterval
    ) throws -> Outcome {
        try run(built(name), arguments, in: folder, signal: SIGKILL, when: after(seconds))
    }

    /// Runs it to its end in `folder`; after two minutes it is killed.
    public static func run(_ arguments: [String], in folder: URL) throws -> Outcome {
        try run(url, arguments, in: folder, signal: SIGKILL, when: after(120))
    }

    /// Runs it to its end in `folder` with a text on standard input; after two minutes it is killed.
    public static func run(_ arguments: [String], in folder: URL, input: String) throws -> Outcome {
        try run(url, arguments, in: folder, signal: SIGKILL, when: after(120), input: input)
    }

    /// Runs it in `folder` and sends it a signal as soon as `condition` holds.
    public static func run(
        _ arguments: [String], in folder: URL, signal: Int32, when condition: () -> Bool
    ) throws -> Outcome {
        try run(url, arguments, in: folder, signal: signal, when: condition)
    }

    /// Runs it in `folder` and sends it a signal after so many seconds.
    public static func run(
        _ arguments: [String], in folder: URL, signal: Int32, after seconds: TimeInterval
    ) throws -> Outcome {
        try run(url, arguments, in: folder, signal: signal, when: after(seconds))
    }

    /// Runs it as a user whom file permissions bind, where the tests run as root.
    public static func runUnprivileged(_ arguments: [String], in folder: URL) throws -> Outcome {
        guard getuid() == 0 else { return try run(arguments, in: folder) }
        let words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", url.path]
        return try run(
            URL(fileURLWithPath: "/usr/bin/env"), words + arguments, in: folder, signal: SIGKILL,
            when: after(120))
    }

    /// Runs it on a pseudo-terminal; both its outputs are `output`.
    public static func runOnTerminal(_ arguments: [String], in folder: URL) throws -> Outcome {
        let command = ([url.path] + arguments).map { "'" + $0.replacing("'", with: "'\\''") + "'" }
        let words = ["script", "-qefc", command.joined(separator: " "), "/dev/null"]
        return try run(
            URL(fileURLWithPath: "/usr/bin/env"), words, in: folder, signal: SIGKILL, when: after(120))
    }

    private static func run(
        _ executable: URL, _ arguments: [String], in folder: URL, signal: Int32, when condition: () -> Bool,
        input: String? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Files, not pipes: nobody has to read while the program writes.
        let captures = try TemporaryFolder()
        process.standardInput =
            try input.map {
                try FileHandle(forReadingFrom: URL(fileURLWithPath: captures.write($0, to: "input")))
            } ?? FileHandle.nullDevice
        let output = captures.url.appending(path: "output")
        let errors = captures.url.appending(path: "errors")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try unblockingSignals { try process.run() }
        while process.isRunning, !condition() { usleep(5_000) }
        if process.isRunning { kill(process.processIdentifier, signal) }
        // What does not heed the signal must not hold up the tests.
        let deadline = Date().addingTimeInterval(60)
        while process.isRunning, Date() < deadline { usleep(5_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let status =
            process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Outcome(
            status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    private static func after(_ seconds: TimeInterval) -> () -> Bool {
        let deadline = Date().addingTimeInterval(seconds)
        return { Date() >= deadline }
    }

    /// A child inherits the blocked signals of the thread that starts it, and Dispatch's threads block most.
    private static func unblockingSignals(_ body: () throws -> Void) throws {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}
