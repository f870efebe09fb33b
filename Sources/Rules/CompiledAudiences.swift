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

    /// Whether SQL answers a part.
    var isPushed: Bool { condition != nil || !flags.isEmpty }

    /// The audiences in plain Lua.
    init(inLua audiences: [Audience]) {
        self.init(flags: [], condition: nil, filters: audiences.map(\.filter))
    }

    /// - Throws: ``RuleError`` where a named segment does not exist.
    init(_ audiences: [Audience], _ host: RuleHost) throws {
        guard host.pushdown, !audiences.isEmpty else {
            self.init(inLua: audiences)
            return
        }
        let compiled = audiences.map { host.compile($0.expression) }
        var flags: [SQLFragment] = []
        let filters = try compiled.map { audience, predicates in
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
        let wanted = compiled.compactMap(\.audience.wanted)
        self.init(
            flags: flags,
            condition: wanted.count == compiled.count
                ? wanted.map { "(\($0))" as SQLFragment }.joined(separator: " OR ") : nil, filters: filters)
    }

    /// Flags and filters that belong together; the first flag is column 1.
    init(flags: [SQLFragment], condition: SQLFragment?, filters: [AudienceFilter]) {
        self.flags = flags
        self.condition = condition
        self.filters = filters
    }
}
