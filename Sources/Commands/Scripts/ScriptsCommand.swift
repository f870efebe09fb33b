internal import ArgumentParser

/// `moonletter scripts`: the library of scripts of a workspace.
struct ScriptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scripts", abstract: "List, make, test and share the scripts of the workspace.",
        discussion: """
            moonletter scripts                          what there is
            moonletter scripts show win-back            what one defines, reads, sends and needs
            moonletter scripts new segments/vip         begin one
            moonletter scripts test win-back            run its tests
            moonletter scripts pack win-back            put it into one file, with all that it uses
            moonletter scripts add win-back.moonscript  take one over from somebody else

            A script is named by its path below scripts/, or by the last part of that where no other script has it.
            """,
        subcommands: [
            ScriptsListCommand.self, ScriptsShowCommand.self, ScriptsNewCommand.self,
            ScriptsCheckCommand.self, ScriptsTestCommand.self, ScriptsPackCommand.self,
            ScriptsAddCommand.self,
        ],
        defaultSubcommand: ScriptsListCommand.self)
}
