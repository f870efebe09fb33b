import Basics
import Catalog
import Testing

@testable import Rules

@Suite("The walk through the customers")
struct WalkTests {
    /// Random customers in which any value may be missing.
    private static func world(_ random: inout SplitMix64, count: Int) -> String {
        func maybe(_ text: @autoclosure () -> String) -> String {
            Int.random(in: 0..<3, using: &random) == 0 ? "NULL" : text()
        }
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        var sql =
            "INSERT INTO attribute_definitions (id, name, type, doc) VALUES (1, 'size', 'number', ''), (2, 'member', 'boolean', '');\n"
        for index in 1...count {
            // Gaps between ids, so that positions and ids differ.
            let id = index * 3 - number(0...1)
            let city = maybe("'\(["Wuhan", "Xi''an", "北京"][number(0...2)])'")
            sql += "INSERT INTO customers (id, city, birthday, registered_at, level) VALUES (\(id), \(city), "
            sql +=
                "\(maybe("'19\(number(50...99))-0\(number(1...9))-1\(number(0...9))'")), \(maybe("\(number(0...1_796_000_000))")), "
            sql += "\(maybe("'gold'")));\n"
            for _ in 0..<number(0...2) {
                sql +=
                    "INSERT INTO orders (customer_id, placed_at, amount, currency, status) VALUES (\(id), \(number(1_700_000_000...1_796_000_000)), \(number(1...99_999)), 'CNY', '\(["paid", "pending"][number(0...1)])');\n"
            }
            if Bool.random(using: &random) {
                sql += "INSERT INTO attribute_values VALUES (\(id), 1, \(number(1...90)).5);\n"
            }
            if Bool.random(using: &random) {
                sql += "INSERT INTO attribute_values VALUES (\(id), 2, \(number(0...1)));\n"
            }
        }
        return sql
    }

    private static let conditions = [
        "c.city == 'Wuhan'", "c.city < 'Xi'", "c.order_count > 1", "c.total_spent >= 300",
        "c.last_order_at < days_ago(400)",
        "c.largest_order * 2 > c.total_spent", "c.size > 45", "c.member", "not c.member", "c.level",
        "c.birthday > '1975-01-01'",
        "c.registered_at", "c.id % 2 == 0", "c.orders:since(c.first_order_at):count() > 1",
        "c:birthday_within(days(200))",
        "c.first_order_at ~= c.last_order_at", "c.last_order_at - c.first_order_at > days(100)",
    ]

    /// A predicate that reads different fields for different customers.
    private static func predicate(_ random: inout SplitMix64, depth: Int = 3) -> String {
        guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else {
            return conditions[Int.random(in: 0..<conditions.count, using: &random)]
        }
        let left = predicate(&random, depth: depth - 1)
        let right = predicate(&random, depth: depth - 1)
        return ["(\(left) and \(right))", "(\(left) or \(right))", "not (\(left))"][
            Int.random(in: 0..<3, using: &random)]
    }

    @Test(
        "fields discovered on the way give the answers that each customer alone gives",
        arguments: 1...12 as ClosedRange<UInt64>)
    func differential(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let workshop = try Workshop(Self.world(&random, count: 60))
        let predicates = (0..<12).map { _ in "function(c) return not not (\(Self.predicate(&random))) end" }
        for text in predicates {
            let onTheWay = try workshop.members(text)
            let alone = try workshop.rules { host, _ in
                let audience = try host.audience(host.expression(text))
                let ids = try host.requireData().allIds()
                return try ids.filter { id in
                    // A fresh walk knows no field yet: each is read by a query of its own.
                    let walk = try CustomerWalk(host)
                    guard try walk.go(to: id) else { return false }
                    return try walk.isIn(audience)
                }
            }
            #expect(onTheWay == alone, "\(text)")
            // A second predicate in the same walk starts with the fields of the first.
            let both = try workshop.rules { host, walk in
                let audiences = try predicates.map { try host.audience(host.expression($0)) }
                guard let wanted = predicates.firstIndex(of: text) else { return [Int64]() }
                var found: [Int64] = []
                while let id = try walk.next() {
                    let answers = try audiences.map { try walk.isIn($0) }
                    if answers[wanted] { found.append(id) }
                }
                return found
            }
            #expect(both == onTheWay, "\(text)")
        }
    }

    @Test("every customer comes once, by id, whatever is read on the way")
    func order() throws {
        var random = SplitMix64(seed: 99)
        let workshop = try Workshop(Self.world(&random, count: 40))
        let fields = ["city", "order_count", "size", "level", "birthday", "last_order_at"]
        let (walked, all) = try workshop.rules { host, walk in
            var walked: [Int64] = []
            while let id = try walk.next() {
                #expect(walk.current == id)
                walked.append(id)
                let name = fields[walked.count % fields.count]
                let text = "function(c) return c.\(name) ~= nil and c.id == \(id) or c.id == \(id) end"
                #expect(try walk.isIn(host.audience(host.expression(text))))
            }
            return (walked, try host.requireData().allIds())
        }
        #expect(walked == all)
    }

    @Test("go finds one customer and the walk goes on behind it")
    func goTo() throws {
        let workshop = try Workshop("INSERT INTO customers (id, city) VALUES (-5, 'a'), (2, 'b'), (7, 'c')")
        try workshop.rules { host, walk in
            for (id, found) in [
                (2, true), (3, false), (7, true), (-5, true), (8, false), (.min, false), (.max, false),
                (2, true),
            ] as [(Int64, Bool)] {
                #expect(try walk.go(to: id) == found, "\(id)")
            }
            #expect(walk.current == 2)
            let isB = try host.audience(host.expression("function(c) return c.city == 'b' end"))
            #expect(try walk.isIn(isB))
            #expect(try walk.next() == 7)
            #expect(try walk.isIn(isB) == false)
            #expect(try walk.next() == nil)
        }
    }

    @Test("an empty store has no turn")
    func empty() throws {
        #expect(try Workshop().members("function(c) return true end") == [])
    }
}

extension CustomerData {
    func allIds() throws -> [Int64] {
        var ids: [Int64] = []
        for id in Int64(1)...200 where try values([], of: id) != nil { ids.append(id) }
        return ids
    }
}
