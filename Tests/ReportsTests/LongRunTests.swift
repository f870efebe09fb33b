import Catalog
import Store
import TestSupport
import Testing

@testable import Reports

/// A run of five days from Tuesday 1 December 2026, 09:00 in Shanghai.
@Suite("Reports of a run over days")
struct LongRunTests {
    private static let start: Int64 = 1_796_086_800
    private let folder: TemporaryFolder
    private let file: RunFile

    private static let script = """
        campaign "wake" {
          journey = function(c)
            send { template = "wake" }  -- by any channel
            if wait_for("click", days(2)) then
              task { title = "Call",
                     owner = c.owner }
            else
              send { template = "last", channel = "sms" }
            end
          end,
        }
        """

    private static func at(_ day: Int64, _ hour: Int64) -> Int64 { start + day * 86_400 + (hour - 9) * 3600 }

    init() throws {
        folder = try TemporaryFolder()
        let writer = try RunFileWriter(
            path: folder.path("a.run"), scripts: ["scripts/wake.lua": Self.script])
        for decision in Self.decisions { try writer.record(decision) }
        for event in Self.events { try writer.record(event) }
        try writer.finish(
            RunHeader(
                now: Self.start, timeZone: "Asia/Shanghai", seed: 7, currency: "CNY", sources: "abc",
                customers: 20, until: Self.start + 5 * 86_400, responses: "open=0.25,click=0.04,buy=0.01",
                prices: [.email: 0.001, .sms: 0.05]),
            [
                RunCampaign(
                    name: "clicked", description: "", audience: "everybody", hasAudience: false,
                    audienceCount: 0,
                    silentCount: 0),
                RunCampaign(
                    name: "news", description: "", audience: "everyone", audienceCount: 2, silentCount: 0),
                RunCampaign(
                    name: "wake", description: "One voucher", audience: "dormant", audienceCount: 4,
                    silentCount: 0,
                    goals: [
                        RunGoal(variant: "long", isHeldOut: false, journeys: 1200, met: 150),
                        RunGoal(variant: "long", isHeldOut: true, journeys: 130, met: 17),
                        RunGoal(variant: "short", isHeldOut: false, journeys: 1150, met: 161),
                    ]),
            ], Self.flow, [], [])
        file = try RunFile(path: folder.path("a.run"))
    }

    private static func decision(
        _ customer: Int64, _ day: Int64, _ hour: Int64, _ step: String, _ line: Int,
        _ channel: Channel? = .email,
        place: Int, _ outcome: Outcome = .sent, _ reason: Reason? = nil
    ) -> Decision {
        Decision(
            customer: customer, campaign: step == "news" ? "news" : "wake", step: step,
            script: "scripts/wake.lua:\(line)", time: at(day, hour),
            localTime: "2026-12-0\(day + 1) \(hour < 10 ? "0" : "")\(hour):00:00", channel: channel,
            address: channel == .email
                ? "wang\(customer)@example.com" : channel == .sms ? "13812345678" : nil,
            outcome: outcome, reason: reason, subject: outcome == .sent && channel == .email ? "Hi" : nil,
            variant: step == "news" ? nil : customer.isMultiple(of: 2) ? "long" : "short", place: place)
    }

    private static var decisions: [Decision] {
        var moved = decision(2, 1, 10, "wake", 3, place: 2)
        moved.scheduled = at(0, 10)
        moved.heldBy = .quietHours
        moved.displacedBy = ["news"]
        var lost = decision(3, 0, 10, "wake", 3, place: 2, .skipped, .frequencyCap)
        lost.displacedBy = ["news", "wake"]
        var held = decision(4, 4, 10, "wake", 3, place: 1, .held, .sendWindow)
        held.localTime = "2026-12-05 03:00:00"
        var text = decision(1, 2, 10, "last", 8, .sms, place: 4)
        text.parts = 3
        return [
            decision(1, 0, 10, "wake", 3, place: 1), text,
            decision(2, 0, 9, "news", 20, place: 1), moved,
            decision(3, 0, 9, "news", 20, place: 1), lost, held,
            decision(5, 2, 10, "last", 8, nil, place: 1, .skipped, .noAddress),
        ]
    }

