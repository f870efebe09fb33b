internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Store

/// The terminal, or what stands in its place.
enum Console {
    /// What waits to be written to standard output. Commands run on one thread.
    nonisolated(unsafe) private static var buffer: [UInt8] = []
    /// The error of the first write that failed; nothing is written after it.
    nonisolated(unsafe) private static var failure: Int32?

    /// Prints to standard output without adding a newline.
    static func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= 1 << 16 || outputIsTerminal { flush() }
    }

    /// Prints a line to standard output.
    static func line(_ text: String = "") {
        write(text + "\n")
    }

    private static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    /// How many cells a line of the terminal has; nil where standard output is none, and lines may have any
    /// length.
    static var width: Int? { size.map { Int($0.ws_col) } }

    /// How many lines the terminal has; nil likewise.
    static var height: Int? { size.map { Int($0.ws_row) } }

    private static var size: winsize? {
        var size = winsize()
        guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return size
    }

    /// Writes what waits, without saying whether that went well: ``finish()`` does.
    static func flush() {
        var start = 0
        while start < buffer.count, failure == nil {
            let written = buffer[start...].withUnsafeBytes { bytes in
                Foundation.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
            }
            if written >= 0 {
                start += written
            } else if errno != EINTR {
                failure = errno
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what waits.
    ///
    /// - Throws: where standard output, on a full disk for instance, did not take everything.
    static func finish() throws {
        flush()
        if let failure { throw ConsoleError.cannotWrite(reason: String(cString: strerror(failure))) }
    }

    /// Prints a line to standard error.
    static func note(_ text: String) {
        error(text + "\n")
    }

    /// Writes to standard error at once.
    static func error(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// What can be wrong with standard output.
enum ConsoleError: Error, Diagnosable {
    case cannotWrite(reason: String)

    var diagnostic: Diagnostic {
        switch self {
        case .cannotWrite(let reason):
            Diagnostic(
                "standard output could not be written: \(reason)",
                hint: "what was printed is not complete; write it to another place")
        }
    }
}

/// A line on the terminal that shows how far something is, how fast it goes and how long it will take.
///
/// Silent where standard error is no terminal.
final class ProgressLine {
    private let label: String
    private let unit: String
    private let started = Date()
    private var shown = Date.distantPast
    private let isVisible = Console.errorIsTerminal

    init(_ label: String, unit: String) {
        self.label = label
        self.unit = unit
    }

    /// Shows `done` of `total`; `count` of `unit`s were handled so far. Cheap to call often.
    func show(_ done: Int64, of total: Int64, count: Int) {
        guard isVisible, Date().timeIntervalSince(shown) >= 0.1 else { return }
        shown = Date()
        let seconds = shown.timeIntervalSince(started)
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
        let left = share > 0.01 ? "\(Int((seconds / share - seconds).rounded(.up))) s left" : "…"
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        Console.error("\r\(label) \(bar) \(Int(share * 100)) % · \(rate) \(unit)/s · \(left)\u{1B}[K")
    }

    /// Clears the line.
    func end() {
        if isVisible { Console.error("\r\u{1B}[K") }
    }
}

/// Ctrl-C: the first asks the command to stop where nothing is lost, the second ends the program at once.
enum Interrupt {
    /// The number of the signal that came; 0 before any.
    nonisolated(unsafe) private static var flag: sig_atomic_t = 0

    /// Whether the person asked to stop.
    static var isRequested: Bool { flag != 0 }

    /// The status of a command that failed: where it was asked to stop, what a shell makes of the signal (130 for
    /// Ctrl-C), so that a script that calls the program sees the same as where the signal itself ends it.
    static var statusOfFailure: Int32 { isRequested ? 128 + Int32(flag) : 1 }

    /// Runs what a person may stop and then go on: Ctrl-C ends what Lua and the store do in `body`, and nothing else. Where
    /// it does not end at once, the fourth Ctrl-C ends the program.
    static func during<Result>(_ body: () throws -> Result) rethrows -> Result {
        flag = 0
        presses = 0
        let before = signal(SIGINT) { number in
            Interrupt.flag = sig_atomic_t(number)
            Interrupt.presses += 1
            LuaState.interrupt()
            Store.interrupt()
            if Interrupt.presses >= 3 { signal(number, SIG_DFL) }
        }
        defer {
            signal(SIGINT, before)
            LuaState.clearInterrupt()
            Store.clearInterrupt()
        }
        return try body()
    }

    /// How often Ctrl-C was pressed in it.
    nonisolated(unsafe) private static var presses: sig_atomic_t = 0

    /// Listens from now on.
    static func listen() {
        // The end of a terminal or of a session is a request too.
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                Interrupt.flag = sig_atomic_t(number)
                LuaState.interrupt()
                Store.interrupt()
                signal(number, SIG_DFL)
            }
        }
    }
}
