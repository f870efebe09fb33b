import Catalog
import Store
import TestSupport
import Testing

@testable import Reports

@Suite("Reports of a run")
struct RunReportTests {
    private static let header = RunHeader(
        now: 1_796_086_800, timeZone: "Asia/Shanghai", seed: 7, currency: "CNY", sources: "abc",
        customers: 23_570)

    private func file(
        _ decisions: [Decision], _ campaigns: [RunCampaign], samples: [RunSample] = [],
        problems: [RunProblem] = [],
        header: RunHeader = header
    ) throws -> (RunFile, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let writer = try RunFileWriter(path: folder.path("a.run"))
        for decision in decisions { try writer.record(decision) }
        try writer.finish(header, campaigns, [], samples, problems)
        return (try RunFile(path: folder.path("a.run")), folder)
    }

    private func preview(
        _ decisions: [Decision], _ campaigns: [RunCampaign], samples: [RunSample] = [],
        problems: [RunProblem] = [],
        header: RunHeader = header
    ) throws -> String {
        let (file, folder) = try file(
            decisions, campaigns, samples: samples, problems: problems, header: header)
        return try withExtendedLifetime(folder) {
            TerminalPreview(try RunSummary(file, run: "runs/a.run", masking: .masked)).text()
        }
    }

    private func decisions(
        _ count: Int, _ campaign: String, _ step: String, _ channel: Channel?, _ outcome: Outcome = .sent,
        _ reason: Reason? = nil
    ) -> [Decision] {
        (0..<count).map { number in
            Decision(
                customer: Int64(number + 1), campaign: campaign, step: step, script: "scripts/a.lua:1",
                time: 1_796_086_800,
                localTime: "2026-12-01 09:00:00", channel: channel, address: channel == nil ? nil : "a@x.com",
                outcome: outcome,
                reason: reason)
        }
    }

    private var winBack: [Decision] {
        decisions(2_113, "win-back", "win-back", .email)
            + decisions(412, "win-back", "win-back", .email, .skipped, .noConsent)
            + decisions(297, "win-back", "win-back", .email, .heldOut, .holdout)
            + decisions(37, "win-back", "win-back", .sms, .skipped, .unsubscribed)
            + decisions(12, "win-back", "win-back", nil, .skipped, .noAddress)
            + decisions(3, "win-back", "win-back-reminder", .sms)
            + decisions(1, "win-back", "", nil, .failed, .error)
    }

