internal import CTestSupport
public import Foundation

/// A program on a pseudo-terminal, with somebody who types by script.
///
/// The program is the leader of a session of its own, whose terminal this is: a Ctrl-C that is typed becomes a signal
/// as at a real one. Every wait has a limit, and the program is killed when the test no longer holds the terminal.
public final class ScriptedTerminal {
    /// A key, as a terminal sends it.
    public enum Key: String, Sendable {
        case enter = "\r"
        case tab = "\t"
        case escape = "\u{1B}"
        case backspace = "\u{7F}"
        case up = "\u{1B}[A"
        case down = "\u{1B}[B"
        case right = "\u{1B}[C"
        case left = "\u{1B}[D"
        case home = "\u{1B}[H"
        case end = "\u{1B}[F"
        case pageUp = "\u{1B}[5~"
        case pageDown = "\u{1B}[6~"
        case controlA = "\u{01}"
        case controlC = "\u{03}"
        case controlD = "\u{04}"
        case controlE = "\u{05}"
        case controlG = "\u{07}"
        case controlK = "\u{0B}"
        case controlL = "\u{0C}"
        case controlR = "\u{12}"
        case controlU = "\u{15}"
        case controlW = "\u{17}"
        case controlZ = "\u{1A}"
        case controlBackslash = "\u{1C}"
        case controlUnderscore = "\u{1F}"
    }

    /// What did not happen in time, with what the terminal showed instead.
    public struct Failure: Error, CustomStringConvertible {
        /// Both of it.
        public let description: String
    }

    /// What the terminal shows.
    public private(set) var display: TerminalScreen

    private let master: Int32
    private let child: pid_t
    private var status: Int32?
    private var isClosed = false
    /// Bytes that came since something was typed.
    private var answered = 0

