import Calendars
import Catalog
import Diagnostics
import Testing

@testable import Rules

@Suite("Settings of campaigns")
struct CampaignSettingTests {
    private func campaign(_ settings: String) throws -> Campaign {
        let host = try RuleHost(clock: Workshop().clock)
        try host.load([
            script(
                "x",
                "campaign 'x' { audience = function(c) return true end, journey = function(c) end, \(settings) }"
            )
        ])
        return try host.campaign("x")
    }

    @Test("what is not said is the usual")
    func usual() throws {
        let campaign = try campaign("")
        guard case .start = campaign.trigger else {
            Issue.record("\(campaign.trigger)")
            return
        }
        #expect(campaign.kind == .marketing && campaign.priority == 0 && campaign.holdout == 0)
        #expect(campaign.variants.isEmpty && campaign.reentry == nil && campaign.sendWindow == nil)
        #expect(campaign.overCap == .skip && campaign.maxAge == 2 * 86_400 && !campaign.isFollowUp)
        #expect(!campaign.bestHour && campaign.limit == nil && campaign.budget == nil)
    }

    @Test("all that can be said is read")
    func all() throws {
        let campaign = try campaign(
            """
            every = "weekday at 9:00", kind = "transactional", priority = -3, holdout = 0.25, reentry = days(30),
            variants = { long = 1, short = 3 }, over_cap = "defer", max_age = hours(6),
            send_window = { from = "22:00", to = "2:00", weekdays = { "friday", "saturday" } },
            best_hour = true, limit = 1000, budget = 99.5,
            """)
        guard case .every(let schedule) = campaign.trigger else {
            Issue.record("\(campaign.trigger)")
            return
        }
        #expect(schedule.description == "Monday to Friday at 9:00")
        #expect(campaign.kind == .transactional && campaign.priority == -3 && campaign.holdout == 0.25)
        #expect(campaign.variants.map { "\($0.name) \($0.weight)" } == ["long 1.0", "short 3.0"])
        #expect(campaign.reentry == 30 * 86_400 && campaign.overCap == .defer && campaign.maxAge == 6 * 3600)
        #expect(campaign.bestHour && campaign.limit == 1000 && campaign.budget == 99.5)
        #expect(campaign.sendWindow?.description == "22:00 to 2:00, Friday and Saturday")
    }

    @Test(
        "customers enter by a time, a schedule, an event, a date or a segment",
        arguments: [
            ("at = '2026-12-24 18:00'", "at(1798106400)"), ("on = 'click'", "event(click)"),
            ("on = { 'tag', 'VIP' }", "event(tag VIP)"),
            ("before = { 'birthday', days(3) }", "before(birthday, 3 days before, at 9:00)"),
            (
                "before = { 'registered_at', days(0), at = '18:30' }",
                "before(registered_at, on the day, at 18:30)"
            ),
            ("when = segment.vip", "enters(vip)"), ("when = { leaves = segment.vip }", "leaves(vip)"),
        ])
    func triggers(_ setting: String, _ expected: String) throws {
        let host = try RuleHost(clock: Workshop().clock)
        try host.load([
            script(
                "x",
                """
                segment 'vip' { where = function(c) return true end }
                campaign 'x' { audience = segment.vip, journey = function(c) end, \(setting) }
                """)
        ])
        let shown =
            switch try host.campaign("x").trigger {
            case .start: "start"
            case .at(let time): "at(\(time))"
            case .every(let schedule): "every(\(schedule))"
            case .event(let kind): "event(\(kind.name)\(kind.subject.map { " \($0)" } ?? ""))"
            case .before(let field, let anniversary): "before(\(field.name), \(anniversary))"
            case .festival(let festival, let rule): "festival(\(festival.name), \(rule))"
            case .enters(let segment): "enters(\(segment.text))"
            case .leaves(let segment): "leaves(\(segment.text))"
            }
        #expect(shown == expected)
    }

    @Test("a follow-up is for everybody to whom its event happens, each time")
    func followUp() throws {
        let host = try RuleHost(clock: Workshop().clock)
        try host.load([
            script(
                "x",
                """
                follow_up 'low score' {
                  on = 'feedback', delay = hours(1), where = function(c, event) return event.score <= 3 end,
                  action = function(c, event) ticket { title = 'Unhappy' } end,
                }
                """)
        ])
        let campaign = try host.campaign("low score")
        #expect(
            campaign.isFollowUp && campaign.audience == nil && campaign.delay == 3600 && campaign.reentry == 0
        )
    }

    @Test(
        "a setting that cannot be is an error with the next step",
        arguments: [
            (
                "every = 'dya at 10:00'",
                "'every' of campaign 'x': 'dya at 10:00' is no schedule: unknown word 'dya'"
            ),
            (
                "every = 5",
                "'every' of campaign 'x' takes a schedule such as \"day at 10:00\", got the number 5"
            ),
            (
                "at = '2026-12-01'",
                "'at' of campaign 'x': '2026-12-01' is no date with a time: it ends before a time of day"
            ),
            ("on = 'click', every = 'hour'", "campaign 'x' has 'every' and 'on'"),
            (
                "on = { 'cart', 'x' }",
                "'on' of campaign 'x' takes an event such as \"click\" or { \"tag\", \"VIP\" }, got a table"
            ),
            ("before = { 'birthdy' }", "'before' of campaign 'x' names no date of a customer: 'birthdy'"),
            (
                "before = { 'birthday', hours(5) }",
                "'before' of campaign 'x' takes a span of whole days, got 0.20833333333333334 days"
            ),
            (
                "when = 3",
                "'when' of campaign 'x' takes a segment, { enters = segment.NAME } or { leaves = segment.NAME }, got the number 3"
            ),
            (
                "send_window = { from = '10:00' }",
                "'send_window' of campaign 'x' takes a table such as { from = \"10:00\", to = \"18:00\", weekdays = true }, got one without from and to"
            ),
            (
                "send_window = { from = '10:00', to = '10:00' }",
                "'send_window' of campaign 'x': '10:00 to 10:00' is no time window: it ends when it begins"
            ),
            (
                "variants = { 'a' }",
                "'variants' of campaign 'x' takes weights by name such as { short = 1, long = 3 }, got a list"
            ),
            (
                "variants = { a = 0 }",
                "'variants' of campaign 'x' takes weights by name such as { short = 1, long = 3 }, got the number 0 for 'a'"
            ),
            ("priority = 1.5", "'priority' of campaign 'x' takes a whole number from -1000 to 1000, got 1.5"),
            ("over_cap = 'delay'", "'over_cap' of campaign 'x' takes 'skip', 'defer', 'switch', got 'delay'"),
            ("max_age = -1", "'max_age' of campaign 'x' takes a span such as days(2), got -1"),
            ("limit = 0", "'limit' of campaign 'x' takes a whole number of customers from 1, got 0"),
            ("limit = 2.5", "'limit' of campaign 'x' takes a whole number of customers from 1, got 2.5"),
            ("budget = 0", "'budget' of campaign 'x' takes an amount of money above 0, got 0"),
            ("budget = '5'", "'budget' of campaign 'x' takes a number, got the text '5'"),
            ("best_hour = 10", "'best_hour' of campaign 'x' takes true or false, got the number 10"),
            ("limits = 3", "campaign 'x' has no setting 'limits'"),
        ])
    func errors(_ setting: String, _ expected: String) throws {
        let error = #expect(throws: (any Error).self) { try campaign(setting) }
        #expect((error as? any Diagnosable)?.diagnostic.message == expected)
    }
}
