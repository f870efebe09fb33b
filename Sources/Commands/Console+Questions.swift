internal import Diagnostics
internal import Foundation

extension Console {
    /// Asks the person at the terminal until they say yes or no; Ctrl-C and Ctrl-D say no.
    static func ask(_ question: String) -> Bool {
        while true {
            error("\(question) [y/n] ")
            guard let answer = answer()?.lowercased() else { return false }
            if ["y", "yes"].contains(answer) { return true }
            if ["n", "no"].contains(answer) { return false }
        }
    }

    /// Whether the person agrees: they said `--yes`, or say so now.
    ///
    /// - Throws: where nobody can be asked.
    static func confirm(_ question: String, saysYes: Bool) throws -> Bool {
        if saysYes { return true }
        flush()
        guard isatty(STDIN_FILENO) == 1 else {
            throw Diagnostic(
                "nobody is at a terminal to be asked: \(question)",
                hint: "look at what is shown, then add --yes")
        }
        return ask(question)
    }

    /// The line that the person types; nil where they press Ctrl-C or Ctrl-D.
    private static func answer() -> String? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while poll(&input, 1, 50) <= 0 {
            if Interrupt.isRequested { return nil }
        }
        // Not readLine, which never comes back from Ctrl-D where a call before was interrupted by a signal.
        var bytes = [UInt8](repeating: 0, count: longestAnswer)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// The bytes of a line that a terminal hands over at most.
    private static let longestAnswer = 4096
}
