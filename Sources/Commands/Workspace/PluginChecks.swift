internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Linter
internal import Reports
internal import Rules
internal import Store

/// What plugins say about a workspace: the names that they give scripts and templates, and what their checks find.
struct PluginChecks {
    private let host: RuleHost

    /// The plugins of a workspace, without its scripts; nil where it has none that run.
    init?(_ workspace: Workspace?) throws {
        guard let workspace else { return nil }
        let plugins = try workspace.plugins()
        guard !plugins.isEmpty else { return nil }
        var source = RuleSource(
            scripts: [], clock: try workspace.settings.clock(nil), budgets: workspace.settings.budgets,
            seed: workspace.settings.seed)
        source.plugins = plugins
        source.onPluginProblem = { PluginWarnings.shared.tell($0) }
        host = try source.makeHost()
    }

    /// The checks, in the order of plugins and their lines.
    var all: [ProvidedCheck] { host.providedChecks }

    /// Adds what plugins give scripts and templates, and what their checks say about the files.
    func add(to world: inout LintWorld, _ files: [ScriptFile]) {
        world.words += host.providedWords.map(LintWord.init)
        world.customerMethods = host.methodsOfCustomers.map(LintWord.init)
        world.relationMethods = host.methodsOfRelations.map(LintWord.init)
        world.traits = host.traits.mapValues { $0.type == nil ? nil : LintField($0.field()) }
        world.segments = Set(host.segments.keys)
        world.additions = host.liquidAdditions
        world.checks = host.providedChecks.map { check in
            var mistakes: [String: [LintCheck.Mistake]] = [:]
            for file in files where check.looksAtTexts {
                mistakes[file.path] = self.mistakes(of: file, by: check)
            }
            return LintCheck(check, mistakes)
        }
    }

    private func mistakes(of file: ScriptFile, by check: ProvidedCheck) -> [LintCheck.Mistake] {
        do {
            return try host.mistakes(of: file.text, at: file.path, by: check).map {
                LintCheck.Mistake(line: $0.line, message: $0.message, hint: $0.hint)
            }
        } catch {
            // Of the file only as much as that it was not looked at; the others may be.
            let reason = Self.sentence(error)
            return [LintCheck.Mistake(line: 1, message: "the check failed: \(reason)", hint: nil)]
        }
    }

    /// What the checks say about the customers, and how many there are; addresses in what they say are masked.
    ///
    /// A check that fails is told of in the place of what it would have said; the others go on.
    func findings(ofCustomersIn workspace: Workspace) throws -> (found: [LintFinding], count: Int) {
        let checks = host.providedChecks.filter(\.looksAtCustomers)
        guard !checks.isEmpty,
            FileManager.default.fileExists(atPath: workspace.path(Workspace.databaseName))
        else { return ([], 0) }
        Interrupt.listen()
        return try workspace.openStore().read(asOf: host.clock.now) { snapshot in
            host.attach(snapshot)
            return (checks.flatMap(findings), try snapshot.customerCount())
        }
    }

    private func findings(by check: ProvidedCheck) -> [LintFinding] {
        let rule = LintCheck(check)
        do {
            return try host.mistakes(ofCustomersBy: check).map { mistake in
                let message = Masking.masked.show(text: mistake.message, to: nil, on: nil)
                let people = mistake.examples.map(String.init).joined(separator: " and ")
                return LintFinding(
                    rule,
                    mistake.count == 1
                        ? "customer \(people): \(message)"
                        : "\(grouped(mistake.count)) customers: \(message), such as customer\(mistake.examples.count == 1 ? "" : "s") \(people)",
                    at: check.location)
            }
        } catch {
            return [LintFinding(rule, "the check failed: \(Self.sentence(error))", at: check.location)]
        }
    }

    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? any Diagnosable else { return "\(error)" }
        let diagnostic = error.diagnostic
        let place = diagnostic.location.map { "\($0): " } ?? ""
        return place + diagnostic.message + (diagnostic.hint.map { "; \($0)" } ?? "")
    }
}

extension LintCheck {
    fileprivate init(_ check: ProvidedCheck, _ mistakes: [String: [Mistake]] = [:]) {
        self.init(id: check.id, severity: check.severity, reason: check.doc, mistakes: mistakes)
    }
}
