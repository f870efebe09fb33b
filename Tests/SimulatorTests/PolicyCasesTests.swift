import Basics
import Calendars
import Catalog
import Rules
import Simulator
import Testing

@Suite("The policy in runs, in small cases")
struct PolicyCasesTests {
    private func options(_ bench: Bench, days: Int64 = 3) -> DryRun.Options {
        var options = DryRun.Options(
            seed: 1, timeZone: bench.clock.local.zone, channels: Channel.allCases)
        options.duration = days * 86_400
        return options
    }

    /// `1 hello sms sent instead of email: over the cap`
    private func told(_ run: Recorder) -> [String] {
        zip(run.lines, run.decisions).map { line, decision in
            [line, decision.detail].compactMap(\.self).joined(separator: " ")
        }
    }

    @Test("a message over the cap takes the next channel that lets it pass, and says which it was meant for")
    func switching() throws {
        let bench = try Bench(reachable(1...1))
        var options = options(bench)
        options.channelCaps = [.email: try FrequencyCap(1, per: .day), .sms: try FrequencyCap(1, per: .day)]
        func run(_ journey: String, _ settings: String = "") throws -> [String] {
            try told(
                bench.run(
                    bench.source(greeting("over_cap = 'switch', \(settings)", journey: journey)), options))
        }
        let two = "send { template = 'more' } send { template = 'hello' }"
        #expect(
            try run(two) == ["1 more email sent", "1 hello sms sent instead of email: over the cap"])
        #expect(
            try run("send { template = 'more', channel = 'sms' } \(two)") == [
                "1 more sms sent", "1 more email sent", "1 hello wecom sent instead of email: over the cap",
            ])
        // No other channel is allowed, has room, or is the one that send names.
        #expect(
            try run(two, "channels = { 'email' },") == [
                "1 more email sent", "1 hello email skipped frequency_cap",
            ])
        #expect(
            try run(
                "send { template = 'hello' } send { template = 'more', channel = 'email' } send { template = 'hello', channel = 'sms' } send { template = 'more' }"
            ) == [
                "1 hello email sent", "1 more email skipped frequency_cap", "1 hello sms sent",
                "1 more email skipped frequency_cap",
            ])
    }

    @Test("another channel is taken only where nothing else stops the message there")
    func switchingPasses() throws {
        let bench = try Bench(
            reachable(1...1)
                + "INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (1, 'sms', 'withdrawn', 20);"
                + "INSERT INTO suppressions VALUES ('wecom', 'w1', 'manual', 1);")
        var options = options(bench)
        options.channelCaps = [.email: try FrequencyCap(0, per: .day)]
        let run = try bench.run(bench.source(greeting("over_cap = 'switch',")), options)
        #expect(told(run) == ["1 hello email skipped frequency_cap"])
        // Where the cap over all channels is used up, no channel helps.
        options.channelCaps = [:]
        options.cap = try FrequencyCap(0, per: .day)
        let capped = try Bench(reachable(1...1))
        #expect(
            told(try capped.run(capped.source(greeting("over_cap = 'switch',")), options)) == [
                "1 hello email skipped frequency_cap"
            ])
    }

    @Test(
        "where no channel is preferred, that which the customer answers most is taken, with what the run has sent"
    )
    func answers() throws {
        // Three of five text messages were clicked; an e-mail was never answered.
        let history = (1...5).map { number in
            "INSERT INTO messages (id, customer_id, channel, sent_at) VALUES (\(number), 1, 'sms', \(number));"
                + (number < 4
                    ? "INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (\(number), 1, 'click', 50);"
                    : "")
        }.joined()
        func run(_ change: String, _ channels: String = "") throws -> [String] {
            let bench = try Bench(reachable(1...1) + history + change)
            return try bench.run(bench.source(greeting(channels)), options(bench)).lines
        }
        #expect(try run("") == ["1 hello sms sent"])
        #expect(try run("", "channels = { 'wecom', 'email' },") == ["1 hello wecom sent"])
        #expect(
            try run("UPDATE customers SET preferred_channel = 'email';") == ["1 hello email sent"])
        #expect(try run("DELETE FROM messages WHERE id = 5;") == ["1 hello email sent"])
        // In the run the fifth message makes the channel known.
        let bench = try Bench(reachable(1...1) + history + "DELETE FROM messages WHERE id = 5;")
        let five = try bench.run(
            bench.source(
                greeting(
                    journey:
                        "send { template = 'more', channel = 'sms' } wait(days(1)) send { template = 'hello' }"
                )),
            options(bench))
        #expect(five.lines == ["1 more sms sent", "1 hello sms sent"])
    }

    @Test(
        "a message waits for the hour of most opens where the campaign or send says so, and says what held it"
    )
    func bestHour() throws {
        // Four opens at 20:00 in Shanghai.
        let opens = (0..<4).map {
            "INSERT INTO messages (id, customer_id, channel, sent_at) VALUES (\(10 + $0), 1, 'email', 100); INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (\(10 + $0), 1, 'open', \(12 * 3600 + $0));"
        }.joined()
        let bench = try Bench(reachable(1...2) + opens)
        func run(_ settings: String, _ send: String = "") throws -> [String] {
            let run = try bench.run(
                bench.source(greeting(settings, journey: "send { template = 'hello'\(send) }")),
                options(bench))
            return run.decisions.map { decision in
                "\(decision.customer) \(decision.localTime) \(decision.heldBy?.rawValue ?? "")"
            }
        }
        let now = ["1 2026-12-01 09:00:00 ", "2 2026-12-01 09:00:00 "]
        let evening = ["1 2026-12-01 20:00:00 best_hour", "2 2026-12-01 09:00:00 "]
        #expect(try run("") == now)
        #expect(try run("best_hour = true,") == evening)
        #expect(try run("", ", best_hour = true") == evening)
        #expect(try run("best_hour = true,", ", best_hour = false") == now)
        #expect(try run("best_hour = true, kind = 'transactional',") == now)
        #expect(try run("best_hour = true, max_age = hours(10),") == now)
        #expect(
            try run("best_hour = true, send_window = { from = '10:00', to = '18:00' },") == [
                "1 2026-12-01 10:00:00 send_window", "2 2026-12-01 10:00:00 send_window",
            ])
    }

    @Test("a message that was held passes every gate again, and its journey may end there")
    func again() throws {
        let bench = try Bench(reachable(1...1))
        let run = try bench.run(
            bench.source(
                """
                \(greeting("send_window = { from = '12:00', to = '13:00' }, exit_when = function(c) return c.level == 'gold' end,"))
                campaign "gold" {
                  at = "2026-12-01 11:00", audience = function(c) return true end,
                  journey = function(c) set("level", "gold") end,
                }
                """), options(bench))
        #expect(run.lines == ["1 hello – exited exit_rule"])
        #expect(run.decisions.map(\.heldBy) == [.sendWindow])
    }

    @Test("transactional messages pass consent, pause, holdout, windows and caps unasked, and do not count")
    func transactional() throws {
        let bench = try Bench("INSERT INTO customers (id, email) VALUES (1, 'c1@example.com');")
        var options = options(bench)
        options.cap = try FrequencyCap(0, per: .day)
        options.awake = try TimeWindow(quietFrom: TimeOfDay("8:00"), until: TimeOfDay("7:00", isEnd: true))
        let settings =
            "kind = 'transactional', holdout = 1, send_window = { from = '12:00', to = '13:00' },"
        let run = try bench.run(
            bench.source(greeting(settings, journey: "pause(days(1)) send { template = 'hello' }")), options)
        #expect(run.lines == ["1 hello email sent"])
        // An order's confirmation leaves the day's only place to the news.
        let both = try Bench(reachable(1...1))
        options.cap = try FrequencyCap(1, per: .day)
        options.awake = nil
        let news =
            "campaign 'news' { audience = function(c) return true end, journey = function(c) send { template = 'more' } end }"
        #expect(
            try both.run(both.source(greeting("kind = 'transactional',") + news), options).lines == [
                "1 hello email sent", "1 more email sent",
            ])
    }
}
