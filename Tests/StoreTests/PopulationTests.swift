import Basics
import Catalog
import Diagnostics
import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite("Questions about many customers")
struct PopulationTests {
    typealias Person = PopulationWorld.Person

    private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    /// Asks many questions of random populations, as of random instants.
    private func each(
        _ seed: UInt64,
        _ body: (Snapshot, Population, [Person], inout SplitMix64) throws -> Void
    ) throws {
        var random = SplitMix64(seed: seed)
        for count in [0, 1, 2, 60] {
            let world = try PopulationWorld(seed: seed, count: count)
            for isPast in [false, true, true] {
                let range = PopulationWorld.instants
                let now = isPast ? Int64.random(in: range, using: &random) : range.upperBound + 1
                try world.store.read(asOf: now) { snapshot throws in
                    for _ in 0..<8 {
                        let (population, people) = world.population(&random, at: now)
                        try body(snapshot, population, people, &random)
                    }
                }
            }
        }
    }

    private func field(_ name: String, _ snapshot: Snapshot) throws -> Field {
        try #require(snapshot.fields.first { $0.name == name })
    }

    /// The order of SQL: missing values last, numbers by size, texts by bytes.
    private func precedes(_ a: Value, _ b: Value) -> Bool? {
        if a == b { return nil }
        switch (a, b) {
        case (.null, _): return false
        case (_, .null): return true
        case (.text(let a), .text(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
        default: return (a.real ?? 0) == (b.real ?? 0) ? nil : (a.real ?? 0) < (b.real ?? 0)
        }
    }

    private func result(_ aggregate: Aggregate, _ people: [Person], at now: Int64) -> Value {
        let values = people.map { $0.value(aggregate.field?.name ?? "id", at: now) }.filter { $0 != .null }
        let numbers = values.compactMap(\.real)
        let sorted = values.sorted { precedes($0, $1) ?? false }
        switch aggregate {
        case .count: return .integer(Int64(people.count))
        case .minimum: return sorted.first ?? .null
        case .maximum: return sorted.last ?? .null
        case .sum:
            let sum = numbers.reduce(0, +)
            if case .number? = values.first { return .number(sum) }
            return .integer(Int64(sum))
        case .average:
            return numbers.isEmpty ? .null : .number(numbers.reduce(0, +) / Double(numbers.count))
        case .median:
            guard let last = sorted.last?.real else { return .null }
            let middle = sorted.count / 2
            if !sorted.count.isMultiple(of: 2) { return sorted[middle] }
            let mean = ((sorted[middle - 1].real ?? last) + (sorted[middle].real ?? last)) / 2
            if case .integer = sorted[middle], let whole = Int64(exactly: mean) { return .integer(whole) }
            return .number(mean)
        }
    }

    private func month(_ value: Value) -> Value {
        switch value {
        case .integer(let instant):
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = berlin
            let date = Date(timeIntervalSince1970: Double(instant))
            let parts = calendar.dateComponents([.year, .month], from: date)
            return .text(String(format: "%04d-%02d", parts.year ?? 0, parts.month ?? 0))
        case .text(let date): return .text(String(date.prefix(7)))
        case .number, .null: return .null
        }
    }

    private func key(_ group: Grouping, _ person: Person, at now: Int64) -> Value {
        let value = person.value(group.field.name, at: now)
        if case .month = group { return month(value) }
        return value
    }

    @Test("counts and aggregates by groups are what Swift makes of the same customers", arguments: 1...3)
    func aggregates(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, random throws in
            let now = snapshot.now
            #expect(try snapshot.count(population) == people.count)
            let number = try field(
                ["total_spent", "score", "order_count", "largest_order"].randomElement(using: &random) ?? "",
                snapshot)
            let any = try field(
                ["city", "birthday", "last_order_at"].randomElement(using: &random) ?? "", snapshot)
            let aggregates: [Aggregate] = [
                .count, .sum(number), .average(number), .minimum(number), .maximum(number), .median(number),
                .minimum(any), .maximum(any),
            ].shuffled(using: &random)
            let groups: [Grouping] = [
                .field(try field("city", snapshot)), .field(try field("vip", snapshot)),
                .field(try field("order_count", snapshot)), .month(try field("registered_at", snapshot)),
                .month(try field("birthday", snapshot)),
            ].shuffled(using: &random)
            for count in 0...2 {
                let by = Array(groups.prefix(count))
                var members = Dictionary(grouping: people) { person in by.map { key($0, person, at: now) } }
                if count == 0 { members = [[]: people] }
                let expected = members.map { key, people in
                    key + aggregates.map { result($0, people, at: now) }
                }
                .sorted { a, b in
                    let isMissing = [a, b].map { $0.prefix(count).contains(.null) }
                    if isMissing[0] != isMissing[1] { return isMissing[1] }
                    if a[count] == .null || b[count] == .null {
                        if let first = precedes(a[count], b[count]) { return first }
                    } else if let first = precedes(b[count], a[count]) {
                        return first
                    }
                    for place in 0..<count {
                        if let first = precedes(a[place], b[place]) { return first }
                    }
                    return false
                }
                #expect(
                    try snapshot.aggregate(aggregates, by: by, of: population, in: berlin) == expected)
            }
        }
    }