    @Test("the preview of one campaign, whole")
    func oneCampaign() throws {
        let text = try preview(
            winBack,
            [
                RunCampaign(
                    name: "win-back", description: "A voucher for dormant customers",
                    audience: "dormant - complained",
                    audienceCount: 2_977, silentCount: 106)
            ],
            samples: [
                RunSample(
                    customer: 1042, campaign: "win-back", channel: .email, address: "wangwei@example.com",
                    subject: "张伟, a voucher", body: "<p>Dear 张伟,</p>\n<p>a lot has arrived.</p>",
                    text: "Dear 张伟,\n\na lot has arrived.", fromName: "茶",
                    replyTo: "tea@example.com"),
                RunSample(
                    customer: 9, campaign: "win-back", channel: .sms, address: "13812345678", subject: nil,
                    body: (1...14).map { "line \($0)" }.joined(separator: "\n"), parts: 2),
            ],
            problems: [
                RunProblem(
                    campaign: "win-back", location: "templates/win-back.liquid:3:9",
                    message: "{{ customer.name }} is empty",
                    count: 1_200, customer: 7),
                RunProblem(
                    campaign: "win-back", location: "scripts/win-back.lua:12", message: "no price", count: 1,
                    customer: 9),
            ])
        #expect(
            text == """
                win-back · dry run at Tue 1 Dec 2026 09:00, Asia/Shanghai · seed 7
                A voucher for dormant customers

                Audience
                  23,570  customers                              ████████████████████████
                   2,977  in the audience: dormant - complained  ███
                   2,113  with a message to decide on            ██▏
                   2,113  get 2,116 messages                     ██▏

                Messages
                                             sent  held back
                  win-back           email  2,113        709  412 no consent · 297 holdout
                  win-back           sms        0         37  37 unsubscribed
                  win-back           –          0         12  12 no address
                  win-back-reminder  sms        3          0
                  (journey)          –          0          1  1 error

                Most messages
                  customer 1: 2 · customer 2: 2 · customer 3: 2

                Samples
                  win-back to customer 1042, email w***@example.com
                    │ From: 茶
                    │ Reply to: t***@example.com
                    │ Subject: 张伟, a voucher
                    │ Dear 张伟,
                    │ a lot has arrived.
                  win-back to customer 9, sms 138****5678, 2 parts
                    │ line 1
                    │ line 2
                    │ line 3
                    │ line 4
                    │ line 5
                    │ line 6
                    │ line 7
                    │ line 8
                    │ line 9
                    │ line 10
                    │ line 11
                    │ line 12
                    │ … 2 more lines

                Problems
                  1,200 customers: {{ customer.name }} is empty (templates/win-back.liquid:3:9), such as customer 7
                  1 customer: no price (scripts/win-back.lua:12), such as customer 9

                runs/a.run · d67f15bb

                """)
    }

    @Test("the preview of several campaigns, one with an empty audience, one that asks for nothing")
    func severalCampaigns() throws {
        let text = try preview(
            decisions(1, "birthday", "birthday", .wecom),
            [
                RunCampaign(
                    name: "birthday", description: "", audience: "birthday soon", audienceCount: 1,
                    silentCount: 0),
                RunCampaign(
                    name: "empty", description: "Nobody", audience: "a & (b | c)", audienceCount: 0,
                    silentCount: 0),
                RunCampaign(
                    name: "问卷", description: "", audience: "a function", audienceCount: 12, silentCount: 12),
            ],
            header: RunHeader(
                now: 0, timeZone: "America/New_York", seed: 1, currency: "USD", sources: "", customers: 12))
        #expect(
            text == """
                dry run at Wed 31 Dec 1969 19:00, America/New_York · seed 1

                birthday

                Audience
                  12  customers                       ████████████████████████
                   1  in the audience: birthday soon  ██
                   1  get a message                   ██

                Messages
                                   sent  held back
                  birthday  wecom     1          0

                empty
                Nobody

                Audience
                  12  customers                     ████████████████████████
                   0  in the audience: a & (b | c)

                Messages
                  none: the audience is empty

                问卷

                Audience
                  12  customers                    ████████████████████████
                  12  in the audience: a function  ████████████████████████

                Messages
                  none: the journey asks for no message

                runs/a.run · af377af7

                """)
    }

    @Test("no customers, no campaigns' messages, and a zone that nobody knows")
    func nothing() throws {
        let text = try preview(
            [], [RunCampaign(name: "a", description: "", audience: "b", audienceCount: 0, silentCount: 0)],
            header: RunHeader(
                now: 0, timeZone: "Moon/Base", seed: 1, currency: "CNY", sources: "", customers: 0))
        #expect(
            text == """
                a · dry run at Thu 1 Jan 1970 00:00, Moon/Base · seed 1

                Audience
                  0  customers
                  0  in the audience: b

                Messages
                  none: the audience is empty

                runs/a.run · 540ad3be

                """)
    }

    @Test("of more than ten problems the first ten are shown, and how many more there are")
    func manyProblems() throws {
        let problems = (1...13).map { number in
            RunProblem(
                campaign: "a", location: "scripts/a.lua:\(number)", message: "m\(number)", count: 20 - number,
                customer: 1)
        }
        let lines = try preview(
            [], [RunCampaign(name: "a", description: "", audience: "b", audienceCount: 0, silentCount: 0)],
            problems: problems
        ).split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "Problems"))
        #expect(lines[start + 1] == "  19 customers: m1 (scripts/a.lua:1), such as customer 1")
        #expect(lines[start + 10] == "  10 customers: m10 (scripts/a.lua:10), such as customer 1")
        #expect(lines[(start + 11)...] == ["  … 3 more kinds of problems", "", "runs/a.run · 540ad3be", ""])
    }

    @Test("the summary as JSON, whole")
    func json() throws {
        let (file, folder) = try file(
            decisions(2, "a", "hello", .email) + decisions(1, "a", "hello", nil, .skipped, .noAddress),
            [RunCampaign(name: "a", description: "d", audience: "b - c", audienceCount: 4, silentCount: 1)],
            samples: [
                RunSample(
                    customer: 1, campaign: "a", channel: .email, address: "wang@x.com", subject: nil,
                    body: "<p>\"Hi\"</p>", text: "\"Hi\", wang@x.com", fromName: "Tea",
                    replyTo: "wang@x.com")
            ],
            problems: [RunProblem(campaign: "a", location: "l", message: "m", count: 2, customer: 3)])
        let text = try withExtendedLifetime(folder) {
            try RunSummary(file, run: "runs/a.run", masking: .masked).json()
        }
        #expect(
            text == """
                {
                  "campaigns" : [
                    {
                      "audience" : "b - c",
                      "audience_count" : 4,
                      "calendar" : {
                        "busiest_hour" : {
                          "hour" : "2026-12-01 09:00",
                          "sent" : 2
                        },
                        "days" : [
                          {
                            "day" : "2026-12-01",
                            "sent" : 2
                          }
                        ],
                        "hours" : [
                          {
                            "hour" : "2026-12-01 09:00",
                            "sent" : 2
                          }
                        ]
                      },
                      "channels" : {
                        "email" : 2
                      },
                      "costs" : {

                      },
                      "customers" : 23570,
                      "description" : "d",
                      "entries" : 4,
                      "funnel" : [
                        {
                          "customers" : 23570,
                          "lost" : {

                          },
                          "script" : null,
                          "stage" : "customers",
                          "text" : "",
                          "time" : null
                        },
                        {
                          "customers" : 4,
                          "lost" : {

                          },
                          "script" : null,
                          "stage" : "entered",
                          "text" : "",
                          "time" : null
                        },
                        {
                          "customers" : 2,
                          "lost" : {

                          },
                          "script" : null,
                          "stage" : "asked",
                          "text" : "",
                          "time" : null
                        },
                        {
                          "customers" : 2,
                          "lost" : {

                          },
                          "script" : null,
                          "stage" : "sent",
                          "text" : "",
                          "time" : null
                        }
                      ],
                      "goals" : [

                      ],
                      "held_back" : {
                        "no_address" : 1
                      },
                      "journey" : [

                      ],
                      "moved" : {

                      },
                      "name" : "a",
                      "refused" : 0,
                      "requested" : 3,
                      "responses" : [

                      ],
                      "sent" : 2,
                      "silent_count" : 1,
                      "steps" : [
                        {
                          "channel" : null,
                          "held_back" : {
                            "no_address" : 1
                          },
                          "moved" : {

                          },
                          "requested" : 1,
                          "sent" : 0,
                          "step" : "hello",
                          "waiting" : {

                          }
                        },
                        {
                          "channel" : "email",
                          "held_back" : {

                          },
                          "moved" : {

                          },
                          "requested" : 2,
                          "sent" : 2,
                          "step" : "hello",
                          "waiting" : {

                          }
                        }
                      ],
                      "stops" : [
                        {
                          "count" : 1,
                          "customer" : 1,
                          "held" : false,
                          "reason" : "no_address",
                          "script" : "scripts/a.lua:1",
                          "step" : "hello",
                          "text" : null
                        }
                      ],
                      "variants" : [

                      ],
                      "waiting" : {

                      },
                      "work" : [

                      ]
                    }
                  ],
                  "currency" : "CNY",
                  "days" : 0,
                  "decisions_hash" : "7855f6f1c7947decdc1a7f84c33089bc",
                  "displaced" : [

                  ],
                  "most_messages" : [
                    {
                      "customer" : 1,
                      "messages" : 1
                    },
                    {
                      "customer" : 2,
                      "messages" : 1
                    }
                  ],
                  "now" : "2026-12-01T09:00:00+08:00",
                  "prices" : {

                  },
                  "problems" : [
                    {
                      "campaign" : "a",
                      "count" : 2,
                      "customer" : 3,
                      "location" : "l",
                      "message" : "m"
                    }
                  ],
                  "responses" : "none",
                  "run" : "runs/a.run",
                  "samples" : [
                    {
                      "address" : "w***@x.com",
                      "body" : "<p>\\"Hi\\"</p>",
                      "campaign" : "a",
                      "channel" : "email",
                      "customer" : 1,
                      "from_name" : "Tea",
                      "parts" : null,
                      "preheader" : null,
                      "reply_to" : "w***@x.com",
                      "subject" : null,
                      "text" : "\\"Hi\\", w***@x.com"
                    }
                  ],
                  "sections" : [

                  ],
                  "seed" : 7,
                  "sources" : "abc",
                  "time_zone" : "Asia/Shanghai",
                  "until" : "2026-12-01T09:00:00+08:00"
                }
                """)
    }

    private let odd = Decision(
        customer: 1042, campaign: "win, back", step: "win-back", script: "scripts/a.lua:18",
        time: 1_796_086_800,
        localTime: "2026-12-01 09:00:00", channel: .sms, address: "13812345678", outcome: .sent, reason: nil,
        detail: nil,
        subject: "你好 \"friend\",\nnew line", bodyHash: "00ff", scheduled: 1_796_050_800,
        heldBy: .frequencyCap,
        displacedBy: ["a, b", "c"], variant: "long", parts: 2)
    private let bare = Decision(
        customer: 2, campaign: "a", step: "", script: "scripts/a.lua:1", time: 0, localTime: "", channel: nil,
        address: nil,
        outcome: .failed, reason: .error, detail: "a/b\\c")

    @Test("every decision as a line of JSON, whole")
    func jsonLines() throws {
        let (file, folder) = try file([odd, bare], [])
        var lines: [String] = []
        try withExtendedLifetime(folder) {
            try DecisionExport(file, masking: .masked).writeJSONLines { lines.append($0) }
        }
        #expect(
            lines == [
                #"{"customer":1042,"campaign":"win, back","step":"win-back","script":"scripts/a.lua:18","time":"2026-12-01T01:00:00Z","local_time":"2026-12-01 09:00:00","channel":"sms","address":"138****5678","outcome":"sent","reason":null,"detail":null,"subject":"你好 \"friend\",\nnew line","body_hash":"00ff","scheduled":"2026-11-30T15:00:00Z","held_by":"frequency_cap","displaced_by":["a, b","c"],"variant":"long","parts":2}"#
                    + "\n",
                #"{"customer":2,"campaign":"a","step":"","script":"scripts/a.lua:1","time":"1970-01-01T00:00:00Z","local_time":"","channel":null,"address":null,"outcome":"failed","reason":"error","detail":"a/b\\c","subject":null,"body_hash":null,"scheduled":null,"held_by":null,"displaced_by":[],"variant":null,"parts":null}"#
                    + "\n",
            ])
    }

    @Test("every decision as a CSV record, whole")
    func csv() throws {
        let (file, folder) = try file([odd, bare], [])
        var text = ""
        try withExtendedLifetime(folder) {
            try DecisionExport(file, masking: .revealed).writeCSV { text += $0 }
        }
        #expect(
            text == """
                customer,campaign,step,script,time,local_time,channel,address,outcome,reason,detail,subject,body_hash,scheduled,held_by,displaced_by,variant,parts
                1042,"win, back",win-back,scripts/a.lua:18,2026-12-01T01:00:00Z,2026-12-01 09:00:00,sms,13812345678,sent,,,"你好 ""friend"",
                new line",00ff,2026-11-30T15:00:00Z,frequency_cap,"a, b|c",long,2
                2,a,,scripts/a.lua:1,1970-01-01T00:00:00Z,,,,failed,error,a/b\\c,,,,,,,

                """)
    }
}
