internal import Catalog
internal import RuleCompiler

/// Several audiences, as one question to the store and what Lua is still asked about each row.
struct CompiledAudiences {
    /// Conditions that the statement gives as 1 or 0 for each row.
    let flags: [SQLFragment]
    /// What every row meets; nil where all customers have to be looked at.
    let condition: SQLFragment?
    /// What is asked about a row, audience by audience.
    let filters: [AudienceFilter]

    /// - Throws: ``RuleError`` where a named segment does not exist.
    init(_ audiences: [Audience], _ host: RuleHost) throws {
        guard host.pushdown, !audiences.isEmpty else {
            flags = []
            condition = nil
            filters = audiences.map(\.filter)
            return
        }
        let compiled = audiences.map { host.compile($0.expression) }
        var flags: [SQLFragment] = []
        filters = try compiled.map { audience, predicates in
            var plan = audience.plan
            var own: [SQLFragment] = []
            if audiences.count > 1 {
                // The rows are those of all audiences together.
                if let flag = audience.flag {
                    plan = .flag(flag)
                } else {
                    own = audience.wanted.map { ["((\($0)) IS TRUE)"] } ?? []
                }
            }
            let first = flags.count + 1
            flags += own + plan.flags
            return try AudienceFilter(plan, predicates, guarded: !own.isEmpty, firstFlag: first, host)
        }
        self.flags = flags
        let wanted = compiled.compactMap(\.audience.wanted)
        condition =
            wanted.count == compiled.count ? wanted.map { "(\($0))" as SQLFragment }.joined(separator: " OR ") : nil
    }
}
