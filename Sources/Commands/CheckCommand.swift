internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Linter
internal import Rules
internal import ScriptSyntax

/// `moonletter check [FILE…]`: mistakes in scripts and templates, found without running anything.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look for mistakes in scripts and templates without running them.",
        discussion: """
            moonletter check                       all scripts and templates of the workspace
            moonletter check scripts/vip.lua       one, beside the others
            moonletter check --format sarif        for a code host
            moonletter check --explain wrong-type  what a rule looks for

            A comment silences a rule: '-- check: ignore ID' behind the line or alone above it, '-- check: ignore-file ID'
            for the file. In templates it is '{% # check: ignore ID %}'.

            Outside of a workspace nobody knows its segments, templates and custom attributes: names of segments,
            templates and what these are given are not looked at, and a field is unknown only where a known name is near.

            The status is 0 without findings, 1 with errors or warnings, 2 where nothing could be checked.
            """)

    @Argument(help: "Scripts and templates; without any, all of the workspace.")
    var files: [String] = []
    @Option(help: "text, json or sarif.")
    var format = Format.text
    @Flag(help: "Look only whether the scripts are Lua and the templates Liquid.")
    var syntaxOnly = false
    @Flag(help: "Let notes count for the status too.")
    var strict = false
    @Option(help: ArgumentHelp("Print what a rule looks for, and examples.", valueName: "id"))
    var explain: String?
    @OptionGroup var options: WorkspaceOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif
    }

    func run() throws {
        do {
            if let explain { return try Self.explain(explain, options.workspace) }
            let subject = try CheckSubject(files, workspace: options.workspace)
            let report = try subject.report(onlySyntax: syntaxOnly, customers: files.isEmpty)
            try show(report, subject)
            let isClean = report.findings.allSatisfy { !strict && $0.diagnostic.severity == .note }
            if !isClean { throw ExitCode(1) }
        } catch let error as any Diagnosable {
            Moonletter.report(error.diagnostic)
            throw ExitCode(2)
        }
    }

    private func show(_ report: LintReport, _ subject: CheckSubject) throws {
        switch format {
        case .json: Console.line(try report.json())
        case .sarif: Console.line(try report.sarif(version: Moonletter.version))
        case .text:
            let renderer = DiagnosticRenderer { path in subject.files.first { $0.path == path }?.text }
            for finding in report.findings {
                var diagnostic = finding.diagnostic
                diagnostic.message += " [\(finding.rule)]"
                Console.line(renderer.render(diagnostic) + "\n")
            }
            Console.line(report.summary)
        }
    }

    private static func explain(_ id: String, _ folder: String?) throws {
        guard let rule = LintRule.all.first(where: { $0.id == id }) else {
            // Rules of the program explain themselves anywhere; those of plugins in a workspace that has them.
            let workspace = try folder.map { try Workspace(at: $0) } ?? (try? Workspace(at: nil))
            let checks = try workspace.flatMap { try PluginChecks($0)?.all } ?? []
            guard let check = checks.first(where: { $0.id == id }) else {
                throw Diagnostic(
                    "unknown rule '\(id)'",
                    hint: suggestion(id, LintRule.all.map(\.id) + checks.map(\.id), what: "rule"))
            }
            Console.line(
                "\(check.id) (\(check.severity.rawValue))\n\(check.doc)\n\nit is defined in \(check.location)"
            )
            return
        }
        func list(_ examples: [LintExample]) -> String {
            examples.map { example in
                let whole = example.description
                let text =
                    example.files.count == 1 && whole.count > 400 ? whole.prefix(80) + " …" : whole[...]
                return "  \(text.replacing("\n", with: "\n  "))"
            }.joined(separator: examples.contains { $0.files.count > 1 } ? "\n\n" : "\n")
        }
        Console.line(
            """
            \(rule.id) (\(rule.severity.rawValue))
            \(rule.reason)

            found in
            \(list(rule.triggering))

            not found in
            \(list(rule.nonTriggering))
            """)
    }
}
