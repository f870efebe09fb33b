internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Scripts

/// `moonletter scripts new ROOM/NAME`: the beginning of a script.
struct ScriptsNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Begin a script, with its header and a first test.",
        discussion: """
            moonletter scripts new segments/big-spenders
            moonletter scripts new campaigns/spring           with a template of that name
            moonletter scripts new follow-ups/ask-why

            What it writes is a script that can be checked and tested at once; change it to what you mean.
            """)

    @Argument(help: ArgumentHelp("The room and the name.", valueName: "room/name"))
    var name: String
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let (room, name) = try ScriptRoom.place(name)
        let files = room.skeleton(name, author: NSUserName())
        let present = files.map(\.path).filter { workspace.exists($0) }
        guard present.isEmpty else {
            throw Diagnostic(
                "this would overwrite \(present.joined(separator: " and "))",
                hint: "choose another name; nothing was written")
        }
        try FileSet(files, in: workspace).write()
        for file in files { Console.line("wrote \(file.path)") }
        Console.line("next: moonletter scripts test \(room.rawValue)/\(name)")
    }
}
