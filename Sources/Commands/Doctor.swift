internal import ArgumentParser
internal import Basics
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// `moonletter doctor`: is the workspace sound?
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that the workspace is sound.",
        discussion: """
            Checks the folders, the settings, the database (integrity, references, that every fact equals what its
            rows say) and that the scripts and templates load and their texts are translated. Ends with status 1 where something is wrong.
            """)

    @Flag(help: "Compute every fact of every customer anew, then check.")
    var rebuildFacts = false
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        Console.line("moonletter \(Moonletter.version) · \(LuaState.version)")
        var problems = 0
        func check(_ label: String, _ find: () throws -> [String]) {
            let found: [String]
            do { found = try find() } catch {
                found = [(error as? any Diagnosable)?.diagnostic.message ?? "\(error)"]
            }
            Console.line("\(found.isEmpty ? "ok     " : "PROBLEM") \(label)")
            for line in found { Console.line("        \(line)") }
            problems += found.count
        }
        check("folders of \(workspace.root.path)") { missingParts(of: workspace) }
        var store: Store?
        check("database opens") {
            store = try workspace.openStore()
            return []
        }
        if let store {
            if rebuildFacts {
                check("facts are rebuilt") {
                    try store.rebuildFacts(); return []
                }
            }
            check("database is whole (SQLite \((try? store.sqliteVersion()) ?? "?"))") {
                try store.integrityProblems()
            }
            check("tables, indexes and triggers are as they were made") {
                try store.schemaProblems().map { "\($0); restore the database from a backup" }
            }
            check("references lead somewhere") { try store.foreignKeyProblems() }
            check("amounts are in \(store.currency)") {
                let others = try store.foreignCurrencyOrders()
                return others == 0 ? [] : ["\(grouped(others)) orders are in another currency"]
            }
            check("facts equal what their rows say") {
                try store.verifyFacts().map { mismatch in
                    """
                    \(mismatch.fact) is wrong for \(grouped(mismatch.customers)) customers, such as \
                    \(mismatch.example); moonletter doctor --rebuild-facts mends it
                    """
                }
            }
        }
        var untranslated: [MessageProblem] = []
        check("scripts and templates load") {
            let host = try workspace.ruleSource(at: try workspace.settings.clock(nil), templates: true)
                .makeHost()
            untranslated = try host.missingTranslations()
            return []
        }
        if !untranslated.isEmpty {
            check("texts are translated") { untranslated.map { "\($0.location): \($0.message)" } }
        }
        if let store {
            let counts = try store.rowCounts().filter { $0.rows > 0 }
            Console.line(
                counts.isEmpty
                    ? "no data yet: moonletter import customers FILE brings some in"
                    : counts.map { "\($0.table) \(grouped($0.rows))" }.joined(separator: " · "))
        }
        guard problems == 0 else {
            Console.line(counted(problems, "problem"))
            throw ExitCode.failure
        }
    }

    private func missingParts(of workspace: Workspace) -> [String] {
        (Workspace.folders + [Workspace.databaseName]).filter { name in
            !FileManager.default.fileExists(atPath: workspace.path(name))
        }.map { "\($0) is missing" }
    }
}
