import Basics
import Calendars
import Catalog
import Foundation
import GRDB
import Rules
import Store
import Testing

@testable import Simulator

@Suite("Replays of the past")
struct ReplayTests {
    /// Journeys that look around every eight hours and do something in between.
    static let script = """
        \(PastWorld.seen)
        local function watch(c)
          send { template = "hello" }
          for i = 1, 40 do
            note(c.seen)
            if i % 3 == 0 then award(i) end
            if i % 5 == 0 then task { title = "Look" } end
            if i == 7 then tag "T1" end
            wait_until(now() - now() % hours(8) + hours(8))
          end
        end
        campaign "watch" {
          audience = function(c) return c.order_count >= 0 end, kind = "transactional", journey = watch,
          every = "day at 8:00",
        }
        campaign "newcomers" {
          audience = function(c) return true end, on = "registered", kind = "transactional",
          journey = function(c) note(c.seen) end,
        }
        """

    static func options(_ asOf: Int64?, _ responses: ResponseModel = .none) -> DryRun.Options {
        var options = DryRun.Options(
            seed: 1, timeZone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt, channels: Channel.allCases)
        options.duration = PastWorld.days * 86_400
        options.asOf = asOf
        options.responses = responses
        return options
    }

    static func source(_ script: String, now: Int64 = PastWorld.start) throws -> RuleSource {
        RuleSource(
            scripts: [ScriptFile(path: "scripts/x.lua", text: script)],
            templates: Bench.templates.map { ScriptFile(path: "templates/\($0.key).liquid", text: $0.value) },
            clock: RuleClock(now: now, zone: try #require(TimeZone(identifier: "Asia/Shanghai"))))
    }

    @Test(
        "at each instant rules see what a store holds into which no more than that was written",
        arguments: 0..<4)
    func seen(_ seed: UInt64) throws {
        let world = PastWorld(seed: seed)
        let source = try Self.source(Self.script)
        let run = try Bench(world.sql).run(
            source, Self.options(PastWorld.start, .rates(.init(open: 0.8, click: 0.5, buy: 0))))
        #expect(run.problems == [])
        let notes = run.events.filter { $0.word == "note" }
        #expect(notes.count > 60)
        for (time, notes) in Dictionary(grouping: notes, by: \.time).sorted(by: { $0.key < $1.key }) {
            let mirror = try Bench(world.sql(asOf: time) + simulated(run, before: time))
            try mirror.store.read(asOf: time) { snapshot in
                let host = try Self.source(Self.script, now: time).makeHost()
                host.attach(snapshot)
                let walk = try CustomerWalk(host)
                let seen = try #require(host.traits["seen"])
                for note in notes {
                    #expect(try walk.go(to: note.customer))
                    let value = try walk.value(of: seen).value
                    #expect(
                        note.subject.map(Value.text) == value,
                        "seed \(seed), customer \(note.customer), \(note.time - PastWorld.start) s after the start"
                    )
                }
            }
        }
    }

    /// What a run did before an instant to those who see it then, as it would be stored.
    private func simulated(_ run: Recorder, before time: Int64) -> String {
        var lines: [String] = []
        for decision in run.decisions where decision.outcome == .sent && decision.time <= time {
            let step = decision.step
            lines.append(
                """
                INSERT INTO messages (id, customer_id, campaign, step, channel, kind, subject, sent_at) VALUES
                    (\(900_000 + decision.customer), \(decision.customer), '\(decision.campaign)', '\(step)',
                    '\(decision.channel?.rawValue ?? "")', 'transactional', '\(decision.subject ?? "")', \(decision.time));
                """)
        }
        for event in run.events {
            switch event.word {
            case "open" where event.time <= time, "click" where event.time <= time:
                lines.append(
                    """
                    INSERT INTO message_events (message_id, customer_id, type, occurred_at)
                        VALUES (\(900_000 + event.customer), \(event.customer), '\(event.word)', \(event.time));
                    """)
            case "award" where event.time < time:
                lines.append(
                    """
                    INSERT INTO points_ledger (customer_id, points, occurred_at)
                        VALUES (\(event.customer), \(event.subject ?? ""), \(event.time));
                    """)
            case "task" where event.time < time:
                lines.append(
                    """
                    INSERT INTO tasks (customer_id, title, created_at) VALUES (\(event.customer), 'Look', \(event.time));
                    """)
            case "tag" where event.time < time:
                lines.append(
                    """
                    INSERT OR IGNORE INTO tags (customer_id, tag, tagged_at) VALUES (\(event.customer), 'T1', \(event.time));
                    """)
            default: continue
            }
        }
        return lines.joined(separator: "\n")
    }

    @Test(
        "who is in an audience at an instant is who is in it by what was recorded by then", arguments: 10..<13
    )
    func audiences(_ seed: UInt64) throws {
        let world = PastWorld(seed: seed)
        let script = """
            campaign "watch" {
              audience = function(c)
                return c.order_count > 1 and c.messages:opened():any() or c.points > 40 or c:has_tag "T1"
                  or c.events:since(days_ago(1)):any() and (c.name or ""):len() > 1
              end,
              every = "8 hours", reentry = 0, journey = function(c) end,
            }
            """
        let run = try Bench(world.sql).run(Self.source(script), Self.options(PastWorld.start))
        let entries = Dictionary(grouping: run.events.filter { $0.word == "enter" }, by: \.time)
        for time in stride(from: PastWorld.start, to: PastWorld.end, by: 8 * 3600) {
            let members = try Bench(world.sql(asOf: time)).store.read(asOf: time) { snapshot in
                let host = try Self.source(script, now: time).makeHost()
                host.attach(snapshot)
                let expression = try #require(try host.campaign("watch").audience)
                let audience = try host.audience(expression)
                let walk = try CustomerWalk(host)
                return try PastWorld.customers.filter { try walk.go(to: $0) && walk.isIn(audience) }
            }
            let comment: Comment = "seed \(seed), \(time - PastWorld.start) s after the start"
            #expect((entries[time] ?? []).map(\.customer).sorted() == members, comment)
        }
        #expect(entries.count > 20)
    }

    @Test("the funnel counts who was in the audience when the campaign asked first", arguments: 13..<16)
    func funnel(_ seed: UInt64) throws {
        let world = PastWorld(seed: seed)
        let script = """
            campaign "watch" {
              audience = function(c)
                return c.order_count > 0 and not c.messages:opened():any() and (c.name or ""):len() > 1
              end,
              every = "day at 18:00", journey = function(c) end,
            }
            """
        let run = try Bench(world.sql).run(Self.source(script), Self.options(PastWorld.start))
        let time = PastWorld.start + 10 * 3600
        var moment = Self.options(nil)
        moment.duration = 0
        let then = try Bench(world.sql(asOf: time)).run(Self.source(script, now: time), moment)
        #expect(run.campaigns.map(\.funnel) == then.campaigns.map(\.funnel))
        #expect(then.campaigns.first?.audienceCount ?? 0 > 0)
    }

    @Test(
        "customers enter by what is recorded in the run, each at its time, and nothing from before or behind it"
    )
    func triggers() throws {
        let world = PastWorld(seed: 5)
        let bench = try Bench(world.sql)
        for (name, sql) in [
            ("order", "SELECT customer_id, placed_at AS at FROM orders"),
            ("cart", "SELECT customer_id, occurred_at AS at FROM events WHERE type = 'cart'"),
            ("feedback", "SELECT customer_id, given_at AS at FROM feedback"),
            ("registered", "SELECT id AS customer_id, registered_at AS at FROM customers"),
            ("tag", "SELECT customer_id, tagged_at AS at FROM tags"),
            ("click", "SELECT customer_id, occurred_at AS at FROM message_events WHERE type = 'click'"),
        ] {
            let run = try bench.run(
                Self.source(
                    """
                    campaign "it" {
                      audience = function(c) return true end, on = "\(name)", reentry = 0,
                      journey = function(c, entry) note(entry.event.name .. entry.event.at) end,
                    }
                    """), Self.options(PastWorld.start))
            let expected = try bench.store.write { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT customer_id, at FROM (\(sql)) WHERE at >= \(PastWorld.start) AND at < \(PastWorld.end)
                        ORDER BY 1, 2
                        """
                ).map { "\($0["customer_id"] as Int64) \(name)\($0["at"] as Int64)" }
            }
            let found = run.events.filter { $0.word == "note" }.map { "\($0.customer) \($0.subject ?? "")" }
            #expect(!expected.isEmpty)
            #expect(found.sorted() == expected.sorted(), "\(name)")
        }
    }

    @Test("a journey waits for what is recorded, and its goal is met by it")
    func waiting() throws {
        let start = PastWorld.start
        let bench = try Bench(
            reachable(1...3)
                + """
                INSERT INTO orders (id, customer_id, placed_at, amount, currency) VALUES
                    (1, 1, \(start + 7200), 500, 'CNY'), (2, 2, \(start + 5 * 86_400), 700, 'CNY');
                INSERT INTO messages (id, customer_id, campaign, channel, sent_at) VALUES
                    (1, 3, 'news', 'email', \(start - 60));
                INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES
                    (1, 3, 'click', \(start + 7200));
                """, now: start)
        let run = try bench.run(
            Self.source(
                """
                campaign "it" {
                  audience = function(c) return true end, kind = "transactional",
                  goal = function(c, entered_at) return c.orders:since(entered_at + hours(24)):any() end,
                  journey = function(c)
                    send { template = "hello" }
                    local event = wait_for("order", days(2))
                    note(event and "order of " .. event.amount or "no order of " .. c.id)
                    event = wait_for("click", days(6))
                    note(event and "clicked" or "no click of " .. c.id)
                  end,
                }
                """), Self.options(start))
        // Customer 3 clicked in another message than the journey's.
        let told = run.events.map {
            "\($0.customer) \(($0.time - start) / 3600) \($0.word) \($0.subject ?? "")"
        }
        #expect(
            told
                == [
                    "1 0 enter ", "1 2 recorded order", "1 2 note order of 5.0", "1 146 note no click of 1",
                    "2 0 enter ", "2 48 note no order of 2", "2 120 recorded order", "2 192 goal ",
                    "3 0 enter ", "3 2 recorded click", "3 48 note no order of 3",
                    "3 192 note no click of 3",
                ])
    }

    @Test(
        "messages of other campaigns that are recorded in the run count for the cap, those that it replaces do not"
    )
    func cap() throws {
        let start = PastWorld.start
        let bench = try Bench(
            reachable(1...2)
                + """
                INSERT INTO messages (customer_id, campaign, channel, sent_at) VALUES
                    (1, 'news', 'email', \(start + 3600)), (2, 'it', 'email', \(start + 3600));
                """, now: start)
        var options = Self.options(start)
        options.cap = try FrequencyCap(1, per: .rolling(seconds: 86_400))
        let run = try bench.run(
            Self.source(
                """
                campaign "it" {
                  audience = function(c) return true end,
                  journey = function(c)
                    wait(hours(2)) send { template = "hello" } wait(hours(24)) send { template = "more" }
                  end,
                }
                """), options)
        #expect(
            run.lines == [
                "1 hello email skipped frequency_cap", "1 more email sent", "2 hello email sent",
                "2 more email sent",
            ])
    }

    @Test("what people did after the instant of the replay tells nothing of how they respond")
    func responses() throws {
        let start = PastWorld.start
        func run(_ later: String) throws -> [RunEvent] {
            let sent = (1...200).map { "(\($0), 1, 'news', 'email', \(start - 1_000_000))" }
            let bench = try Bench(
                reachable(1...1)
                    + "INSERT INTO messages (id, customer_id, campaign, channel, sent_at) VALUES \(sent.joined(separator: ","));"
                    + later, now: start)
            let history = try bench.store.read(asOf: start) { try $0.responseHistory() }
            return try bench.run(
                Self.source(
                    greeting("kind = 'transactional'", journey: "wait(days(5)) send { template = 'hello' }")),
                Self.options(start, .history(history))
            ).events.filter { $0.word != "recorded" }
        }
        let opens = (1...200).map { "(\($0), 1, 'open', \(start + 60 + Int64($0)))" }.joined(separator: ",")
        let later = "INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES \(opens);"
        #expect(try run(later) == run(""))
    }

    @Test("any number of threads gives the same replay", arguments: 0..<3)
    func threads(_ seed: UInt64) throws {
        let world = PastWorld(seed: 30 + seed)
        let bench = try Bench(world.sql)
        let source = try Self.source(Self.script)
        let options = Self.options(PastWorld.start, .rates(.init(open: 0.8, click: 0.5, buy: 0.2)))
        let alone = try bench.run(source, options)
        for threads in 1...3 {
            let shared = try bench.run(source, options, threads: threads)
            #expect(shared.decisions == alone.decisions)
            #expect(shared.events == alone.events)
            #expect(shared.header == alone.header)
        }
    }

    @Test("several replays in one snapshot do not know of each other")
    func again() throws {
        let bench = try Bench(PastWorld(seed: 41).sql)
        let source = try Self.source(Self.script)
        let options = Self.options(PastWorld.start)
        let alone = try bench.run(source, options)
        try bench.store.read(asOf: PastWorld.start) { snapshot in
            for _ in 0..<2 {
                let host = try source.makeHost()
                host.attach(snapshot)
                snapshot.move(to: PastWorld.end - 1)
                let recorder = Recorder()
                let run = DryRun(
                    campaigns: host.campaigns.map(\.name), over: PastWorld.customers,
                    people: try People(snapshot), options, into: recorder)
                try run.work(host, snapshot)
                #expect(recorder.events == alone.events)
            }
        }
    }

    @Test("several replays by one team do not know of each other, as the passes of a run")
    func againByTeam() throws {
        let bench = try Bench(PastWorld(seed: 41).sql)
        let source = try Self.source(
            """
            \(PastWorld.seen)
            campaign "early" {
              audience = function(c) return c.order_count == 0 end,
              journey = function(c) note(c.seen) wait(days(5)) note(c.seen) end,
            }
            """)
        let options = Self.options(PastWorld.start)
        let alone = try bench.run(source, options)
        try bench.store.read(asOf: PastWorld.start, threads: 1) { snapshot, team in
            snapshot.move(to: PastWorld.end - 1)
            for _ in 0..<2 {
                let recorder = Recorder()
                let run = DryRun(
                    campaigns: ["early"], over: PastWorld.customers,
                    people: try People(snapshot), options, into: recorder)
                try team.run { snapshot in
                    let host = try source.makeHost()
                    host.attach(snapshot)
                    try run.work(host, snapshot)
                }
                #expect(recorder.events == alone.events)
            }
        }
    }

    @Test("of rows that are all older, a replay is the run that reads the store as it is")
    func nothingRecorded() throws {
        let world = PastWorld(seed: 40)
        let bench = try Bench(world.sql(asOf: PastWorld.start))
        let source = try Self.source(Self.script)
        let replay = try bench.run(source, Self.options(PastWorld.start))
        let run = try bench.run(source, Self.options(nil))
        #expect(replay.events == run.events)
        #expect(replay.decisions == run.decisions)
    }
}
