internal import Diagnostics
internal import Foundation
internal import REPL
internal import Reports

/// Standard output and standard error as the prompt writes to them.
final class ConsoleOutput: PromptOutput {
    /// Whether a person sits before it, who may be shown a pager and asked questions.
    private let isInteractive: Bool

    /// Whether all questions are answered already.
    private let saysYes: Bool

    init(isInteractive: Bool, saysYes: Bool) {
        (self.isInteractive, self.saysYes) = (isInteractive, saysYes)
    }

    var width: Int? { Console.width }
    let style = Style.ofOutput

    func show(_ lines: [String], paged: Bool) {
        if paged, isInteractive, let height = Console.height, lines.count >= height, page(lines) { return }
        for line in lines { Console.line(line) }
        Console.flush()
    }

    func note(_ text: String) {
        Console.note(text)
    }

    func ask(_ question: String) -> Bool? {
        guard !saysYes else { return true }
        return isInteractive ? Console.ask(question) : nil
    }

    /// Shows lines in `$PAGER`, or in less with colours, which leaves at once what fits; false where there is none.
    private func page(_ lines: [String]) -> Bool {
        let pager = ProcessInfo.processInfo.environment["PAGER"] ?? "less -FRX"
        guard !["", "cat"].contains(pager) else { return false }
        Console.flush()
        // Ctrl-C is the pager's, and a pager that is left early takes no more.
        let before = (signal(SIGINT, SIG_IGN), signal(SIGPIPE, SIG_IGN))
        defer {
            signal(SIGINT, before.0)
            signal(SIGPIPE, before.1)
        }
        guard let stream = popen(pager, "w") else { return false }
        for line in lines { fputs(line + "\n", stream) }
        // 126: the shell may not run the program; 127: it found none.
        return ![126, 127].contains(pclose(stream) >> 8)
    }

    func edit(_ file: String) throws {
        let environment = ProcessInfo.processInfo.environment
        let editor =
            [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty } ?? "vi"
        Console.flush()
        let before = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, before) }
        // The shell, for an editor may come with options: code --wait.
        let status = system("\(editor) '\(file.replacing("'", with: "'\\''"))'")
        guard status == 0 else {
            throw Diagnostic(
                "the editor '\(editor)' ended with status \(status >> 8)",
                hint: "set $VISUAL or $EDITOR to a program that edits a file, such as nano")
        }
    }
}
