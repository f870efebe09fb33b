internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// Counts the customers of a workspace for plugins: each column with a host and a snapshot of its own instant.
final class PopulationHistory: PopulationCounts {
    private var source: RuleSource
    private let workspace: Workspace
    /// A connection of its own: that of who asks is within a question. Opened when it is first needed.
    private lazy var store = Result { try workspace.openStore() }

    /// The customers of a workspace, under the rules of a source.
    init(_ source: RuleSource, in workspace: Workspace) {
        (self.source, self.workspace) = (source, workspace)
        // Whoever asks has been told of them.
        self.source.onPluginProblem = { _ in }
    }

    func counts(
        of columns: [(field: String, at: Int64)]
    ) throws -> [(values: [LuaValue], count: Int)] {
        // What it takes of the processor is not what the plugin may take.
        try onAnotherThread { [self] in
            let columns = try columns.map { try column($0.field, at: $0.at) }
            return Self.tally(columns)
        }
    }

    /// The values of a field, each once, and the customers with the place of theirs, by id.
    private struct Column {
        var values: [LuaValue] = []
        var order: [Value] = []
        var ids: [Int64] = []
        var places: [Int32] = []
        private var known: [Value: Int32] = [:]

        mutating func add(_ customer: Int64, _ value: Value, _ inLua: (Value) -> LuaValue) {
            let place: Int32
            if let seen = known[value] {
                place = seen
            } else {
                place = Int32(values.count)
                known[value] = place
                order.append(value)
                values.append(inLua(value))
            }
            ids.append(customer)
            places.append(place)
        }
    }

    private func column(_ name: String, at instant: Int64) throws -> Column {
        var source = source
        source.clock = RuleClock(now: instant, zone: source.clock.local.zone)
        let host = try source.makeHost()
        try source.findPopulations(for: [name], host, in: store.get())
        return try store.get().read(asOf: instant) { snapshot in
            host.attach(snapshot)
            var column = Column()
            func add(_ field: Field) throws {
                try snapshot.forEachRow([field], of: Population()) { customer, values in
                    column.add(customer, values[0]) { host.value($0, of: field.type) }
                }
            }
            if let field = snapshot.fields.first(where: { $0.name == name }) {
                try add(field)
            } else if let trait = host.traits[name] {
                if let (sql, type, computed) = try host.sql(of: trait) {
                    try add(snapshot.keep(name, type, "", number: 0, of: sql, computed: computed))
                } else {
                    try host.forEachValue(of: trait) { customer, value, type in
                        column.add(customer, value) { host.value($0, of: type) }
                    }
                }
            } else {
                throw host.unknownField(name)
            }
            return column
        }
    }

    /// How many customers have which values together; one who is missing in a column has no value there.
    private static func tally(_ columns: [Column]) -> [(values: [LuaValue], count: Int)] {
        var counts: [[Int32]: Int] = [:]
        var next = columns.map { _ in 0 }
        while true {
            let waiting = columns.indices.filter { next[$0] < columns[$0].ids.count }
            guard let customer = waiting.map({ columns[$0].ids[next[$0]] }).min() else { break }
            let places = columns.indices.map { column -> Int32 in
                guard next[column] < columns[column].ids.count,
                    columns[column].ids[next[column]] == customer
                else { return -1 }
                defer { next[column] += 1 }
                return columns[column].places[next[column]]
            }
            counts[places, default: 0] += 1
        }
        func value(_ place: Int32, _ column: Column) -> Value { place < 0 ? .null : column.order[Int(place)] }
        // Who was no customer yet, and who had no value, look alike.
        var merged: [[Value]: (values: [LuaValue], count: Int)] = [:]
        for (places, count) in counts {
            let key = zip(places, columns).map(value)
            let values = zip(places, columns).map { $0 < 0 ? LuaValue.missing : $1.values[Int($0)] }
            merged[key, default: (values, 0)].count += count
        }
        return merged.sorted { one, other in
            for (a, b) in zip(one.key, other.key) where a != b { return a.comes(before: b) }
            return false
        }.map(\.value)
    }
}

extension Value {
    /// Numbers by size, then texts by their bytes, then what is missing.
    fileprivate func comes(before other: Value) -> Bool {
        switch (self, other) {
        case (.null, _): false
        case (_, .null): true
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.text, _): false
        case (_, .text): true
        default: number < other.number
        }
    }

    private var number: Double {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: 0
        }
    }
}
