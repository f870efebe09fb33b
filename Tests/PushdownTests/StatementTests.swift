import Basics
import Catalog
import Foundation
import RuleCompiler
@testable import Rules
import Store
import Testing

/// What the store is asked for an audience.
@Suite("Statements of audiences")
struct StatementTests {
    private static let audiences = [
        "c.last_order_at < days_ago(90) and c.orders:since(days_ago(30)):any()",
        "c:birthday_within(days(7)) or c.registered_at >= date '2026-11-11'",
        "now() - c.last_order_at > days(30) and c.messages:opened():before(today() - hours(3)):any()",
        "c.total_spent > 100 and c.city == '上海'",
    ]

    /// Hosts at two times, nine months apart, in two zones of the year.
    private func hosts(_ world: RandomWorld, _ body: (RuleHost, RuleHost, Snapshot) throws -> Void) throws {
        let later = RuleClock(
            now: world.clock.now + 270 * 86_400 + 12_345, zone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt)
        try world.store.read(asOf: world.clock.now) { snapshot in
            let hosts = try [world.clock, later].map { clock in
                let host = try RuleSource(scripts: [], clock: clock).makeHost()
                host.attach(snapshot)
                return host
            }
            try body(hosts[0], hosts[1], snapshot)
        }
    }

    private func compiled(_ condition: String, _ host: RuleHost) throws -> CompiledAudience {
        host.compile(try host.expression("function(c) return \(condition) end")).audience
    }

    @Test(
        "the text is the same at any time, and arguments computed anew are those of another compilation",
        arguments: audiences)
    func times(_ condition: String) throws {
        let world = try RandomWorld(rows: FoundCase.people)
        try hosts(world) { first, second, snapshot in
            let (before, after) = (try compiled(condition, first), try compiled(condition, second))
            #expect(before.isWhole && after.isWhole)
            var requests = [CustomerRequest([]), CustomerRequest([])]
            requests[0].condition = before.wanted
            requests[1].condition = after.wanted
            #expect(snapshot.statement(requests[0]).sql == snapshot.statement(requests[1]).sql)
            #expect(snapshot.statement(requests[0]).arguments == snapshot.statement(requests[1]).arguments)
            let reader = RuleReader(second)
            let anew = first.computed.values(today: second.clock.today) { constant in
                constant.source.flatMap {
                    reader.evaluate($0, names: constant.names, values: constant.values)
                }
            }
            #expect(try anew == second.computedValues())
            #expect(try condition.contains("100") || first.computedValues() != second.computedValues())
        }
    }

    @Test("functions on one line are told apart by the names of their parameters")
    func oneLine() throws {
        let world = try RandomWorld(rows: FoundCase.people)
        try hosts(world) { host, _, _ in
            for (parameter, isFound) in [("n", true), ("c", false)] {
                let audience = try host.expression(
                    """
                    function(c) local big = function(\(parameter)) return \(parameter) > 1 end return big(c.id) end
                    """)
                #expect(host.compile(audience).audience.isWhole == isFound, "\(parameter)")
            }
        }
    }

    @Test("an index on a column is used by a comparison with it")
    func index() throws {
        let world = try RandomWorld(rows: "\(FoundCase.people) CREATE INDEX cities ON customers (city)")
        for condition in [
            "c.city == 'Wuhan'", "c.city == 'Wuhan' and c.order_count > 0 and tostring(c.id) == '1'",
        ] {
            try hosts(world) { host, _, snapshot in
                var request = CustomerRequest([])
                request.condition = try compiled(condition, host).wanted
                let plan = try snapshot.queryPlan(request).joined(separator: "\n")
                #expect(
                    plan.contains("USING COVERING INDEX cities") || plan.contains("USING INDEX cities"),
                    "\(plan)")
            }
        }
    }

    @Test(
        "birthdays are those that Lua finds, around leap days and New Year",
        arguments: [
            "2026-02-27", "2026-02-28", "2026-03-01", "2028-02-28", "2028-02-29", "2027-12-31", "2028-01-01",
            "2028-12-25",
        ])
    func birthdays(_ day: String) throws {
        let rows = (0..<366).map { number in
            let born = CivilDate(daysSinceEpoch: (CivilDate(iso: "2000-01-01")?.daysSinceEpoch ?? 0) + number)
            return "(\(number + 1), '\(born)')"
        }
        let world = try RandomWorld(
            rows: "INSERT INTO customers (id, birthday) VALUES \(rows.joined(separator: ", "))")
        let today = try #require(CivilDate(iso: day))
        let clock = RuleClock(now: Int64(today.daysSinceEpoch) * 86_400 + 7200, zone: .gmt)
        try world.store.read(asOf: clock.now) { snapshot in
            for span in [0, 1, 2, 30, 59, 60, 61, 300, 364, 365, 366] {
                let host = try RuleSource(scripts: [], clock: clock).makeHost()
                host.attach(snapshot)
                let expression = try host.expression(
                    "function(c) return c:birthday_within(days(\(span))) end")
                #expect(host.compile(expression).audience.isWhole)
                let walk = try CustomerWalk(host, for: [try host.audience(expression)])
                var found: [Int64] = []
                while let id = try walk.next() { found.append(id) }
                let expected = (0..<366).filter { number in
                    let born = CivilDate(
                        daysSinceEpoch: (CivilDate(iso: "2000-01-01")?.daysSinceEpoch ?? 0) + number)
                    return daysUntilBirthday(born, from: today) <= span
                }
                #expect(found == expected.map { Int64($0 + 1) }, "\(span) days from \(day)")
            }
        }
    }
}
