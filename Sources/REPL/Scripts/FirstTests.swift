internal import Catalog
internal import Rules
internal import ScriptSyntax
internal import Store

/// Tests that a new segment begins with: a customer like one who is in it, and one like another who is not, by the fields
/// that the segment reads. Nobody's name or address is among them.
struct FirstTests {
    private let script: SavedScript
    private let name: String
    private let session: PromptSession

    init(_ script: SavedScript, of name: String, _ session: PromptSession) {
        (self.script, self.name, self.session) = (script, name, session)
    }

    /// The tests of those that hold: what a segment asks of orders or messages, no field says.
    func texts(passing: (String) throws -> Bool) throws -> [String] {
        let expression = try session.host.segment(name).members
        let member = try firstCustomer(in: expression)
        let other = try firstCustomer(in: .not(expression))
        let like = [
            try member.flatMap { try test("somebody like a member is in \(name)", like: $0, isIn: true) },
            try other.flatMap {
                try test("somebody like the others is not in \(name)", like: $0, isIn: false)
            },
        ]
        let kept = try like.compactMap(\.self).filter(passing)
        guard kept.isEmpty else { return kept }
        let anybody = [false, true].map { isIn in
            test(
                "somebody of whom nothing is known is \(isIn ? "" : "not ")in \(name)", fields: [], isIn: isIn
            )
        }
        return Array(try anybody.filter(passing).prefix(1))
    }

    /// The first customer of an audience; nil where it has none. Nobody behind them is asked.
    private func firstCustomer(in expression: SegmentExpression) throws -> Int64? {
        let audience = try session.host.audience(expression)
        let walk = try CustomerWalk(session.host, for: [audience])
        return try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1) { ids in
            try walk.next(in: audience, into: ids) > 0 ? ids[0] : nil
        }
    }

    private func test(_ title: String, like customer: Int64, isIn: Bool) throws -> String? {
        let fields = try fields(of: customer)
        return fields.isEmpty ? nil : test(title, fields: fields, isIn: isIn)
    }

    private func test(_ title: String, fields: [String], isIn: Bool) -> String {
        let customer = fields.isEmpty ? "{}" : "{ \(fields.joined(separator: ", ")) }"
        return """
            test(\(luaLiteral(title)), function()
              local c = customer_like \(customer)
              expect(segment\(luaAccess(name)):includes(c)).is(\(isIn))
            end)

            """
    }

    private func fields(of customer: Int64) throws -> [String] {
        let snapshot = session.snapshot
        let personal = Set(Channel.allCases.map(\.addressField) + ["name", "first_name", "last_name", "id"])
        let named = script.names(behind: #/\.([A-Za-z_]\w*)/#)
        let fields = snapshot.fields.filter { named.contains($0.name) && !personal.contains($0.name) }
        let values = try snapshot.values(fields, of: customer) ?? []
        var parts = zip(fields, values).map { "\($0.name) = \(literal($1, of: $0))" }
        let data = session.bench.data(snapshot)
        let tags = try script.names(behind: #/:has_tag\s*\(?\s*["']([^"']+)["']/#).filter {
            try data.hasTag($0, customer: customer)
        }
        if !tags.isEmpty { parts.append("tags = { \(tags.map(luaLiteral).joined(separator: ", ")) }") }
        let interests = try script.names(behind: #/:likes\s*\(?\s*["']([^"']+)["']/#).filter {
            try data.likes($0, customer: customer)
        }
        if !interests.isEmpty {
            parts.append("interests = { \(interests.map(luaLiteral).joined(separator: ", ")) }")
        }
        let consents = try script.names(behind: #/:consents_to\s*\(?\s*["']([^"']+)["']/#)
            .compactMap(Channel.init)
            .map { "\($0.rawValue) = \(try data.consent(of: customer, on: $0) == .granted)" }
        if !consents.isEmpty { parts.append("consents = { \(consents.joined(separator: ", ")) }") }
        return parts
    }

    private func literal(_ value: Value, of field: Field) -> String {
        switch (value, field.type) {
        // `false` takes a field away.
        case (.null, _): "false"
        case (.integer(let number), .boolean): number == 0 ? "false" : "true"
        case (.integer(let number), .instant):
            "days_ago(\((session.snapshot.now - number) / 86_400))"
        case (.integer(let number), .money): amount(Double(number) / session.host.minorUnits)
        case (.integer(let number), _): String(number)
        case (.number(let number), _): amount(number)
        case (.text(let text), _): luaLiteral(text)
        }
    }

    private func amount(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? "\(number)"
    }
}
