internal import Foundation
internal import LineEditor
internal import Reports

/// The prompt at a terminal: reads what a person types, with history and completion, and has it run.
package struct PromptLoop {
    private let session: PromptSession

    /// Where the history of a workspace is kept, below its folder.
    private static let historyPath = ".moonletter/history"

    /// The prompt of a session.
    package init(_ session: PromptSession) {
        self.session = session
    }

    /// Reads and runs until the person leaves.
    package func run() {
        let history = URL(fileURLWithPath: session.bench.folder).appending(path: Self.historyPath)
        let isFirst = !FileManager.default.fileExists(atPath: history.path)
        try? FileManager.default.createDirectory(
            at: history.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for line in session.welcome(isFirst: isFirst) { session.output.show([line], paged: false) }
        let completer = Completer(session)
        let editor = LineEditor(
            history: history,
            isComplete: { [session] in !session.isUnfinished($0) },
            complete: { completer.complete(before: $0, line: $1, cursor: $2) },
            idle: { [session] in session.newsOfScripts() })
        let prompt = session.output.style.paint("moonletter>", .bold) + " "
        let continuation = session.output.style.paint("        ...", .faint) + " "
        while !session.isOver {
            switch editor.read(prompt: prompt, continuation: continuation) {
            case .text(let text): session.run(text)
            case .cleared: continue
            case .end:
                session.output.show([""], paged: false)
                return
            }
        }
    }
}
