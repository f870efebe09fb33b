internal import Basics
package import Catalog
internal import Diagnostics
internal import LuaRuntime
package import Rules
package import Store

/// The sections that plugins add to the reports of a run which is finished but for them; one that fails says why.
///
/// A plugin is given the figures of ``RunSummary``, without what is of single customers, and the times of the run; what
/// it asks about all customers, the host's population answers.
package func pluginSections(of file: RunFile, _ host: RuleHost) throws -> [RunSection] {
    let provisions = host.provisions(of: .section)
    guard !provisions.isEmpty else { return [] }
    let header = try file.header()
    let figures = LuaTable(
        fields: [("from", .integer(header.now)), ("to", .integer(header.until))]
            + (try RunSummary(file, run: "", masking: .masked).figures()))
    return provisions.map { provision in
        var section = RunSection(
            plugin: provision.plugin, name: provision.name, title: provision.text("title") ?? provision.name)
        do {
            guard let report = provision.function("report") else { return section }
            let table = try PluginTable(
                host.call(report, .value(.table(figures))), of: "section '\(provision.name)'")
            (section.columns, section.rows) = (table.columns, table.rows)
        } catch {
            section.problem = (error as? any Diagnosable)?.diagnostic.message ?? "\(error)"
        }
        return section
    }
}

extension RunSummary {
    /// What is counted, by name: nothing that names customers or quotes their messages.
    fileprivate func figures() throws -> [(String, LuaValue)] {
        var counted = self
        (counted.samples, counted.problems, counted.mostMessages) = ([], [], [])
        guard case .object(let members) = try JSON(parsing: prettyJSON(counted)) else { return [] }
        let hidden = ["samples", "problems", "most_messages", "sections", "run"]
        return members.filter { !hidden.contains($0.name) }.map { ($0.name, LuaValue($0.value)) }
    }
}

extension RunSection {
    /// Whether a column has numbers alone.
    func isNumeric(_ column: Int) -> Bool {
        !rows.isEmpty
            && rows.allSatisfy {
                switch $0[column] {
                case .integer, .number, .text(""): true
                case .text, .boolean: false
                }
            }
    }
}

extension RunSection.Cell {
    /// As reports print it.
    var text: String {
        switch self {
        case .text(let text): text
        case .integer(let number): Int(exactly: number).map { grouped($0) } ?? "\(number)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .boolean(let flag): flag ? "true" : "false"
        }
    }
}