    @Test("months come in the order of time, those with nobody too", arguments: 1...2)
    func months(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, _ throws in
            let now = snapshot.now
            for name in ["registered_at", "last_order_at", "birthday"] {
                let field = try field(name, snapshot)
                let spent = try self.field("total_spent", snapshot)
                let rows = try snapshot.months(of: field, [.count, .sum(spent)], of: population, in: berlin)
                let members = Dictionary(grouping: people) { month($0.value(name, at: now)) }
                let named = rows.filter { $0[0] != .null }
                #expect(rows.count - named.count == (members[.null] == nil ? 0 : 1))
                #expect(rows.last?[0] == .null || members[.null] == nil)
                for row in rows {
                    let there = members[row[0]] ?? []
                    #expect(row.dropFirst().first == .integer(Int64(there.count)))
                    #expect(row.last == result(.sum(spent), there, at: now))
                }
                #expect(Set(members.keys).isSubset(of: rows.map { $0[0] }))
                for (before, after) in zip(named, named.dropFirst()) {
                    #expect(next(before[0]) == after[0])
                }
            }
        }
    }

    private func next(_ month: Value) -> Value {
        guard case .text(let text) = month, let year = Int(text.prefix(4)), let number = Int(text.suffix(2))
        else { return .null }
        return .text(String(format: "%04d-%02d", number == 12 ? year + 1 : year, number % 12 + 1))
    }

    @Test("every value lies in the one bin whose edges are around it", arguments: 1...2)
    func histograms(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, random throws in
            let now = snapshot.now
            for name in ["total_spent", "score", "order_count", "registered_at", "birthday"] {
                let field = try field(name, snapshot)
                let bins = Int.random(in: 1...25, using: &random)
                let histogram = try snapshot.histogram(field, of: population, bins: bins, in: berlin)
                let values = people.map { $0.value(name, at: now) }
                #expect(histogram.missing == values.count { $0 == .null })
                #expect(histogram.bins.count <= max(bins, 4))
                #expect(histogram.bins.map(\.count).reduce(0, +) == values.count { $0 != .null })
                for bin in histogram.bins {
                    #expect(
                        bin.count
                            == values.count { value in
                                value != .null
                                    && bin.start.map { precedes(value, $0) != true } ?? true
                                    && bin.end.map { precedes(value, $0) == true } ?? true
                            })
                }
                for (before, after) in zip(histogram.bins, histogram.bins.dropFirst()) {
                    #expect(before.end == after.start)
                }
            }
        }
    }

    @Test("rows come in the order that was asked for, missing values last, ties by id", arguments: 1...2)
    func rows(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, random throws in
            let now = snapshot.now
            let names = ["city", "total_spent", "score", "last_order_at"].shuffled(using: &random)
            let fields = try names.map { try field($0, snapshot) }
            let order = fields.prefix(Int.random(in: 0...2, using: &random)).map {
                RowOrder($0, descending: Bool.random(using: &random))
            }
            let limit = [nil, 0, 3].randomElement(using: &random) ?? nil
            let expected = people.sorted { a, b in
                for order in order {
                    let (x, y) = (a.value(order.field.name, at: now), b.value(order.field.name, at: now))
                    let isMissing = x == .null || y == .null
                    let first = order.isDescending && !isMissing ? precedes(y, x) : precedes(x, y)
                    if let first { return first }
                }
                return a.id < b.id
            }
            .prefix(limit ?? .max).map { person in
                [.integer(person.id)] + names.map { person.value($0, at: now) }
            }
            var rows: [[Value]] = []
            try snapshot.forEachRow(fields, of: population, by: order, limit: limit) {
                rows.append([.integer($0)] + $1)
            }
            #expect(rows == expected)
        }
    }

    @Test(
        "a sample is the same for the same seed, and of the customers that were asked about", arguments: 1...2
    )
    func samples(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, _ throws in
            let sample = try snapshot.sample(10, seed: 7, of: population)
            #expect(try snapshot.sample(10, seed: 7, of: population) == sample)
            #expect(sample == sample.sorted() && Set(sample).isSubset(of: people.map(\.id)))
            #expect(Set(sample).count == min(10, people.count))
            if people.count > 30 {
                #expect(try snapshot.sample(10, seed: 8, of: population) != sample)
            }
            // Whoever is among the first of many is among the first of more.
            #expect(Set(sample).isSubset(of: try snapshot.sample(20, seed: 7, of: population)))
        }
    }

    @Test("the most frequent values come first, and the rest is counted", arguments: 1...2)
    func frequencies(seed: UInt64) throws {
        try each(seed) { snapshot, population, people, random throws in
            let now = snapshot.now
            let limit = Int.random(in: 0...4, using: &random)
            func expected(_ values: [Value]) -> Frequencies {
                let counts = Dictionary(grouping: values) { $0 }.mapValues(\.count)
                let entries = counts.filter { $0.key != .null }
                    .sorted { a, b in
                        a.value != b.value ? a.value > b.value : precedes(a.key, b.key) ?? false
                    }
                    .map { Frequencies.Entry($0.key, $0.value) }
                return Frequencies(
                    entries: Array(entries.prefix(limit)), otherValues: entries.dropFirst(limit).count,
                    otherCustomers: entries.dropFirst(limit).map(\.count).reduce(0, +),
                    missing: counts[.null] ?? 0)
            }
            for name in ["city", "vip", "order_count"] {
                #expect(
                    try snapshot.frequencies(of: field(name, snapshot), in: population, limit: limit)
                        == expected(people.map { $0.value(name, at: now) }))
            }
            let tags = people.flatMap {
                $0.tags.filter { ($0.time ?? now) <= now }.map { Value.text($0.tag) }
            }
            #expect(try snapshot.tags(of: population, limit: limit) == expected(tags))
        }
    }

    @Test("a field is not asked for what its values do not have, and the error says what they are")
    func refusals() throws {
        let world = try PopulationWorld(seed: 1, count: 1)
        try world.store.read(asOf: .max) { snapshot throws in
            let city = try field("city", snapshot)
            let registered = try field("registered_at", snapshot)
            let everybody = Population()
            for (aggregate, message) in [
                (.median(city), "'city' has no median, it holds values of type text"),
                (.sum(registered), "'registered_at' has no sum, it holds values of type instant"),
            ] as [(Aggregate, String)] {
                let refusal = #expect(throws: Diagnostic.self) {
                    try snapshot.aggregate([aggregate], of: everybody, in: berlin)
                }
                #expect(refusal?.message == message)
                #expect(refusal?.hint?.contains("group by") == true)
            }
            #expect(
                throws: Diagnostic(
                    "'city' has no months, it holds values of type text",
                    hint: "months take an instant or a date such as registered_at")
            ) { try snapshot.months(of: city, of: everybody, in: berlin) }
        }
    }

    @Test("a sum beyond 64 bits is a number, and a median of such numbers is the nearest there is")
    func greatNumbers() throws {
        let world = try PopulationWorld(seed: 1, count: 0)
        let most = Int64.max
        try world.store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customers (id, registered_at) VALUES (1, \(most)), (2, \(most)), (3, \(most - 2)), (4, \(most - 2))
                    """)
        }
        try world.store.read(asOf: .max) { snapshot throws in
            // Taken for numbers, as an attribute may have them.
            let field = Field("n", .integer, "d", sql: "c.registered_at")
            let rows = try snapshot.aggregate(
                [.median(field), .sum(field), .count],
                by: [.month(try self.field("registered_at", snapshot))],
                of: Population(), in: berlin)
            #expect(rows == [[.null, .number(Double(most)), .number(Double(most) * 4), .integer(4)]])
        }
    }

    @Test("more values than are held while they come are counted too")
    func manyValues() throws {
        let world = try PopulationWorld(seed: 1, count: 0)
        try world.store.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 50100)
                    INSERT INTO customers (id, name, city) SELECT id, 'n' || id, id % 3 FROM n;
                    UPDATE customers SET name = 'n1' WHERE id <= 3;
                    UPDATE customers SET name = 'n9' WHERE id = 8;
                    UPDATE customers SET name = NULL WHERE id = 7;
                    """)
        }
        try world.store.read(asOf: .max) { snapshot throws in
            #expect(
                try snapshot.frequencies(of: field("name", snapshot), limit: 3)
                    == Frequencies(
                        entries: [.init(.text("n1"), 3), .init(.text("n9"), 2), .init(.text("n10"), 1)],
                        otherValues: 50_093, otherCustomers: 50_093, missing: 1))
            #expect(
                try snapshot.frequencies(of: field("id", snapshot), limit: 1)
                    == Frequencies(
                        entries: [.init(.integer(1), 1)], otherValues: 50_099, otherCustomers: 50_099,
                        missing: 0))
            #expect(
                try snapshot.frequencies(of: field("city", snapshot), limit: 2).entries
                    == [.init(.text("0"), 16_700), .init(.text("1"), 16_700)])
        }
    }
}
