internal import ArgumentParser
internal import Foundation

// The command line.
extension ReferencePage {
    static let commands = ReferencePage(
        "commands", "Commands",
        "Every command with its arguments and options, as `moonletter help COMMAND` prints them."
    ) {
        [help(of: Moonletter.self)] + sections(of: Moonletter.self, below: "")
    }

    /// A section for each subcommand, those of a subcommand behind it: `approve`, `plugins list`.
    private static func sections(of command: any ParsableCommand.Type, below path: String) -> [String] {
        command.configuration.subcommands.flatMap { subcommand in
            let name = path + subcommand._commandName
            return ["## \(name)\n", help(of: subcommand)] + sections(of: subcommand, below: name + " ")
        }
    }

    private static func help(of command: any ParsableCommand.Type) -> String {
        let text = Moonletter.helpMessage(for: command, columns: 100)
        return "```text\n\(text.trimmingCharacters(in: .newlines))\n```\n"
    }
}
