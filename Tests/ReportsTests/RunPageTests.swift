import Catalog
import Foundation
import Store
import TestSupport
import Testing

@testable import Reports

@Suite("The page of a run")
struct RunPageTests {
    private static let now: Int64 = 1_796_086_800

    private func decision(
        _ customer: Int64, _ campaign: String = "tea", _ reason: Reason? = nil, step: String = "hello",
        detail: String? = nil, subject: String? = "Tea for you", at hour: Int64 = 0
    ) -> Decision {
        Decision(
            customer: customer, campaign: campaign, step: step, script: "scripts/tea.lua:3",
            time: Self.now + hour * 3600, localTime: "2026-12-01 09:00:00", channel: .email,
            address: "ann\(customer)@example.com", outcome: reason == nil ? .sent : .skipped, reason: reason,
            detail: detail, subject: reason == nil ? subject : nil)
    }

    private func page(
        _ decisions: [Decision], _ campaigns: [RunCampaign], flow: [RunFlow] = [], samples: [RunSample] = [],
        problems: [RunProblem] = [], events: [RunEvent] = [], days: Int64 = 2, asOf: Int64? = nil,
        scripts: [String: String] = [:]
    ) throws -> (html: String, summary: RunSummary) {
        let folder = try TemporaryFolder()
        let writer = try RunFileWriter(path: folder.path("a.run"), scripts: scripts)
        for decision in decisions { try writer.record(decision) }
        for event in events { try writer.record(event) }
        try writer.finish(
            RunHeader(
                now: Self.now, timeZone: "Asia/Shanghai", seed: 7, currency: "CNY", sources: "abc123",
                customers: 100, until: Self.now + days * 86_400, responses: "all", prices: [.email: 0.5],
                asOf: asOf),
            campaigns, flow, samples, problems)
        let file = try RunFile(path: folder.path("a.run"))
        let summary = try RunSummary(file, run: "runs/a.run", masking: .masked)
        return (try RunPage(file, summary, masking: .masked).html(), summary)
    }

    private static let tea = RunCampaign(
        name: "tea", description: "A cup", audience: "drinkers", audienceCount: 4, silentCount: 1,
        funnel: [
            RunFunnelStage(
                kind: .condition, text: "c.order_count > 0", script: "scripts/tea.lua:1", time: now, count: 5),
            RunFunnelStage(kind: .audience, text: "drinkers", time: now, count: 5),
        ],
        goals: [
            RunGoal(isHeldOut: false, journeys: 3, met: 2), RunGoal(isHeldOut: true, journeys: 1, met: 0),
        ])

    private static let script = """
        local drinks = 1
        local journey = function(c)
          send { template = "hello" }
          wait(days(1))
        end
        """

    private func teaPage() throws -> (html: String, summary: RunSummary) {
        try page(
            [decision(1), decision(2, at: 26), decision(3, "tea", .noConsent)], [Self.tea],
            flow: [
                RunFlow(
                    campaign: "tea", source: nil, answer: "", target: "scripts/tea.lua:3", word: "send",
                    count: 4),
                RunFlow(
                    campaign: "tea", source: "scripts/tea.lua:3", answer: "sent", target: "scripts/tea.lua:4",
                    word: "wait", count: 3),
                RunFlow(
                    campaign: "tea", source: "scripts/tea.lua:3", answer: "not sent",
                    target: "scripts/tea.lua:3", word: "send", count: 1),
                RunFlow(
                    campaign: "tea", source: "scripts/tea.lua:4", answer: "", target: nil, word: "end",
                    count: 3),
            ],
            samples: [
                RunSample(
                    customer: 1, campaign: "tea", channel: .email, address: "ann@example.com",
                    subject: "Tea for you", preheader: "Hot", body: "<p>A \"cup\" & more</p>",
                    text: "A \"cup\" & more", fromName: "Tea House"),
                RunSample(
                    customer: 2, campaign: "tea", channel: .sms, address: "13812345678", subject: nil,
                    body: "A cup", parts: 2),
            ],
            problems: [
                RunProblem(
                    campaign: "tea", location: "templates/hello.liquid:3:9", message: "{{ name }} is empty",
                    count: 2, customer: 1)
            ],
            events: [
                RunEvent(customer: 1, campaign: "tea", time: Self.now + 60, word: "open", subject: "hello"),
                RunEvent(
                    customer: 1, campaign: "tea", time: Self.now + 90, word: "task",
                    script: "scripts/tea.lua:4", subject: "Call", owner: "Li", due: Self.now + 900, place: 1),
            ], scripts: ["scripts/tea.lua": Self.script])
    }

