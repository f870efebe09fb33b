internal import ArgumentParser
internal import Foundation
internal import Scripts

/// `moonletter scripts test [NAME…]`: `moonletter test` for scripts by their names.
struct ScriptsTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests of scripts.",
        discussion: "It is moonletter test for scripts by their names; without any, all of the workspace.")

    @Argument(help: "The scripts; all where none is named.")
    var names: [String] = []
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let here = try WorkspaceLibrary(options.open())
        let files = try names.map { try here.library.script($0).file.path }
        try TestCommand.parse(["--workspace", here.workspace.root.path, "--"] + files).run()
    }
}
