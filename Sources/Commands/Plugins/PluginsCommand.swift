internal import ArgumentParser

/// `moonletter plugins …`
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins", abstract: "See, install, allow and test plugins.",
        discussion: """
            A plugin is a folder with plugin.json and Lua: traits, segments, campaigns, words, filters, channels and more
            that others wrote. It runs in a Lua of its own and may read and do only what you allowed; docs/plugins.md says how.

              moonletter plugins list                    those of the workspace, and those that come with the program
              moonletter plugins install rfm             one that comes with the program, or a folder, or a zip file
              moonletter plugins info rfm                what it gives, reads and does, and its options
            """,
        subcommands: [
            List.self, Info.self, Install.self, Enable.self, Disable.self, Grant.self, Remove.self, New.self,
            Test.self,
        ],
        defaultSubcommand: List.self)
}

/// Options of commands that ask before they change something.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Do it without asking.")
    var yes = false
}
