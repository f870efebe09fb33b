public import ArgumentParser
internal import Diagnostics
internal import Foundation

/// The program: `moonletter SUBCOMMAND`.
public struct Moonletter: ParsableCommand {
    /// The version, as in CHANGELOG.md.
    public static let version = "0.1.0"

    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "moonletter",
        abstract: "See who would receive a campaign, and why the others would not, before anything is sent.",
        discussion: """
            A workspace is a folder with your customers, your rules and your templates:

              moonletter init shop                          make one
              cd shop
              moonletter import customers customers.csv     bring your data in
              moonletter dry-run                            see what your campaigns would do
              moonletter why --customer 42                  see why one customer gets what they get
              moonletter                                    explore your customers
            """,
        version: version,
        subcommands: [
            Init.self, Import.self, CheckCommand.self, SegmentCommand.self, ExplainCommand.self,
            RenderCommand.self, PreviewCommand.self, DryRunCommand.self, WhyCommand.self,
            CompareCommand.self, ApproveCommand.self, ApprovalsCommand.self, DriftCommand.self,
            TestCommand.self, ScriptsCommand.self, PluginsCommand.self, ReplCommand.self,
            TypesCommand.self, Doctor.self, ReferenceCommand.self,
        ])

    /// For the parser.
    public init() {}

    /// Parses the arguments, runs the subcommand and ends the program: status 0, 1 where the command failed, 130 where
    /// Ctrl-C stopped it, 64 where it was not understood.
    public static func runAndExit() -> Never {
        do {
            var command = try parseAsRoot(arguments)
            // What was printed before an error is shown before it.
            let outcome = Result { try command.run() }
            try Console.finish()
            try outcome.get()
            exit()
        } catch let error as any Diagnosable {
            report(error.diagnostic)
            exit(withError: ExitCode(Interrupt.statusOfFailure))
        } catch let error as CocoaError {
            let path = error.filePath ?? error.url?.path ?? "a file"
            let shown = lastWorkspace?.relative(path) ?? path
            report(
                Diagnostic(
                    "\(shown): \(error.localizedDescription)",
                    hint: "check the permissions of the file and its folder"))
            exit(withError: ExitCode(Interrupt.statusOfFailure))
        } catch {
            exit(withError: error)
        }
    }

    /// What was typed; in a workspace, nothing means the prompt.
    private static var arguments: [String] {
        let typed = Array(CommandLine.arguments.dropFirst())
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        return typed.isEmpty && Workspace.around(folder) != nil ? ["repl"] : typed
    }

    /// Prints a diagnostic with the lines it speaks of.
    static func report(_ diagnostic: Diagnostic) {
        let folder = lastWorkspace
        let renderer = DiagnosticRenderer { name in
            if let text = folder?.source(name) { return text }
            return try? String(contentsOfFile: name, encoding: .utf8)
        }
        Console.note(renderer.render(diagnostic))
    }

    /// The workspace of this process, for excerpts in errors. Set once, before anything can fail in it.
    nonisolated(unsafe) private static var lastWorkspace: Workspace?

    static func remember(_ workspace: Workspace) {
        lastWorkspace = workspace
    }
}

/// Who answers rules: an option of the commands that ask them.
struct PushdownOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-pushdown"),
        help: "Run every rule in Lua, customer by customer; the answer is the same.")
    var isOff = false
}

/// Who shares the customers: an option of the commands that go through all.
struct ThreadOptions: ParsableArguments {
    @Option(
        name: .customLong("threads"),
        help: ArgumentHelp(
            "Share the customers among so many threads; the answer is the same.", valueName: "n"))
    var count: Int?

    func validate() throws {
        guard count.map((1...64).contains) ?? true else {
            throw ValidationError("--threads takes a number from 1 to 64.")
        }
    }
}

/// Options that every command in a workspace has.
struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The workspace; without it, the one around the current folder.", valueName: "dir"))
    var workspace: String?

    func open() throws -> Workspace {
        let found = try Workspace(at: workspace)
        Moonletter.remember(found)
        return found
    }
}