    /// Starts a program of this package in `folder`.
    ///
    /// Of the environment it gets PATH, a terminal's name, UTF-8, `folder` as its home, no `.inputrc` but its own,
    /// and what `environment` says.
    public init(
        _ program: String = "moonletter", _ arguments: [String] = [], in folder: URL,
        environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
    ) throws {
        display = TerminalScreen(columns: columns, rows: rows)
        master = mlt_open_terminal()
        guard master >= 0 else {
            throw Failure(description: "there is no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        Self.setSize(of: master, columns: columns, rows: rows)
        var variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "TERM": "xterm-256color",
            "SWIFT_BACKTRACE": "interactive=no,color=no", "LANG": "C.UTF-8", "HOME": folder.path,
            "INPUTRC": folder.path + "/.inputrc",
        ]
        variables.merge(environment) { $1 }
        let path = Program.built(program).path
        do {
            child = try Self.spawn(path, arguments, variables, on: master, in: folder.path)
        } catch {
            close(master)
            throw error
        }
    }

    deinit {
        if status == nil {
            kill(child, SIGKILL)
            var unused: Int32 = 0
            waitpid(child, &unused, 0)
        }
        // Whatever else runs in the session is told that its terminal is gone.
        close(master)
    }

    // MARK: Typing

    /// Types a text.
    public func type(_ text: String) throws {
        try send(Array(text.utf8))
    }

    /// Presses keys, one after the other.
    public func press(_ keys: Key...) throws {
        for key in keys { try send(Array(key.rawValue.utf8)) }
    }

    /// Pastes a text, marked as such where the program asks for it.
    public func paste(_ text: String) throws {
        try send(Array((display.marksPastes ? "\u{1B}[200~\(text)\u{1B}[201~" : text).utf8))
    }

    /// Sends bytes, whatever they are.
    public func send(_ bytes: [UInt8]) throws {
        answered = 0
        var rest = bytes[...]
        let deadline = Date().addingTimeInterval(30)
        while !rest.isEmpty {
            guard Date() < deadline else { throw failure("nobody reads what is typed") }
            // A terminal takes a few kilobytes at a time, and a program that echoes wants to be heard.
            pump(milliseconds: 0)
            var source = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
            guard poll(&source, 1, 100) > 0, source.revents & Int16(POLLOUT) != 0 else { continue }
            let piece = rest.prefix(1024)
            let count = piece.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) }
        }
    }

    /// Changes the size of the terminal, and the program is told.
    public func resize(columns: Int, rows: Int) {
        answered = 0
        display.resize(columns: columns, rows: rows)
        Self.setSize(of: master, columns: columns, rows: rows)
    }

    /// Sends the program a signal.
    public func signal(_ number: Int32) {
        kill(child, number)
    }

    // MARK: Looking

    /// The rows that are seen, without blanks at their ends.
    public var screen: [String] { display.screen }

    /// All that scrolled by and the screen, without blanks at the ends.
    public var transcript: String { display.transcript }

    /// Whether the terminal echoes and gathers lines by itself, as it does where no line editor has it.
    public var isPlain: Bool {
        var modes = termios()
        return tcgetattr(master, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0
            && modes.c_lflag & tcflag_t(ICANON) != 0
    }

    /// Reads until a text stands on the screen.
    public func wait(for text: String, within seconds: TimeInterval = 20) throws {
        try wait(until: "'\(text)' on the screen", within: seconds) {
            $0.screen.contains { $0.contains(text) }
        }
    }

    /// Reads until the cursor stands behind a prompt, with nothing typed there yet, and something came since the last
    /// key.
    public func wait(forPrompt prompt: String, within seconds: TimeInterval = 20) throws {
        try wait(until: "the prompt '\(prompt)'", within: seconds) {
            $0.answered > 0 && $0.display.lineToCursor == prompt
                && $0.screen[$0.display.cursor.row].count <= prompt.count
        }
    }

    /// Reads until `condition` holds.
    ///
    /// - Parameter what: What is waited for, for the error.
    public func wait(
        until what: String, within seconds: TimeInterval = 20, _ condition: (ScriptedTerminal) -> Bool
    ) throws {
        let deadline = Date().addingTimeInterval(seconds)
        while !condition(self) {
            guard Date() < deadline else { throw failure("after \(seconds) s there is not \(what)") }
            guard !isClosed else { throw failure("the program ended before there was \(what)") }
            pump(milliseconds: 50)
        }
    }

    /// Reads until nothing came for a moment.
    public func settle(milliseconds: Int32 = 150, within seconds: TimeInterval = 20) throws {
        let deadline = Date().addingTimeInterval(seconds)
        while !isClosed, pump(milliseconds: milliseconds) {
            guard Date() < deadline else { throw failure("the output does not come to rest") }
        }
    }

    /// Reads to the end of the program and gives its exit status; minus the signal where one ended it.
    public func waitForExit(within seconds: TimeInterval = 20) throws -> Int32 {
        let deadline = Date().addingTimeInterval(seconds)
        while true {
            if let status { return status }
            var word: Int32 = 0
            if waitpid(child, &word, WNOHANG) == child {
                // What it wrote last.
                while pump(milliseconds: 0) {}
                status = word & 0x7F == 0 ? (word >> 8) & 0xFF : -(word & 0x7F)
            }
            guard Date() < deadline else { throw failure("the program does not end") }
            if isClosed { usleep(5_000) } else { pump(milliseconds: 20) }
        }
    }

    /// Reads what comes within so many milliseconds; false where nothing does.
    @discardableResult
    private func pump(milliseconds: Int32) -> Bool {
        var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard !isClosed, poll(&source, 1, milliseconds) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(master, &bytes, bytes.count)
        guard count > 0 else {
            // The last program on the terminal has closed it.
            isClosed = count == 0 || errno == EIO
            return false
        }
        answered += count
        display.feed(bytes[..<count])
        return true
    }

    private func failure(_ what: String) -> Failure {
        let frame = String(repeating: "-", count: display.columns)
        var lines = screen
        while lines.last?.isEmpty == true { lines.removeLast() }
        return Failure(
            description: "\(what); the screen:\n\(frame)\n\(lines.joined(separator: "\n"))\n\(frame)")
    }
}

// MARK: The system

extension ScriptedTerminal {
    private static func setSize(of terminal: Int32, columns: Int, rows: Int) {
        var size = winsize()
        size.ws_col = UInt16(columns)
        size.ws_row = UInt16(rows)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], on terminal: Int32,
        in folder: String
    ) throws -> pid_t {
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var child: pid_t = 0
        let code = mlt_spawn(&child, terminal, path, words, variables, folder)
        guard code == 0 else {
            throw Failure(description: "\(path) cannot be started: \(String(cString: strerror(code)))")
        }
        return child
    }
}
