internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Scripts

/// `moonletter scripts check [NAME…]`: `moonletter check` for scripts by their names.
struct ScriptsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look for mistakes in scripts and the templates that they send.",
        discussion: "It is moonletter check for scripts by their names; without any, all of the workspace.")

    @Argument(help: "The scripts; all where none is named.")
    var names: [String] = []
    @Flag(help: "Let notes count for the status too.")
    var strict = false
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        var check: CheckCommand
        do {
            let here = try WorkspaceLibrary(options.open())
            let files = try names.flatMap { name in
                let script = try here.library.script(name)
                return [script.file.path] + here.library.templates(sentBy: script).map(\.file.path)
            }
            check = try CheckCommand.parse(
                ["--workspace", here.workspace.root.path] + (strict ? ["--strict"] : []) + ["--"]
                    + files.map { here.workspace.shown(here.workspace.path($0)) })
        } catch let error as any Diagnosable {
            // As moonletter check has it: nothing could be checked.
            Moonletter.report(error.diagnostic)
            throw ExitCode(2)
        }
        try check.run()
    }
}
