internal import Basics
package import LuaRuntime

/// How many customers there are by what they have, as of instants; the rooms above ask the store.
package protocol PopulationCounts: AnyObject {
    /// How many customers have which values together: of each column a field or trait as of an instant, with rules at that
    /// time. Sorted by the values, missing ones last; who had not registered by an instant has no value then.
    ///
    /// - Throws: an error about a field that there is not, or what a trait raises.
    /// Cost: a pass over all customers for each column.
    func counts(
        of columns: [(field: String, at: Int64)]
    ) throws -> [(values: [LuaValue], count: Int)]
}

/// What commands of the prompt and sections of reports may ask about all customers.
let populationWords: [HostWord] = [
    HostWord(
        function: "count_by", .text("field"), .time("time"),
        doc:
            "How many customers have each value of a field, as of a time up to now: a list of { value, count }. Only in "
            + "commands and sections.",
        example: "count_by(\"city\", now())[1].count"
    ) { host, field, time in
        try host.populationRows([(field, time)], names: ["value"])
    },
    HostWord(
        function: "cross", .text("field"), .time("from"), .time("to"),
        doc:
            "How many customers had which value of a field at one time and have which at another: a list of { from, to, "
            + "count }; who was no customer yet has none. Only in commands and sections.",
        example: "cross(\"lifecycle\", days_ago(30), now())[1].count"
    ) { host, field, from, to in
        try host.populationRows([(field, from), (field, to)], names: ["from", "to"])
    },
]

extension RuleHost {
    /// Counts as rows of Lua, whose values stand under these names.
    fileprivate func populationRows(_ columns: [(field: String, at: Int64?)], names: [String]) throws
        -> LuaValue
    {
        guard let guest, let population = guest.main.population else {
            throw LuaError(
                "all customers can be counted only in a command of the prompt or a section of a report",
                hint: "ask inside the function of plugin.command or plugin.section")
        }
        let columns = try columns.map { field, time in
            try guest.check(field: field)
            guard let time else { throw LuaError("there is no time at which '\(field)' is asked") }
            guard time <= clock.now else {
                throw LuaError(
                    "'\(field)' is asked at a time later than now, of which the store knows nothing yet")
            }
            return (field: field, at: time)
        }
        let rows = try population.counts(of: columns).map { values, count in
            var fields = zip(names, values).filter { !$0.1.isMissing }
            fields.append(("count", .integer(Int64(count))))
            return LuaValue.table(LuaTable(fields: fields))
        }
        return .table(LuaTable(array: rows))
    }
}

extension LuaValue {
    fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }
}
