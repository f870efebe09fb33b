internal import ArgumentParser
internal import Basics
internal import Diagnostics
internal import Foundation
internal import Plugins
internal import Rules

extension PluginsCommand {
    /// `moonletter plugins new NAME`
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the beginning of a plugin of your own.")

        @Argument(help: ArgumentHelp("Its name: small letters, digits and hyphens.", valueName: "name"))
        var name: String
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            guard PluginManifest.isName(name) else {
                throw Diagnostic(
                    "'\(name)' is no name of a plugin",
                    hint: "take small letters, digits and hyphens, such as my-rules")
            }
            let workspace = try options.open()
            let folder = workspace.root.appending(path: "plugins/\(name)")
            guard !FileManager.default.fileExists(atPath: folder.path) else {
                throw Diagnostic(
                    "plugins/\(name) is there already", hint: "take another name, or change its files")
            }
            for (path, text) in PluginSkeleton(name: name).files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
                Console.line("wrote plugins/\(name)/\(path)")
            }
            Console.line("next: moonletter plugins test \(name), then: moonletter plugins enable \(name)")
        }
    }

    /// `moonletter plugins test [NAME…]`
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the tests of plugins.",
            discussion: """
                The scripts in a plugin's tests/ run as those of a workspace would that has this plugin alone, with all that it
                asks for allowed and its options as workspace.lua sets them.
                """)

        @Argument(help: ArgumentHelp("Plugins; all of the workspace where none is named.", valueName: "name"))
        var names: [String] = []
        @Option(
            help: ArgumentHelp(
                "The time that tests take for now; without it \(TestCommand.time).", valueName: "time"))
        var now: String?
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let library = try workspace.pluginLibrary()
            let entries = names.isEmpty ? library.entries : try names.map { try library.entry($0) }
            guard !entries.isEmpty else {
                return Console.line("there are no plugins in plugins/; try: moonletter plugins install rfm")
            }
            // Which plugins of the workspace run is not asked here.
            PluginWarnings.shared.silence()
            Interrupt.listen()
            var isGood = true
            for entry in entries {
                let folder = try entry.readable()
                Console.line("\(entry.name) \(folder.manifest.version)")
                try workspace.tryOut(folder)
                isGood = try test(folder, workspace) && isGood
            }
            if !isGood { throw ExitCode.failure }
        }

        /// Whether all tests of a plugin pass; says so of each.
        private func test(_ folder: PluginFolder, _ workspace: Workspace) throws -> Bool {
            var source = RuleSource(
                scripts: folder.tests, clock: try workspace.settings.clock(now ?? TestCommand.time),
                budgets: workspace.settings.budgets, seed: workspace.settings.seed,
                language: workspace.settings.language)
            source.plugins = [
                try folder.code(options: workspace.settings.plugins[folder.manifest.name] ?? .object([]))
            ]
            source.onPluginProblem = { PluginWarnings.shared.tell($0) }
            let runner = try ScriptTestRunner(source, workspace)
            var report = TestReport(source, workspace.settings)
            for (place, test) in runner.tests.enumerated() {
                let outcome = try runner.run(place)
                guard !Interrupt.isRequested else { throw WorkspaceError.testsStopped }
                report.add(test, outcome)
                Console.write(report.text(width: Console.width))
            }
            Console.line(
                runner.tests.isEmpty ? "no tests in plugins/\(folder.manifest.name)/tests" : report.summary)
            return report.failedCount == 0
        }
    }
}

/// The files of a plugin that somebody begins.
private struct PluginSkeleton {
    let name: String

    var files: [(path: String, text: String)] {
        [
            ("plugin.json", manifest), ("main.lua", code), ("tests/\(name).lua", test), ("README.md", readme),
        ]
    }

    private var trait: String { name.replacing("-", with: "_") + "_stage" }

    private var manifest: String {
        """
        {
          "name": "\(name)",
          "version": "0.1.0",
          "api": \(PluginManifest.api),
          "description": "One sentence that says what it gives.",
          "license": "GPL-3.0-or-later",
          "permissions": { "read": { "fields": ["order_count"] } },
          "options": {
            "regular": { "type": "integer", "default": 3, "doc": "From how many orders on a customer is a regular." }
          },
          "provides": { "traits": ["\(trait)"] }
        }

        """
    }

    private var code: String {
        """
        local regular = plugin.options.regular

        plugin.trait "\(trait)" {
          type = "text",
          values = { "prospect", "buyer", "regular" },
          doc = "How far a customer has come.",
          of = function(c)
            if c.order_count >= regular then return "regular" end
            if c.order_count > 0 then return "buyer" end
            return "prospect"
          end,
        }

        """
    }

    private var test: String {
        """
        test("three orders make a regular", function()
          expect(customer_like { order_count = 3 }.\(trait)).is "regular"
          expect(customer_like { order_count = 1 }.\(trait)).is "buyer"
          expect(customer_like { order_count = 0 }.\(trait)).is "prospect"
        end)

        """
    }

    private var readme: String {
        """
        # \(name)

        One sentence that says what it gives.

        | what | |
        |---|---|
        | `c.\(trait)` | prospect, buyer or regular |

        """
    }
}
