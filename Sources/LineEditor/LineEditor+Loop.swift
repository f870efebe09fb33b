internal import CReadline
internal import Foundation

/// One line: keys, signals and idle moments.
extension LineEditor {
    /// So often `idle` is asked.
    private static let idleMilliseconds: Int32 = 500

    /// Reads one line; the terminal has its modes back when it returns.
    func readLine(prompt: String) -> Line {
        line = nil
        rl_reset_screen_size()
        rl_callback_handler_install(Self.marked(prompt)) { LineEditor.reading?.accept($0) }
        while true {
            if let line { return line }
            step()
        }
    }

    /// Waits for one thing to happen, and does what it asks for.
    private func step() {
        let ready = wait(milliseconds: Self.idleMilliseconds)
        // Signals first: Ctrl-C makes void what was typed before it.
        noteSignals()
        if !pending.isEmpty {
            while line == nil, !pending.isEmpty { handle(pending.removeFirst()) }
        } else if ready == .input {
            // Not readline's own read: Ctrl-C throws away what is typed, and then there is nothing to read.
            guard let byte = readByte() else { return isHungUp ? accept(nil) : () }
            nextByte = byte
            rl_callback_read_char()
            if isHungUp, line == nil { accept(nil) }
        } else if ready == .nothing {
            beIdle()
        }
    }

    /// What readline reads: -1 at the end of the terminal, or where a signal comes while a key is half read.
    func takeByte() -> Int32 {
        defer { nextByte = nil }
        return (nextByte ?? readByte()).map(Int32.init) ?? -1
    }

    /// The next byte of the terminal; nil at its end, or where a signal comes first that ends the line.
    private func readByte() -> UInt8? {
        while true {
            guard wait(milliseconds: -1) == .input else {
                noteSignals()
                if pending.contains(where: endsLine) { return nil }
                continue
            }
            var byte: UInt8 = 0
            let count = Foundation.read(keys, &byte, 1)
            if count == 1 { return byte }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            isHungUp = true
            return nil
        }
    }

    private enum Ready {
        case input
        case signal
        case nothing
    }

    /// Waits for a byte of the terminal or a signal; without end where `milliseconds` is -1.
    private func wait(milliseconds: Int32) -> Ready {
        var sources = [
            pollfd(fd: keys, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&sources, 2, milliseconds)
        if count == 0 { return .nothing }
        return count > 0 && sources[0].revents != 0 ? .input : .signal
    }

    /// Takes the line that readline gives: nil for Ctrl-D.
    private func accept(_ text: UnsafeMutablePointer<CChar>?) {
        rl_callback_handler_remove()
        defer { free(text) }
        if pending.contains(where: endsLine) {
            // Readline took the signal within a key for the end of the terminal.
            mlr_write("^C\n")
            line = .cleared
        } else if let text, !isHungUp {
            line = .typed(String(cString: text))
        } else {
            // At the end of the terminal readline gives what is there, as if Enter had been pressed. Where it marks
            // pastes, it has begun a new row by itself.
            if String(cString: rl_variable_value("enable-bracketed-paste")) == "off" { mlr_write("\n") }
            line = .end
        }
    }

    /// Prints what `idle` has to say above the chunk.
    private func beIdle() {
        guard !mlr_is_within_command(), let text = Self.inLocale(locale, idle) else { return }
        rl_clear_visible_line()
        mlr_write(Self.rows(text))
        for line in earlier { mlr_write(Self.rows(line.prompt + line.text)) }
        rl_forced_update_display()
    }

    /// Prints rows below the line, which is then drawn again below them with its cursor.
    func showBelow(_ rows: [String]) {
        guard !rows.isEmpty else { return }
        let cursor = mlr_cursor()
        mlr_set_cursor(mlr_length())
        rl_redisplay()
        mlr_write("\r\n" + rows.map(Self.rows).joined())
        mlr_set_cursor(cursor)
        rl_forced_update_display()
    }

    /// The text with ends of lines as a terminal wants them while a line is edited.
    static func rows(_ text: String) -> String {
        text.replacing("\n", with: "\r\n") + "\r\n"
    }
}
