import Basics
import Catalog
import Commands
import Demo
import Diagnostics
import Foundation
import GRDB
import Rules
import Simulator
import Store
import TestSupport
import Testing

@Suite("The sample scripts and templates")
struct SampleScriptsTests {
    private static let demoNow = "2026-12-01 09:00"

    private func files(_ folder: String) throws -> [ScriptFile] {
        let root = checkout.appending(path: folder)
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".lua") || $0.hasSuffix(".liquid") || $0.hasSuffix(".json") }
            .sorted().map { name in
                let path = "\(folder)/\(name)"
                return ScriptFile(
                    path: path, text: try String(contentsOf: checkout.appending(path: path), encoding: .utf8))
            }
    }

    /// A demo of 500 customers, with the sample scripts loaded.
    private func demo<Result>(_ body: (Store, RuleHost, Snapshot) throws -> Result) throws -> Result {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let until = try #require(RuleClock(now: 0, zone: zone).instant(Self.demoNow))
        var options = DemoOptions(until: until, timeZone: zone)
        options.customers = 500
        try fillWithDemoData(store, options)
        return try store.read(asOf: until) { snapshot in
            let host = try RuleHost(clock: RuleClock(now: until, zone: zone))
            try host.load(try files("scripts"))
            try host.load(templates: try files("templates"))
            host.attach(snapshot)
            return try body(store, host, snapshot)
        }
    }

    @Test("the list of samples has exactly the files of scripts and templates, byte for byte")
    func list() throws {
        let listed = sampleFiles.map { "\($0.path)\n\(String(decoding: $0.bytes, as: UTF8.self))" }
        let there = try (files("scripts") + files("templates")).map { "\($0.path)\n\($0.text)" }
        #expect(listed == there)
    }

    @Test(
        "each journey of thirty days of the demo comes to the same point again, from what the run keeps of it"
    )
    func replay() throws {
        try demo { _, host, snapshot in
            let recorder = Recorder()
            var options = DryRun.Options(
                seed: 1, timeZone: host.clock.local.zone, channels: Channel.allCases)
            options.duration = 30 * 86_400
            options.responses = .rates(.init(open: 0.5, click: 0.3, buy: 0.1))
            let names = host.campaigns.map(\.name)
            let from = host.clock.now
            let run = DryRun(
                campaigns: names, over: try snapshot.customerIDs() ?? 0...0, people: try People(snapshot),
                options, into: recorder)
            try run.work(host, snapshot)
            try run.finish(host, snapshot, from: from, sources: "s")
            host.moveTime(to: from)
            let again = try host.makeReplacement()
            let replay = try JourneyReplay(again, snapshot, names, of: #require(recorder.header))
            let sent = Dictionary(
                grouping: recorder.decisions.filter { $0.outcome == .sent }, by: \.customer)
            let points = try recorder.journeys.flatMap {
                try replay.replay($0, subjects: sent.mapValues { $0.map(\.subject) })
            }
            #expect(points.count > 100)
            for flow in recorder.flow where flow.target == nil {
                let found = points.filter {
                    ($0.campaign, $0.step?.location, $0.end) == (flow.campaign, flow.source, flow.word)
                }
                // Of a step, journeys go on with different answers.
                let all = recorder.flow.filter {
                    $0.target == nil
                        && ($0.campaign, $0.source, $0.word) == (flow.campaign, flow.source, flow.word)
                }
                #expect(found.count == all.map(\.count).reduce(0, +))
            }
        }
    }

    /// The segments as plain SQL, written apart from the rules. `now` is 1 December 2026, 09:00 in Shanghai.
    private static let queries: [(name: String, condition: String)] = [
        ("buyers", "EXISTS (SELECT 1 FROM purchases AS o WHERE o.customer_id = c.id)"),
        (
            "dormant",
            """
            (SELECT MAX(placed_at) FROM purchases AS o WHERE o.customer_id = c.id) < now - 90 * 86400
            AND NOT EXISTS (SELECT 1 FROM messages AS m JOIN message_events AS e ON e.message_id = m.id
                WHERE m.customer_id = c.id AND e.occurred_at >= now - 30 * 86400 AND e.type = 'open')
            """
        ),
        (
            "complained",
            "EXISTS (SELECT 1 FROM feedback AS f WHERE f.customer_id = c.id AND f.given_at >= now - 180 * 86400 AND f.score <= 3)"
        ),
        (
            "vip",
            """
            EXISTS (SELECT 1 FROM tags AS t WHERE t.customer_id = c.id AND t.tag = 'VIP')
            OR (SELECT SUM(amount) FROM purchases AS o WHERE o.customer_id = c.id) >= 500000
            """
        ),
        ("newcomers", "c.registered_at >= now - 2 * 86400"),
        (
            "birthday soon",
            """
            strftime('%m-%d', c.birthday) IN ('12-01', '12-02', '12-03', '12-04')
            """
        ),
        (
            "left a cart",
            """
            (SELECT MAX(occurred_at) FROM events AS e WHERE e.customer_id = c.id AND e.type = 'cart')
                BETWEEN now - 72 * 3600 + 1 AND now - 4 * 3600 - 1
            AND NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND o.placed_at >=
                (SELECT MAX(occurred_at) FROM events AS e WHERE e.customer_id = c.id AND e.type = 'cart'))
            """
        ),
        (
            "bought a week ago",
            """
            (SELECT MAX(placed_at) FROM purchases AS o WHERE o.customer_id = c.id)
                BETWEEN now - 10 * 86400 + 1 AND now - 7 * 86400
            AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.customer_id = c.id AND f.given_at >=
                (SELECT MAX(placed_at) FROM purchases AS o WHERE o.customer_id = c.id))
            """
        ),
    ]

    @Test("each segment has the customers that plain SQL finds")
    func counts() throws {
        var members: [String: [Int64]] = [:]
        var expected: [String: [Int64]] = [:]
        try demo { store, host, _ in
            let walk = try CustomerWalk(host)
            while let id = try walk.next() {
                for (name, segment) in host.segments where try walk.isIn(host.audience(segment.members)) {
                    members[name, default: []].append(id)
                }
            }
            let copy = try DatabaseQueue(path: store.path)
            try copy.read { db in
                for (name, condition) in Self.queries {
                    expected[name] = try Int64.fetchAll(
                        db,
                        sql: """
                            WITH purchases AS (SELECT * FROM orders WHERE status IN ('paid', 'shipped', 'completed')),
                                clock (now) AS (SELECT 1796086800)
                            SELECT c.id FROM customers AS c, clock WHERE \(condition) ORDER BY c.id
                            """)
                }
                #expect(Set(host.segments.keys) == Set(Self.queries.map(\.name)))
            }
        }
        for (name, _) in Self.queries {
            #expect(members[name] ?? [] == expected[name], "\(name)")
        }
        #expect((members["buyers"] ?? []).count > 100 && !(members["dormant"] ?? []).isEmpty)
    }

    @Test("each campaign runs dry without a failure, and every customer of its audience is accounted for")
    func dryRuns() throws {
        try demo { _, host, snapshot in
            let recorder = Recorder()
            let run = DryRun(
                campaigns: host.campaigns.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot),
                DryRun.Options(seed: 1, timeZone: host.clock.local.zone, channels: Channel.allCases),
                into: recorder)
            try run.work(host, snapshot)
            try run.finish(host, snapshot, from: host.clock.now, sources: "")
            #expect(recorder.decisions.filter { $0.outcome == .failed } == [])
            #expect(
                recorder.campaigns.map(\.name) == [
                    "birthday", "call after click", "cart-reminder", "complaint ticket",
                    "post-purchase-survey", "vip-early-access", "welcome", "win-back",
                ])
            for campaign in recorder.campaigns {
                let own = recorder.decisions.filter { $0.campaign == campaign.name }
                #expect(own.count == campaign.audienceCount && campaign.silentCount == 0, "\(campaign.name)")
            }
            #expect(recorder.decisions.contains { $0.campaign == "win-back" && $0.outcome == .sent })
        }
    }
}
