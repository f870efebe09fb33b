import Basics
import Calendars
import Catalog
import Diagnostics
import Simulator
import Testing

@Suite("Time in a dry run, in small cases")
struct TimelineCasesTests {
    /// `enter`, `tag late` and what else is told of a run besides its decisions.
    private func story(_ run: Recorder) -> [String] {
        run.events.map { [$0.word, $0.subject].compactMap(\.self).joined(separator: " ") }
    }

    @Test("what people do is told at its time, where no rule asks for it")
    func reactions() throws {
        let run = try Bench(reachable(1...1)).run(greeting(), days: 3, responses: .all)
        #expect(story(run) == ["enter", "open hello", "click hello", "order hello"])
        #expect(run.events.map { $0.time - Bench.now } == [0, 7200, 7320, 93_720])
    }

    @Test("what a customer does at the very end of a limit still comes in time")
    func limit() throws {
        // Where everybody responds, they open after two hours.
        let run = try Bench(reachable(1...1)).run(
            greeting(
                journey:
                    "send { template = 'hello' } if wait_for('open', hours(2)) then tag 'read' else tag 'unread' end"
            ), days: 1, responses: .all)
        #expect(story(run) == ["enter", "open hello", "tag read", "click hello"])
    }

    @Test("a customer whose journeys ask for no message is silent once, whatever the number of journeys")
    func silent() throws {
        let run = try Bench(reachable(1...2)).run(
            greeting(
                "every = 'day at 10:00', reentry = 0,",
                journey: "if c.id == 2 and c.message_count == 0 then send { template = 'hello' } end"),
            days: 3)
        #expect(story(run) == Array(repeating: "enter", count: 6))
        #expect(run.campaigns.map(\.audienceCount) == [2])
        #expect(run.campaigns.map(\.silentCount) == [1])
    }

