import Catalog
import Diagnostics
import Simulator
import Testing

@Suite("What people's responses do to later messages, in small cases")
struct ResponseCasesTests {
    private static let twice = """
        send { template = 'hello' } wait(days(1)) send { template = 'more' } send { template = 'more', channel = 'sms' }
        """

    /// What was decided in a run in which every message is answered in one way.
    private func lines(
        _ rates: ResponseRates, _ settings: String = "", _ journey: String = twice, change: String = ""
    ) throws -> [String] {
        try Bench(reachable(1...1) + change)
            .run(greeting(settings, journey: journey), days: 4, responses: .rates(rates)).lines
    }

    @Test("behind a hard bounce the address gets nothing more, and the other channel still does")
    func bounce() throws {
        #expect(
            try lines(.init(open: 1, click: 1, bounce: 1)) == [
                "1 hello email sent", "1 more email skipped hard_bounce", "1 more sms sent",
            ])
    }

    @Test("behind a complaint the address gets nothing more, whatever the message is for")
    func complaint() throws {
        #expect(
            try lines(.init(complaint: 1), "kind = 'transactional',") == [
                "1 hello email sent", "1 more email skipped complaint", "1 more sms sent",
            ])
    }

    @Test(
        "whoever unsubscribes has taken back the consent for that channel, which transactional messages do not ask for"
    )
    func unsubscribe() throws {
        #expect(
            try lines(.init(unsubscribe: 1)) == [
                "1 hello email sent", "1 more email skipped unsubscribed", "1 more sms sent",
            ])
        #expect(
            try lines(.init(unsubscribe: 1), "kind = 'transactional',") == [
                "1 hello email sent", "1 more email sent", "1 more sms sent",
            ])
    }

    @Test("what is said of an address counts for every record that has it")
    func sharedAddress() throws {
        let script = """
            campaign 'a' { at = '2026-12-01 09:00', audience = function(c) return c.id == 1 end,
              journey = function(c) send { template = 'hello' } end }
            campaign 'b' { at = '2026-12-03 09:00', audience = function(c) return c.id == 2 end,
              journey = function(c) send { template = 'hello' } end }
            """
        let shared = reachable(1...2) + "UPDATE customers SET email = 'same@x.com';"
        func second(_ rates: ResponseRates) throws -> String? {
            try Bench(shared).run(script, days: 4, responses: .rates(rates)).lines.last
        }
        #expect(try second(.init(bounce: 1)) == "2 hello email skipped hard_bounce")
        #expect(try second(.init(unsubscribe: 1)) == "2 hello email skipped unsubscribed")
        #expect(try second(.init(open: 1)) == "2 hello email sent")
    }

    @Test("journeys and follow-ups wait for a bounce as for a click, and a bounced message is never opened")
    func events() throws {
        let script = """
            \(greeting(journey: "send { template = 'hello' } if wait_for('bounce', days(1)) then tag 'wrong address' end"))
            follow_up 'mend' { on = 'bounce', action = function(c, event) note(event.step .. ' ' .. event.channel) end }
            """
        let run = try Bench(reachable(1...1)).run(
            script, days: 2, responses: .rates(.init(open: 1, bounce: 1)))
        #expect(
            run.events.map { [$0.word, $0.subject].compactMap(\.self).joined(separator: " ") } == [
                "enter", "bounce hello", "tag wrong address", "enter bounce", "note hello email",
            ])
    }

    // MARK: Responses of scripts

    private func run(_ rates: String, days: Int64 = 3) throws -> Recorder {
        try Bench(reachable(1...2)).run(
            """
            \(greeting(journey: Self.twice))
            response 'eager' { description = 'Those who like us', rates = function(c, message) \(rates) end }
            """, days: days, responses: .script("eager"))
    }

    @Test("a response of a script is asked about each message, with the customer as rules see them then")
    func script() throws {
        let run = try run(
            """
            if c.id == 1 and message.campaign == 'greeting' and message.step == 'hello'
              and message.channel == 'email' and message.at == now() and c.messages:count() == 1
            then return { open = 1, click = 1, after = minutes(10) } end
            return { bounce = 1 }
            """)
        let told = run.events.filter { $0.word != "enter" }
        #expect(
            told.filter { $0.customer == 1 }.map { "\($0.word) \($0.subject ?? "")" } == [
                "open hello", "click hello", "bounce more", "bounce more",
            ])
        #expect((150...2400).contains((told.first?.time ?? 0) - Bench.now))
        #expect(run.header?.responses == "script eager")
        #expect(
            run.lines.filter { $0.hasPrefix("2") } == [
                "2 hello email sent", "2 more email skipped hard_bounce", "2 more sms sent",
            ])
    }

    @Test(
        "a response that gives no shares ends the run with an error that names it",
        arguments: [
            (
                "return 0.4",
                "'rates' of response 'eager' takes a function that returns shares from 0 to 1 such as { open = 0.4, after = hours(3) }, got one that returned a number for customer 1"
            ),
            (
                "return { open = 2 }",
                "'rates' of response 'eager' takes a function that returns shares from 0 to 1 such as { open = 0.4, after = hours(3) }, got one that returned 'open' of a number, 2.0 for customer 1"
            ),
            (
                "return { opne = 0.2 }",
                "'rates' of response 'eager' takes a function that returns shares from 0 to 1 such as { open = 0.4, after = hours(3) }, got one that returned 'opne', which is none of open, click, buy, unsubscribe, complaint, bounce, after for customer 1"
            ),
            ("return { open = c.ordr_count }", "unknown field 'c.ordr_count' of a customer"),
        ])
    func errors(_ rates: String, _ message: String) throws {
        let error = #expect(throws: (any Error).self) { try run(rates) }
        let diagnostic = try #require((error as? any Diagnosable)?.diagnostic)
        #expect(diagnostic.message == message)
        #expect(diagnostic.location?.file == "scripts/x.lua")
    }
}
