import Basics
import Catalog
import GRDB
import Store
import TestSupport

/// A store of random customers, and the same customers as Swift sees them.
struct PopulationWorld {
    struct Person {
        var id: Int64
        var values: [String: Value] = [:]
        var orders: [(time: Int64, amount: Int64)] = []
        var tags: [(tag: String, time: Int64?)] = []

        /// What a field is at an instant.
        func value(_ name: String, at now: Int64) -> Value {
            let past = orders.filter { $0.time <= now }
            switch name {
            case "id": return .integer(id)
            case "order_count": return .integer(Int64(past.count))
            case "total_spent": return .integer(past.map(\.amount).reduce(0, +))
            case "largest_order": return past.map(\.amount).max().map(Value.integer) ?? .null
            case "last_order_at": return past.map(\.time).max().map(Value.integer) ?? .null
            default: return values[name] ?? .null
            }
        }
    }

    let store: Store
    private(set) var people: [Person] = []
    private let folder: TemporaryFolder
    /// A year around 1 January 2026, so that there are two changes of daylight saving time in Berlin.
    static let instants: ClosedRange<Int64> = 1_751_000_000...1_783_000_000

    init(seed: UInt64, count: Int) throws {
        var random = SplitMix64(seed: seed)
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        for number in 0..<count { people.append(Self.person(Int64(number * 3 + 1), &random)) }
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO attribute_definitions VALUES (1, 'score', 'number', 'd'), (2, 'vip', 'boolean', 'd')
                    """)
            for person in people { try Self.insert(person, db) }
        }
    }

    private static func person(_ id: Int64, _ random: inout SplitMix64) -> Person {
        func one(_ values: [String?]) -> Value {
            (values.randomElement(using: &random) ?? nil).map(Value.text) ?? .null
        }
        func perhaps(_ value: Value) -> Value { Int.random(in: 0..<4, using: &random) == 0 ? .null : value }
        var person = Person(id: id)
        person.values = [
            "city": one([nil, "上海", "北京", "Århus", "a", "A"]), "level": one([nil, "gold", "金"]),
            "registered_at": perhaps(.integer(.random(in: instants, using: &random))),
            "birthday": one([nil, "1990-02-28", "1990-03-01", "2004-12-31"]),
            "score": perhaps(.number(Double(Int64.random(in: -20...20, using: &random)) / 4)),
            "vip": perhaps(.integer(.random(in: 0...1, using: &random))),
        ]
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            person.orders.append(
                (.random(in: instants, using: &random), .random(in: -2...9, using: &random) * 100))
        }
        for tag in ["VIP", "老客户"] where Bool.random(using: &random) {
            let time = Bool.random(using: &random) ? nil : Int64.random(in: instants, using: &random)
            person.tags.append((tag, time))
        }
        return person
    }

    private static func insert(_ person: Person, _ db: Database) throws {
        let columns = ["city", "level", "registered_at", "birthday"]
        try db.execute(
            sql: "INSERT INTO customers (id, \(columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?)",
            arguments: StatementArguments([person.id] + columns.map { argument(person.values[$0]) }))
        for (number, name) in [(1, "score"), (2, "vip")] where person.values[name] != .null {
            try db.execute(
                sql: "INSERT INTO attribute_values VALUES (?, ?, ?)",
                arguments: StatementArguments([person.id, number, argument(person.values[name])]))
        }
        for order in person.orders {
            try db.execute(
                sql: "INSERT INTO orders (customer_id, placed_at, amount, currency) VALUES (?, ?, ?, 'CNY')",
                arguments: [person.id, order.time, order.amount])
        }
        for (tag, time) in person.tags {
            try db.execute(sql: "INSERT INTO tags VALUES (?, ?, ?)", arguments: [person.id, tag, time])
        }
    }

    private static func argument(_ value: Value?) -> (any DatabaseValueConvertible)? {
        switch value {
        case nil, .null: nil
        case .integer(let number): number
        case .number(let number): number
        case .text(let text): text
        }
    }

    /// A population and who is in it at an instant, by other means.
    func population(_ random: inout SplitMix64, at now: Int64) -> (asked: Population, people: [Person]) {
        var population = Population()
        var there = people.filter { person in
            guard case .integer(let registered)? = person.values["registered_at"] else { return true }
            return registered <= now
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            population.condition = "c.city = \(argument: .value(.text("上海")))"
            there.removeAll { $0.values["city"] != .text("上海") }
        case 1:
            population.condition = "f.total_spent > \(argument: .computed(0)) OR f.order_count = 0"
            population.computed = [.integer(200)]
            there.removeAll { person in
                guard case .integer(let spent) = person.value("total_spent", at: now) else { return true }
                return spent <= 200 && person.value("order_count", at: now) != .integer(0)
            }
        case 2:
            population.condition = "f.last_order_at < \(argument: .now) - 5000000"
            there.removeAll { person in
                guard case .integer(let last) = person.value("last_order_at", at: now) else { return true }
                return last >= now - 5_000_000
            }
        default: break
        }
        switch Int.random(in: 0..<3, using: &random) {
        // Few are looked up by id, many are asked for one by one; most of these ids nobody has.
        case let choice where choice > 0:
            let end: Int64 = choice == 1 ? 90 : 12_000
            let members = CustomerSet(Set((0..<end).filter { $0 % 5 != 0 }))
            population.members = members
            there.removeAll { !members.contains($0.id) }
        default: break
        }
        return (population, there)
    }
}
