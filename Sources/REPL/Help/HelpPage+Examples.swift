internal import Catalog
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

extension HelpPage {
    /// So many lines of what an example gives are shown.
    private static let lineLimit = 12

    /// An example, and where it only reads, what it gives in this workspace.
    func example(_ text: String, isShown: Bool = true) throws {
        let code = session.adapted(text)
        page.line()
        let person = Draft(code).names("c") && !code.contains("function(")
        guard isShown, let lines = try session.result(ofExample: code, on: person, width: page.width) else {
            return page.line("  " + code)
        }
        if person, let id = try session.exampleCustomer() {
            page.line("  " + code + page.style.paint("    -- c = customer(\(id))", .faint))
        } else {
            page.line("  " + code)
        }
        for line in lines.prefix(Self.lineLimit) { page.line(line.isEmpty ? "" : "  " + line) }
        if lines.count > Self.lineLimit { page.aside("  …") }
    }
}

extension PromptSession {
    /// An example with names that this workspace has in the place of others.
    func adapted(_ example: String) -> String {
        var code = example
        if let segment = host.segments.keys.sorted().first(where: isLuaName) {
            code = code.replacing(#/segment\.(\w+)/#) {
                host.segments[String($0.1)] == nil ? "segment.\(segment)" : String($0.0)
            }
        }
        if let campaign = host.campaigns.first(where: { !$0.isFollowUp })?.name {
            let isKnown = host.campaigns.contains { $0.name == "win-back" }
            code = isKnown ? code : code.replacing("\"win-back\"", with: luaLiteral(campaign))
        }
        if let id = try? exampleCustomer() {
            code = code.replacing("customer(42)", with: "customer(\(id))")
        }
        return code
    }

    /// A customer for examples: the first who has bought, else the first.
    func exampleCustomer() throws -> Int64? {
        var found: Int64?
        for population in [Population(where: "f.order_count > 0"), Population()] where found == nil {
            try snapshot.forEachRow([], of: population, limit: 1) { customer, _ in found = customer }
        }
        return found
    }

    /// What an example prints that only reads, where it does within the limits of a rule; nil where it fails here.
    func result(ofExample code: String, on person: Bool, width: Int?) throws -> [String]? {
        var code = code
        if person {
            guard let id = try exampleCustomer() else { return nil }
            code = "(function() local c = customer(\(id)) return \(code) end)()"
        }
        return try? linesApart(width: width.map { $0 - 2 }) {
            for value in try host.run(code, as: "example", within: .predicate) { try show(value) }
        }
    }
}