    private static var events: [RunEvent] {
        func event(
            _ customer: Int64, _ day: Int64, _ hour: Int64, _ word: String, place: Int, line: Int? = nil,
            _ subject: String? = nil, _ owner: String? = nil, due: Int64? = nil, campaign: String = "wake"
        ) -> RunEvent {
            RunEvent(
                customer: customer, campaign: campaign, time: at(day, hour), word: word,
                script: line.map { "scripts/wake.lua:\($0)" }, subject: subject, owner: owner, due: due,
                place: place)
        }
        return [
            event(1, 0, 10, "enter", place: 0), event(1, 0, 12, "open", place: 1, "wake"),
            event(1, 1, 12, "order", place: 2, "wake"),
            event(1, 2, 10, "note", place: 3, line: 8, "wang@example.com"),
            event(2, 0, 9, "enter", place: 0, campaign: "news"), event(2, 0, 10, "enter", place: 1),
            event(2, 1, 12, "open", place: 2, "wake"), event(2, 1, 13, "click", place: 3, "wake"),
            event(2, 1, 13, "task", place: 4, line: 5, "Call", "张经理", due: at(2, 13)),
            event(2, 1, 13, "pause", place: 5, line: 5, due: at(60, 13)),
            event(2, 3, 9, "goal", place: 6), event(3, 1, 13, "task", place: 2, line: 5, "Call", "张经理"),
            event(3, 2, 13, "task", place: 3, line: 5, "Call", "张经理"),
            event(3, 2, 14, "ticket", place: 4, line: 5, "Angry"),
            event(3, 2, 15, "exit", place: 5, line: 5, "bought elsewhere"),
            event(5, 0, 10, "limit", place: 0, "1500", campaign: "news"),
        ]
    }

    private static var flow: [RunFlow] {
        func flow(_ source: Int?, _ answer: String, _ target: Int?, _ word: String, _ count: Int) -> RunFlow {
            RunFlow(
                campaign: "wake", source: source.map { "scripts/wake.lua:\($0)" }, answer: answer,
                target: target.map { "scripts/wake.lua:\($0)" }, word: word, count: count)
        }
        return [
            flow(nil, "", 3, "send", 5), flow(3, "sent", 4, "wait_for", 2),
            flow(3, "not sent", 4, "wait_for", 2),
            flow(3, "", nil, "under way", 1), flow(4, "click", 5, "task", 1),
            flow(4, "nothing", 8, "send", 2),
            flow(4, "nothing", nil, "goal", 1), flow(5, "", nil, "end", 1), flow(8, "sent", nil, "end", 1),
            flow(8, "not sent", nil, "end", 1),
        ]
    }

    private func golden(_ name: String, _ text: String) throws {
        try withExtendedLifetime(folder) { try expectGolden(text, "reports/\(name)") }
    }

    @Test("the preview, whole")
    func preview() throws {
        let summary = try RunSummary(file, run: "runs/a.run", masking: .masked)
        try golden("run-of-days.txt", TerminalPreview(summary).text())
    }

    @Test("the preview in a terminal of 60 cells")
    func narrow() throws {
        let summary = try RunSummary(file, run: "runs/a.run", masking: .masked)
        try golden("run-of-days-narrow.txt", TerminalPreview(summary, width: 60).text())
    }

    @Test("the summary as JSON, whole")
    func json() throws {
        try golden(
            "run-of-days.json", try RunSummary(file, run: "runs/a.run", masking: .masked).json() + "\n")
    }

    @Test("the story of a customer, in one campaign and in all", arguments: [1, 2, 3, 4, 5])
    func story(_ customer: Int64) throws {
        let all = try CustomerStory(file, of: customer, in: nil, run: "runs/a.run", masking: .masked)
        let one = try CustomerStory(file, of: customer, in: "wake", run: "runs/a.run", masking: .revealed)
        try golden("story-\(customer).txt", all.text() + "\n" + one.text(width: 60))
    }

    @Test("the story as JSON, whole")
    func storyJSON() throws {
        let story = try CustomerStory(file, of: 2, in: "wake", run: "runs/a.run", masking: .masked)
        try golden("story.json", try story.json() + "\n")
    }

    @Test("the story of somebody of whom the run says nothing leads on")
    func absent() throws {
        let all = try CustomerStory(file, of: 9, in: nil, run: "runs/a.run", masking: .masked)
        #expect(all.isEmpty)
        #expect(
            all.text() == """
                customer 9 in runs/a.run
                dry run of 5 days from Tue 1 Dec 2026 09:00, Asia/Shanghai · seed 7 · open 25 %, click 4 %, buy 1 %

                They were never in the audience of a campaign of this run. Why not, says:
                  moonletter explain news --customer 9 --now "2026-12-01 09:00"
                  moonletter explain wake --customer 9 --now "2026-12-01 09:00"

                """)
        let one = try CustomerStory(file, of: 9, in: "wake", run: "runs/a.run", masking: .masked)
        #expect(
            one.text().hasSuffix(
                """

                They were never in the audience of wake. Why not, says:
                  moonletter explain wake --customer 9 --now "2026-12-01 09:00"

                """))
        let none = try CustomerStory(file, of: 9, in: "clicked", run: "runs/a.run", masking: .masked)
        #expect(
            none.text().hasSuffix(
                "\n\nThey never entered clicked, a follow-up: what it follows did not happen.\n"))
    }
}
