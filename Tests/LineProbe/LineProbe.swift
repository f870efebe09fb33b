import Foundation
import LineEditor

/// Reads chunks at a terminal and says what it got:
///
///     LineProbe [HISTORY]
///
/// A chunk is complete when its brackets balance. The file `notice` in the current folder is a notice, once.
@main
enum LineProbe {
    nonisolated(unsafe) private static var isInterrupted = false

    static func main() {
        // A program has its own Ctrl-C while it works.
        signal(SIGINT) { _ in
            LineProbe.isInterrupted = true
            let text = "[its own Ctrl-C]\n"
            write(STDOUT_FILENO, text, text.utf8.count)
        }
        let history = CommandLine.arguments.dropFirst().first.map { URL(fileURLWithPath: $0) }
        let editor = LineEditor(
            history: history, isComplete: isBalanced, complete: Words.complete, idle: notice)
        while true {
            let input = editor.read(prompt: "\u{1B}[36mprobe>\u{1B}[0m ", continuation: "    .. ")
            switch input {
            case .text("wait"):
                isInterrupted = false
                say("waiting")
                while !isInterrupted { usleep(1_000) }
            case .text("locale"): say(String(cString: setlocale(LC_CTYPE, nil)))
            case .text(let text) where text.utf8.count > 200: say("got \(text.utf8.count) bytes")
            case .text(let text): say("got \(text.debugDescription)")
            case .cleared: say("cleared")
            case .end:
                say("end")
                return
            }
        }
    }

    private static func isBalanced(_ text: String) -> Bool {
        text.count { "([{".contains($0) } <= text.count { ")]}".contains($0) }
    }

    private static func notice() -> String? {
        guard let text = try? String(contentsOfFile: "notice", encoding: .utf8) else { return nil }
        try? FileManager.default.removeItem(atPath: "notice")
        return text
    }

    private static func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
