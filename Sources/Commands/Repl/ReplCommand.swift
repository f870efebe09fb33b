internal import ArgumentParser
internal import Foundation
internal import REPL
internal import Rules
internal import Store

/// `moonletter repl`: a prompt over the workspace.
struct ReplCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl", abstract: "Explore customers and try rules at a Lua prompt.",
        discussion: """
            Without a terminal it runs what comes on standard input; the exit status is 1 where a line failed.

              moonletter repl                                     the prompt
              moonletter repl -e 'customers:count()'              one answer
              moonletter repl -e 'customers:group_by "city"' --format json
              moonletter repl report.lua                          a file of lines
            """)

    @Argument(help: ArgumentHelp("A file to run in place of a prompt.", valueName: "file"))
    var file: String?
    @Option(
        name: [.customShort("e"), .customLong("execute")],
        help: ArgumentHelp("Run this and print what it gives; may be repeated.", valueName: "code"))
    var code: [String] = []
    @Option(help: ArgumentHelp("text; json: one JSON value for each result.", valueName: "format"))
    var format = PromptFormat.text
    @Option(help: ArgumentHelp("The time that rules take for now.", valueName: "time"))
    var now: String?
    @Flag(help: "Answer yes: to what commit asks, and whether an export may replace a file.")
    var yes = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard file == nil || code.isEmpty else { throw ValidationError("-e and a file exclude each other.") }
    }

    private var isInteractive: Bool {
        file == nil && code.isEmpty && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    }

    func run() throws {
        let workspace = try options.open()
        let script = try file.map { try Workspace.script(at: $0, shownAs: $0) }
        let bench = WorkspaceBench(workspace, now: now)
        let output = ConsoleOutput(isInteractive: isInteractive, saysYes: yes)
        let isSuccess = try workspace.openStore().look(asOf: bench.clock().now) { view in
            let session = try PromptSession(bench, view, output: output, format: format)
            if let script { return session.run(script) }
            // What comes later may need what went wrong.
            for text in code where !session.run(text) { return false }
            if isInteractive { PromptLoop(session).run() }
            return code.isEmpty && !isInteractive ? session.runStandardInput() : true
        }
        if !isSuccess { throw ExitCode(Interrupt.statusOfFailure) }
    }
}

extension PromptFormat: ExpressibleByArgument {}