    @Test("the page of a small run, whole but for its style and its script")
    func whole() throws {
        let html = try teaPage().html
        let start = try #require(html.range(of: "<body>"))
        let end = try #require(html.range(of: "<script nonce", range: start.upperBound..<html.endIndex))
        try expectGolden(String(html[start.lowerBound..<end.lowerBound]), "reports/run-page.html")
    }

    @Test("the page says since when the past is replayed, and counts refusals where there are some")
    func refusals() throws {
        let html = try page(
            [decision(1), decision(2)], [Self.tea],
            events: [
                RunEvent(
                    customer: 2, campaign: "tea", time: Self.now + 60, word: "bounce", subject: "hello")
            ], asOf: Self.now - 86_400
        ).html
        #expect(html.contains("<dt>Past</dt><dd>replayed since Mon 30 Nov 2026 09:00</dd>"))
        let start = try #require(html.range(of: "What people do with the messages"))
        let end = try #require(html.range(of: "</table>", range: start.upperBound..<html.endIndex))
        #expect(
            html[start.upperBound..<end.lowerBound].matches(of: /class="number">([^<]*)</).map(\.1) == [
                "sent", "opened", "clicked", "ordered", "bounced", "2", "0", "0", "0", "1 (50 %)",
            ])
    }

    @Test("the page asks nobody for anything, and only its own script may run")
    func selfContained() throws {
        let html = try teaPage().html
        let policy = """
            content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-abc123'; img-src data:; \
            font-src data:; base-uri 'none'; form-action 'none'"
            """
        #expect(html.contains(policy))
        #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("url(h"))
        #expect(html.components(separatedBy: "<script").count == 3)
    }

    private static let hostile =
        "</script><script>document.title='x'</script>\"'&<img src=x onerror=alert(1)>"

    /// A page in which every text is the same.
    private func page(named name: String) throws -> String {
        try page(
            [
                decision(1, name, subject: name), decision(2, name, .aborted, step: name, detail: name),
                decision(3, name, .noConsent),
            ],
            [
                RunCampaign(
                    name: name, description: name, audience: name, audienceCount: 3, silentCount: 0,
                    funnel: [RunFunnelStage(kind: .condition, text: name, script: name, time: 0, count: 3)])
            ],
            flow: [
                RunFlow(campaign: name, source: nil, answer: name, target: name, word: name, count: 1),
                RunFlow(campaign: name, source: name, answer: name, target: nil, word: name, count: 1),
            ],
            samples: [
                RunSample(
                    customer: 1, campaign: name, channel: .email, address: name, subject: name,
                    preheader: name, body: name, text: name, fromName: name, replyTo: name)
            ],
            problems: [RunProblem(campaign: name, location: name, message: name, count: 1, customer: 1)],
            events: [
                RunEvent(
                    customer: 1, campaign: name, time: Self.now, word: "task", script: name, subject: name,
                    owner: name)
            ]
        ).html
    }

    @Test("names that are HTML are shown and do nothing")
    func hostileNames() throws {
        let html = try page(named: Self.hostile)
        #expect(html.components(separatedBy: "<script").count == 3)
        #expect(html.components(separatedBy: "</script").count == 3)
        #expect(!html.contains("<img"))
    }

    @Test("in a browser, names that are HTML do nothing", .enabled(if: Browser.path != nil, "needs Chromium"))
    func hostileNamesInBrowser() throws {
        let opened = try Browser.open(page(named: Self.hostile), at: "q=no+consent")
        let title = try #require(opened.document.firstMatch(of: #/<title>(.*?)</title>/#))
        #expect(title.1.hasSuffix(" · dry run"))
        #expect(opened.document.contains(">1 of 3 decisions</p>"))
        // The mail in its frame is refused its script.
        #expect(opened.console.allSatisfy { $0.contains("about:srcdoc") })
    }

    @Test(
        "in a browser, the page is no wider than a phone, whatever it tells",
        .enabled(if: Browser.path != nil, "needs Chromium"))
    func phone() throws {
        let pages = [try teaPage().html, try page(named: String(repeating: "wide", count: 60))]
        for page in pages {
            let text = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
            let opened = try Browser.open(
                """
                <iframe style="width: 390px; height: 800px; border: 0" srcdoc="\(text)"></iframe><p id="width"></p>
                <script>
                const frame = document.querySelector("iframe");
                frame.onload = () => {
                  document.getElementById("width").textContent = frame.contentDocument.documentElement.scrollWidth;
                };
                </script>
                """)
            let width = try #require(opened.document.firstMatch(of: #/<p id="width">(\d+)</p>/#))
            #expect(Int(width.1).map { $0 > 300 && $0 <= 390 } == true, "\(width.1)")
        }
    }

    @Test(
        "in a browser, the address says what is searched, sorted and shown",
        .enabled(if: Browser.path != nil, "needs Chromium"),
        arguments: [
            ("", "120 decisions", "1", "1 of 3"),
            ("q=customer:17", "1 of 120 decisions", "17", nil),
            ("q=tea+reason:no_consent", "40 of 120 decisions", "3", nil),
            ("q=\"Tea for you\"", "80 of 120 decisions", "1", "1 of 2"),
            ("q=unknown:word", "0 of 120 decisions", nil, nil),
            ("sort=-customer&page=2", "120 decisions", "70", "2 of 3"),
            ("page=99", "120 decisions", "101", "3 of 3"),
            ("decisions", "120 decisions", "1", "1 of 3"),
        ])
    func search(_ place: String, _ found: String, _ first: String?, _ page: String?) throws {
        let decisions = (1...120).map { decision($0, "tea", $0 % 3 == 0 ? .noConsent : nil) }
        let opened = try Browser.open(self.page(decisions, [Self.tea]).html, at: place)
        #expect(opened.console == [])
        #expect(opened.document.contains("aria-live=\"polite\">\(found)</p>"))
        let row = opened.document.firstMatch(of: #/<tbody><tr><td data-label="Customer">(\d+)/#)
        #expect(row.map { String($0.1) } == first)
        let pages = try #require(
            opened.document.firstMatch(of: #/<nav class="pages"(.*?)>.*?<span>(.*?)<//#.dotMatchesNewlines()))
        #expect(pages.1.contains("hidden") == (page == nil))
        if let page { #expect(pages.2 == page) }
    }

    @Test("the numbers of the page are those of the summary and of the run file")
    func numbers() throws {
        let (html, summary) = try teaPage()
        let campaign = summary.campaigns[0]
        let rows = html.matches(of: #/<tr><td class="number">([\d,]+)</td><th scope="row">/#).map {
            Int($0.1)
        }
        #expect(
            rows == campaign.funnelLines(days: summary.days).map(\.count) + campaign.stops.map(\.count))
        let data = try #require(html.firstMatch(of: #/id="data">(.*?)</script>/#))
        let table = try #require(
            try JSONSerialization.jsonObject(with: Data(data.1.utf8)) as? [String: Any])
        #expect((table["rows"] as? [[Any]])?.count == campaign.requested)
        #expect(table["total"] as? Int == 3)
        let keys = html.matches(of: #/<dt>([^<]*?)(?: <small>.*?</small>)?</dt><dd>([^<]*)</dd>/#).map {
            "\($0.1) \($0.2)"
        }
        #expect(
            keys.drop { $0 != "journeys 4" }.prefix(9) == [
                "journeys 4", "messages to send 2", "held back 1", "opened 1", "clicked 0", "ordered 0",
                "cost ¥1.00", "tasks and tickets 1", "kinds of problems 1",
            ])
    }

    @Test("of many decisions a page has whole customers, some of each kind, and those whom it names")
    func sample() throws {
        let folder = try TemporaryFolder()
        let writer = try RunFileWriter(path: folder.path("a.run"))
        for customer in Int64(1)...3000 {
            for step in ["a", "b", "c"] { try writer.record(decision(customer, step: step)) }
            if customer > 2990 { try writer.record(decision(customer, "tea", .complaint)) }
        }
        try writer.finish(
            RunHeader(
                now: Self.now, timeZone: "Asia/Shanghai", seed: 7, currency: "CNY", sources: "abc",
                customers: 3000), [Self.tea], [], [], [])
        let file = try RunFile(path: folder.path("a.run"))
        let named = Set<Int64>([5, 2222])
        let sample = try DecisionSample(file, limit: 600, named: named, masking: .masked)
        #expect(sample.total == 9010)
        #expect((590...630).contains(sample.decisions.count))
        #expect(sample.decisions.count { $0.reason == .complaint } >= 3)
        let counts = Dictionary(grouping: sample.decisions, by: \.customer).mapValues(\.count)
        #expect(named.allSatisfy { counts[$0] == 3 })
        #expect(counts.values.count { $0 < 3 } <= 6)
        let all = try DecisionSample(file, limit: 9010, named: [], masking: .masked)
        #expect(all.decisions.count == 9010)
        #expect(try DecisionSample(file, limit: 0, named: [], masking: .masked).decisions.count == 12)
    }

    @Test("the page of a run of which nothing is known")
    func empty() throws {
        let campaign = RunCampaign(
            name: "a", description: "", audience: "b", audienceCount: 0, silentCount: 0)
        let html = try page([], [campaign], days: 0).html
        #expect(html.contains("<p>No message is sent.</p>"))
        #expect(!html.contains("<figure"))
    }
}
