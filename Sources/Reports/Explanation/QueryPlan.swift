internal import Catalog
internal import Foundation

/// What SQLite says about how it goes about a statement (https://sqlite.org/eqp.html), in plain words.
struct QueryPlan {
    /// The steps as SQLite says them.
    let details: [String]
    /// The tables by the aliases that the statement gives them.
    private let tables: [String: [String]]

    init(_ details: [String], of sql: String) {
        self.details = details
        var tables: [String: [String]] = [:]
        for match in sql.matches(of: #/(\w+) AS (\w+)/#)
        where !(tables[String(match.2)] ?? []).contains(String(match.1)) {
            tables[String(match.2), default: []].append(String(match.1))
        }
        self.tables = tables
    }

    /// The steps in plain words, in the order in which they are done; none where there is nothing to tell a
    /// person.
    var words: [String] {
        details.compactMap(words)
    }

    private func words(_ detail: String) -> String? {
        // A sub-query of the statement itself is no table.
        if let match = detail.wholeMatch(of: #/SCAN (\w+)( USING .*)?/#) {
            guard tables[String(match.1)] != nil else { return nil }
            return
                "reads all of \(name(match.1))\(index(detail).map { ", in the order of the index \($0)" } ?? "")"
        }
        guard let match = detail.wholeMatch(of: #/SEARCH (\w+) USING (.*?)(?: \((.*)\))?/#) else {
            return nil
        }
        let columns = (match.3 ?? "").replacing(" AND ", with: ", ")
        let table = name(match.1)
        if match.2 == "INTEGER PRIMARY KEY" {
            return columns.contains("rowid>")
                ? "goes through \(table) by id, from the first to the last" : "takes \(table) by id"
        }
        let fields = columns.matches(of: #/<?(\w+)[=<>]/#).map { String($0.1) }
        let by = unique(fields.map { $0 == "expr" ? "an expression" : $0 }).joined(separator: ", ")
        return "finds \(table) by \(by)\(index(detail).map { " (index \($0))" } ?? " (primary key)")"
    }

    private func index(_ detail: String) -> String? {
        detail.firstMatch(of: #/USING (?:COVERING )?INDEX (\w+)/#).map { String($0.1) }
            .flatMap { $0.hasPrefix("sqlite_autoindex") ? nil : $0 }
    }

    private func name(_ alias: Substring) -> String {
        (tables[String(alias)] ?? [String(alias)]).joined(separator: " or ").replacing("_", with: " ")
    }

    /// The columns that a top condition compares with a value and no index finds, as `table (column)`.
    func missingIndexes(_ sql: String) -> [String] {
        guard details.first.map({ $0.contains("rowid>") || $0.hasPrefix("SCAN") }) ?? false else {
            return []
        }
        let found = sql.matches(of: #/(?:^|[ (])([cf])\.(\w+) (?:=|>=|<=|>|<) \?\d+/#).map { match in
            "\(match.1 == "c" ? "customers" : "customer_facts") (\(match.2))"
        }
        return unique(found)
            .filter { !$0.hasSuffix("(id)") && !$0.hasSuffix("(customer_id)") }
    }

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