    @Test("whoever enters again gets the steps again, and not twice in one journey")
    func again() throws {
        let journey = "send { template = 'hello' } wait(hours(20)) send { template = 'hello' }"
        let run = try Bench(reachable(1...1)).run(
            greeting("every = 'day at 10:00', reentry = days(1),", journey: journey), days: 2)
        #expect(
            run.lines == [
                "1 hello email sent", "1 hello email skipped duplicate", "1 hello email sent",
                "1 hello email skipped duplicate",
            ])
        // The first day's message waits for the window, the second day's comes less than a day later.
        let held = try Bench(
            reachable(1...1) + "UPDATE customers SET time_zone = 'Asia/Tokyo';"
        ).run(
            greeting(
                "every = 'day at 10:00', reentry = days(1), send_window = { from = '13:00', to = '14:00' },",
                journey: "if c.message_count == 1 then set('time_zone', 'Asia/Shanghai') end \(journey)"),
            days: 3)
        #expect(held.decisions.filter { $0.outcome == .sent }.count == 3)
    }

    @Test(
        "of two records with one address, who enters within the time of reentry gets no step that the other got"
    )
    func sharedAddress() throws {
        let run = try Bench(
            reachable(1...2)
                + "UPDATE customers SET email = 'same@x.com'; INSERT INTO tags (customer_id, tag) VALUES (1, 'early');"
        ).run(
            "campaign 'a' { every = 'day at 10:00', reentry = days(3), audience = function(c) return c:has_tag 'early' or now() > \(Bench.now + 86_400) end, journey = function(c) send { template = 'hello' } end }",
            days: 3)
        #expect(run.lines == ["1 hello email sent", "2 hello email skipped duplicate"])
    }

    @Test("the flow says goal, exit, erased or holdout of journeys that a message ends")
    func ends() throws {
        func end(_ settings: String, _ change: String = "") throws -> [String] {
            try Bench(reachable(1...1) + change).run(greeting(settings), days: 1).flow.map(\.word)
        }
        #expect(try end("goal = function(c) return true end,") == ["send", "goal"])
        #expect(try end("exit_when = function(c) return true end,") == ["send", "exit"])
        #expect(try end("", "UPDATE customers SET erased_at = 1;") == ["send", "erased"])
        #expect(try end("holdout = 1,") == ["send", "holdout"])
    }

    @Test("a zone and a preferred channel that a journey sets count from then on")
    func set() throws {
        let run = try Bench(reachable(1...1)).run(
            greeting(
                journey:
                    "send { template = 'hello' } set('time_zone', 'Europe/Berlin') set('preferred_channel', 'sms') send { template = 'hello' }"
            ), days: 1)
        #expect(run.lines == ["1 hello email sent", "1 hello sms sent"])
        #expect(run.decisions.map(\.localTime) == ["2026-12-01 09:00:00", "2026-12-01 02:00:00"])
    }

    /// A tag that goes and comes and so sets off itself, by one campaign and by two.
    private static let loop =
        "follow_up 'seen' { on = 'tag', action = function(c) untag 'seen' tag 'seen' end }"
    private static let pair = """
        campaign 'b' {
          audience = segment.all, on = { 'tag', 'a' }, reentry = 0, journey = function(c) untag 'b' tag 'b' end }
        follow_up 'c' { on = { 'tag', 'b' }, action = function(c) untag 'a' tag 'a' end }
        segment 'all' { where = function(c) return true end }
        """

    @Test(
        "a campaign that sets itself off at once, itself or by another, ends the run with an error",
        arguments: [(loop, "seen", 6), (pair, "c", 8)])
    func endless(_ loop: String, _ name: String, _ line: Int) throws {
        let bench = try Bench(reachable(1...2))
        let error = #expect(throws: DryRunError.self) {
            try bench.run("\(greeting(journey: "tag 'a'"))\n\(loop)", days: 1)
        }
        let diagnostic = try #require(error?.diagnostic)
        #expect(
            diagnostic.message
                == "'\(name)' begins again without end: what its journey does lets the customer enter again at once"
        )
        #expect(diagnostic.location?.line == line)
    }

    @Test("a tag that is there already does not come again, and one that is not there does not go")
    func tags() throws {
        let bench = try Bench(reachable(1...1) + "INSERT INTO tags (customer_id, tag) VALUES (1, 'old');")
        let run = try bench.run(
            """
            \(greeting(journey: "tag 'old' untag 'new' tag 'new' tag 'new' untag 'old'"))
            follow_up 'come' { on = 'tag', action = function(c, event) tag 'new' note('+' .. event.tag) end }
            follow_up 'gone' { on = 'untag', action = function(c, event) note('-' .. event.tag) end }
            """, days: 1)
        #expect(
            story(run) == [
                "enter", "tag old", "untag new", "tag new", "tag new", "untag old", "enter tag", "tag new",
                "note +new", "enter untag", "note -old",
            ])
    }

    @Test("a message over the cap names the campaigns whose messages count, of the same date or in the span")
    func displaced() throws {
        let script = ["a", "b", "c"].map { name in
            """
            campaign '\(name)' {
              at = '2026-12-\(["a": "01 10:00", "b": "02 10:00", "c": "02 11:00"][name] ?? "")',
              audience = function(c) return true end,
              journey = function(c) send { template = 'hello' } end,
            }
            """
        }.joined(separator: "\n")
        func displacedBy(_ cap: FrequencyCap) throws -> [[String]] {
            try Bench(reachable(1...1)).run(script, days: 3, cap: cap).decisions.map(\.displacedBy)
        }
        #expect(try displacedBy(FrequencyCap(1, per: .day)) == [[], [], ["b"]])
        #expect(
            try displacedBy(FrequencyCap(2, per: .rolling(seconds: 86_400 * 7))) == [[], [], ["a", "b"]])
        #expect(try displacedBy(FrequencyCap(1, per: .rolling(seconds: 86_401))) == [[], ["a"], []])
    }
}
