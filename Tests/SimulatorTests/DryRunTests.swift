import Catalog
import Diagnostics
import Foundation
import Rules
import Simulator
import Store
import TestSupport
import Testing

@Suite("A dry run")
struct DryRunTests {
    @Test("a customer gets one decision for each send that the journey reaches")
    func onePerSend() throws {
        let run = try Bench(reachable(1...3)).run(
            greeting(
                journey:
                    "if c.id == 1 then return end send { template = \"hello\" } if c.id == 3 then send { template = \"more\", channel = \"sms\" } end"
            ))
        #expect(run.lines == ["2 hello email sent", "3 hello email sent", "3 more sms sent"])
        #expect(
            run.campaigns == [
                RunCampaign(
                    name: "greeting", description: "", audience: "a function", audienceCount: 3,
                    silentCount: 1,
                    funnel: [
                        RunFunnelStage(
                            kind: .condition, text: "true", script: "scripts/x.lua:2", time: 1_796_086_800,
                            count: 3),
                        RunFunnelStage(kind: .audience, text: "a function", time: 1_796_086_800, count: 3),
                    ])
            ])
    }

    @Test("a decision says who, what, where, when and why")
    func wholeDecision() throws {
        let bench = try Bench(
            reachable(1...1) + "UPDATE customers SET time_zone = 'Europe/Berlin', email = 'C1@Example.com'")
        let run = try bench.run(greeting())
        #expect(
            run.decisions == [
                Decision(
                    customer: 1, campaign: "greeting", step: "hello", script: "scripts/x.lua:3",
                    time: Bench.now,
                    localTime: "2026-12-01 02:00:00", channel: .email, address: "c1@example.com",
                    outcome: .sent,
                    subject: "Hello", bodyHash: run.decisions.first?.bodyHash, place: 1)
            ])
        #expect(run.decisions.first?.bodyHash?.count == 32)
        #expect(
            run.samples == [
                RunSample(
                    customer: 1, campaign: "greeting", channel: .email, address: "c1@example.com",
                    subject: "Hello",
                    body: "Hello N1", text: "Hello N1")
            ])
        #expect(
            run.header
                == RunHeader(
                    now: Bench.now, timeZone: "Asia/Shanghai", seed: 1, currency: "CNY", sources: "s",
                    customers: 1))
    }

    @Test(
        "the preferred channel comes first, then those the campaign allows that have a template and an address",
        arguments: [
            ("", "preferred_channel = NULL", "email"), ("", "preferred_channel = 'sms'", "sms"),
            ("", "preferred_channel = 'sms', phone = NULL", "email"), ("", "email = 'broken'", "sms"),
            ("", "email = NULL, phone = '1'", "wecom"),
            ("", "email = NULL, phone = NULL, wecom_id = ''", "–"),
            ("channels = { 'sms', 'email' },", "preferred_channel = NULL", "sms"),
            ("channels = { 'sms', 'email' },", "preferred_channel = 'wecom'", "sms"),
            ("channels = { 'email' },", "preferred_channel = 'sms'", "email"),
            ("channels = { 'email' },", "email = NULL", "–"),
        ])
    func channels(_ settings: String, _ change: String, _ expected: String) throws {
        let run = try Bench(reachable(1...1) + "UPDATE customers SET \(change);").run(greeting(settings))
        #expect(run.lines == [expected == "–" ? "1 hello – skipped no_address" : "1 hello \(expected) sent"])
    }

    @Test("the workspace's channels and their order hold where the campaign names none")
    func workspaceChannels() throws {
        let bench = try Bench(reachable(1...1))
        #expect(try bench.run(greeting(), channels: [.wecom, .email]).lines == ["1 hello wecom sent"])
        #expect(try bench.run(greeting(), channels: []).lines == ["1 hello – skipped no_address"])
        #expect(
            try bench.run(greeting(journey: "send { template = 'more' }"), channels: [.wecom]).lines == [
                "1 more – skipped no_address"
            ])
    }

    @Test("a channel that the script names is the only one tried")
    func namedChannel() throws {
        let run = try Bench(reachable(1...1) + "UPDATE customers SET phone = NULL;").run(
            greeting(
                journey:
                    "send { template = 'hello', channel = 'sms' } send { template = 'hello', channel = 'wecom' }"
            ))
        #expect(run.lines == ["1 hello – skipped no_address", "1 hello wecom sent"])
    }

    /// What stops a message, in the order of the gates; each is one change to a customer who is reachable.
    private static let gates: [(change: String, settings: String, reason: Reason, transactional: Bool)] = [
        ("UPDATE customers SET erased_at = 1;", "", .erased, true),
        ("", "goal = function(c) return c.id > 0 end,", .goalMet, true),
        ("", "exit_when = function(c) return c.id > 0 end,", .exitRule, true),
        ("UPDATE customers SET email = NULL, phone = NULL, wecom_id = NULL;", "", .noAddress, true),
        (
            "INSERT INTO suppressions VALUES ('email', 'c1@example.com', 'manual', NULL);", "", .suppressed,
            true
        ),
        (
            "INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (1, 'email', 'withdrawn', 20);",
            "", .consentWithdrawn, false
        ),
        ("", "holdout = 1,", .holdout, false),
        (
            "INSERT INTO messages (customer_id, campaign, step, channel, address, sent_at) VALUES (1, 'greeting', 'hello', 'email', 'c1@example.com', 500);",
            "", .duplicate, true
        ),
    ]

    @Test("of all gates that stop a message, the first is the reason", arguments: 0..<8, [false, true])
    func order(_ first: Int, _ transactional: Bool) throws {
        // Every gate from `first` on would stop the message.
        let active = Self.gates[first...]
        // An address that is not there cannot be tried at the later gates, which is the order too.
        let bench = try Bench(reachable(1...1) + active.map(\.change).joined(separator: "\n"))
        let settings =
            active.map(\.settings).joined(separator: "\n") + (transactional ? "kind = 'transactional'," : "")
        let expected = active.first { !transactional || $0.transactional }
        let run = try bench.run(greeting(settings))
        #expect(run.decisions.map(\.reason) == [expected?.reason])
        #expect(
            run.decisions.map(\.outcome) == [
                expected.map { gate in
                    switch gate.reason {
                    case .erased, .goalMet, .exitRule: .exited
                    case .holdout: .heldOut
                    default: .skipped
                    }
                } ?? .sent
            ])
    }

    @Test(
        "each gate alone stops a message, but consent and holdout no transactional one",
        arguments: 0..<8, [false, true])
    func gates(_ index: Int, _ transactional: Bool) throws {
        let gate = Self.gates[index]
        let run = try Bench(reachable(1...1) + gate.change).run(
            greeting(gate.settings + (transactional ? "kind = 'transactional'," : "")))
        #expect(run.decisions.map(\.reason) == [transactional && !gate.transactional ? nil : gate.reason])
    }

    @Test(
        "an address that bounced, complained or is on the list is not written to",
        arguments: [
            ("INSERT INTO suppressions VALUES ('email', 'c1@example.com', 'hard_bounce', NULL)", .hardBounce),
            ("INSERT INTO suppressions VALUES ('email', 'c1@example.com', 'complaint', 5)", .complaint),
            (
                "INSERT INTO suppressions VALUES ('email', 'c1@example.com', 'unsubscribe', NULL)",
                .unsubscribed
            ),
            ("INSERT INTO suppressions VALUES ('email', 'c1@example.com', 'manual', \(Bench.now + 1))", nil),
            ("INSERT INTO suppressions VALUES ('sms', 'c1@example.com', 'manual', NULL)", nil),
            (event("hard_bounce", 900), .hardBounce), (event("complaint", 900), .complaint),
            (event("soft_bounce", 900), nil),
            (event("unsubscribe", 900), .unsubscribed), (event("unsubscribe", 9), nil),
            (event("hard_bounce", Bench.now + 1), nil),
        ] as [(String, Reason?)])
    func suppressions(_ sql: String, _ expected: Reason?) throws {
        #expect(try Bench(reachable(1...1) + sql).run(greeting()).decisions.map(\.reason) == [expected])
    }

    private static func event(_ type: String, _ time: Int64) -> String {
        """
        INSERT INTO messages (id, customer_id, channel, address, sent_at) VALUES (1, 1, 'email', 'c1@example.com', 5);
        INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (1, 1, '\(type)', \(time));
        """
    }

    // MARK: Holdout

    @Test(
        "those held out would have been sent: their journey ends, and nothing of theirs is a sample or a problem"
    )
    func heldOut() throws {
        let run = try Bench(
            reachable(1...2)
                + "INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (2, 'email', 'withdrawn', 20);"
        ).run(
            greeting(
                "holdout = 1,",
                journey:
                    "send { template = 'hello', channel = 'email' } send { template = 'more', channel = 'sms' }"
            ))
        // The second is stopped by consent first and held out where a message would have gone.
        #expect(
            run.lines == [
                "1 hello email held_out holdout", "2 hello email skipped consent_withdrawn",
                "2 more sms held_out holdout",
            ])
        #expect(run.samples.isEmpty && run.problems.isEmpty)
        #expect(run.decisions.first?.subject == "Hello")
    }

    @Test("people who share an address, directly or through others, fall on the same side")
    func households() throws {
        // 1–2 by e-mail, 2–3 by phone, 3–4 by WeCom: one person. The rest are alone.
        let shared = """
            UPDATE customers SET email = 'A@x.com' WHERE id = 1; UPDATE customers SET email = 'a@X.com' WHERE id = 2;
            UPDATE customers SET phone = '13899999999' WHERE id IN (2, 3);
            UPDATE customers SET wecom_id = 'same' WHERE id IN (3, 4);
            """
        let bench = try Bench(reachable(1...24) + shared)
        var sides: Set<Bool> = []
        for seed in UInt64(1)...20 {
            let run = try bench.run(greeting("holdout = 0.5,"), seed: seed)
            let outcomes = run.decisions.filter { $0.customer <= 4 }.map { $0.outcome == .heldOut }
            #expect(outcomes.count == 4 && Set(outcomes).count == 1, "seed \(seed)")
            sides.formUnion(outcomes)
        }
        #expect(sides == [false, true])
    }

    @Test("a person is held out whatever the audience they are in")
    func sameSide() throws {
        let bench = try Bench(reachable(1...200))
        func heldOut(_ audience: String) throws -> Set<Int64> {
            let script =
                "campaign 'greeting' { audience = function(c) return \(audience) end, holdout = 0.3, journey = function(c) send { template = 'hello' } end }"
            return Set(try bench.run(script).decisions.filter { $0.outcome == .heldOut }.map(\.customer))
        }
        let all = try heldOut("true")
        #expect(try heldOut("c.id > 100") == all.filter { $0 > 100 })
        #expect(try heldOut("c.id % 2 == 0") == all.filter { $0 % 2 == 0 })
    }

    // MARK: Duplicates

    @Test(
        "a step that went to the address, or to the customer without one, is not repeated before its time",
        arguments: [
            ("1, 'greeting', 'hello', 'c1@example.com', 500", "", true),
            ("9, 'greeting', 'hello', 'c1@example.com', 500", "", true),
            ("1, 'greeting', 'hello', NULL, 500", "", true), ("9, 'greeting', 'hello', NULL, 500", "", false),
            ("1, 'greeting', NULL, 'c1@example.com', 500", "", true),
            ("1, 'greeting', 'other', 'c1@example.com', 500", "", false),
            ("1, 'other', 'hello', 'c1@example.com', 500", "", false),
            ("1, 'greeting', 'hello', 'old@example.com', 500", "", false),
            ("1, 'greeting', 'hello', 'c1@example.com', \(Bench.now + 1)", "", false),
            ("1, 'greeting', 'hello', 'c1@example.com', \(Bench.now - 99)", "reentry = 100,", true),
            ("1, 'greeting', 'hello', 'c1@example.com', \(Bench.now - 101)", "reentry = 100,", false),
            ("1, 'greeting', 'hello', 'c1@example.com', \(Bench.now - 1)", "reentry = 0,", false),
        ])
    func duplicates(_ message: String, _ settings: String, _ stopped: Bool) throws {
        let parts = message.split(separator: ", ")
        let bench = try Bench(
            reachable(1...1) + "INSERT INTO customers (id) VALUES (9);"
                + "INSERT INTO messages (customer_id, campaign, step, channel, address, sent_at) VALUES (\(parts[0]), \(parts[1]), \(parts[2]), 'email', \(parts[3]), \(parts[4]));"
        )
        let run = try bench.run(greeting(settings))
        #expect(run.lines.first == (stopped ? "1 hello email skipped duplicate" : "1 hello email sent"))
    }

    @Test("two records with one address get a step once in a run")
    func sharedAddress() throws {
        let run = try Bench(
            reachable(1...3) + "UPDATE customers SET email = 'Same@x.com' WHERE id IN (1, 3);"
        ).run(greeting())
        #expect(run.lines == ["1 hello email sent", "2 hello email sent", "3 hello email skipped duplicate"])
    }

    @Test("the same template twice in one journey goes once to an address")
    func twice() throws {
        let journey =
            "send { template = 'hello' } send { template = 'hello' } send { template = 'hello', channel = 'sms' }"
        let run = try Bench(reachable(1...1)).run(greeting(journey: journey))
        #expect(run.lines == ["1 hello email sent", "1 hello email skipped duplicate", "1 hello sms sent"])
        let transactional = try Bench(reachable(1...1)).run(
            greeting("kind = 'transactional',", journey: journey))
        #expect(
            transactional.lines == [
                "1 hello email sent", "1 hello email skipped duplicate", "1 hello sms sent",
            ])
    }

    // MARK: Ends and errors

    @Test(
        "a met goal ends the journey: what it would have asked for later is no decision, nor is its later error"
    )
    func exits() throws {
        let run = try Bench(reachable(1...2)).run(
            greeting(
                "goal = function(c, entered_at) return c.id == 1 and entered_at == now() end,",
                journey: "send { template = 'hello' } send { template = 'more' } error('late')"))
        #expect(
            run.lines == [
                "1 hello – exited goal_met", "2 hello email sent", "2 more email sent", "2 – failed error",
            ])
    }

    @Test("erased customers are not asked for their goal")
    func erasedFirst() throws {
        let run = try Bench("INSERT INTO customers (id, erased_at) VALUES (1, 5)").run(
            greeting("goal = function(c) error('asked') end,"))
        #expect(run.lines == ["1 hello – exited erased"])
        #expect(run.problems.isEmpty)
    }

    @Test("errors of content, template, journey and goal are decisions and problems, and the others go on")
    func errors() throws {
        let bench = try Bench(reachable(1...4) + "UPDATE customers SET city = 'x' WHERE id = 1;")
        let content = try bench.run(
            greeting(
                "content = function(c) if c.id % 2 == 0 then return { a = 'x' .. c.city } end end,",
                journey: "send { template = 'hello' } send { template = 'more' }"))
        #expect(
            content.lines == [
                "1 hello email sent", "1 more email sent", "2 hello email failed error",
                "2 more email failed error",
                "3 hello email sent", "3 more email sent", "4 hello email failed error",
                "4 more email failed error",
            ])
        #expect(
            content.problems == [
                RunProblem(
                    campaign: "greeting", location: "scripts/x.lua:4:69",
                    message: "attempt to concatenate a nil value (field 'c.city')", count: 2, customer: 2)
            ])
        let journey = try bench.run(
            greeting(journey: "send { template = 'hello' } if c.id == 2 then send { template = 'helo' } end"))
        #expect(
            journey.lines == [
                "1 hello email sent", "2 hello email sent", "2 – failed error", "3 hello email sent",
                "4 hello email sent",
            ])
        #expect(
            journey.decisions[2].detail == "scripts/x.lua:3:90: unknown template 'helo'"
                && journey.problems.map(\.message) == ["unknown template 'helo'"])
        let goal = try bench.run(greeting("goal = function(c) return c.id end,"))
        #expect(goal.decisions.allSatisfy { $0.outcome == .failed })
        #expect(
            goal.problems == [
                RunProblem(
                    campaign: "greeting", location: "scripts/x.lua:4:3",
                    message: "'goal' of campaign 'greeting' returned a number", count: 4, customer: 1)
            ])
        let template = try bench.run(
            greeting(), templates: ["hello": "{{ customer.city | divided_by: 0 }}", "hello.sms": "x"])
        #expect(template.decisions.count == 4)
    }

    @Test("values that are missing in a template are problems, counted by customer")
    func missing() throws {
        let bench = try Bench(reachable(1...5) + "UPDATE customers SET name = NULL WHERE id IN (2, 4);")
        let run = try bench.run(
            greeting(journey: "send { template = 'hello' } send { template = 'hello', channel = 'sms' }"),
            templates: [
                "hello": "---\nsubject: \"{{ customer.name }}!\"\n---\nDear {{ customer.name }}",
                "hello.sms": "x",
            ])
        #expect(
            run.problems == [
                RunProblem(
                    campaign: "greeting", location: "templates/hello.liquid:2:14",
                    message: "{{ customer.name }} is empty", count: 2, customer: 2),
                RunProblem(
                    campaign: "greeting", location: "templates/hello.liquid:4:9",
                    message: "{{ customer.name }} is empty", count: 2, customer: 2),
            ])
        #expect(run.decisions.allSatisfy { $0.outcome == .sent })
    }

    @Test("an audience that raises ends the run, names segment and customer, and leaves no run file")
    func audienceRaises() throws {
        let bench = try Bench(reachable(1...3))
        let script = """
            segment "odd" { where = function(c) if c.id == 2 then return c.city .. "" == "" end end }
            campaign "greeting" { audience = segment.odd, journey = function(c) end }
            """
        let path = bench.folder.path("a.run")
        var caught: Diagnostic?
        do {
            let writer = try RunFileWriter(path: path)
            try bench.run(script, into: writer)
        } catch let error as any Diagnosable { caught = error.diagnostic }
        #expect(caught?.notes == ["in segment 'odd', for customer 2"])
        #expect(caught?.location?.line == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: bench.folder.url.path)
        #expect(left.filter { $0.hasPrefix("a.run") } == [])
    }

    @Test("a run that is cancelled ends with an error and leaves no run file")
    func cancelled() throws {
        let bench = try Bench(reachable(1...300))
        let path = bench.folder.path("a.run")
        var seen: [Double] = []
        let error = #expect(throws: DryRunError.self) {
            let writer = try RunFileWriter(path: path)
            try bench.run(greeting(), into: writer) { share in
                seen.append(share)
                return false
            }
        }
        #expect(error?.diagnostic.message == "the dry run was stopped; no run file was written")
        #expect(seen == [1])
        #expect(
            !FileManager.default.fileExists(atPath: path)
                && !FileManager.default.fileExists(atPath: path + ".partial"))
    }

    // MARK: What a template asks

    @Test("a template is picked by language, and a channel only if the customer can read it there")
    func languages() throws {
        let bench = try Bench(
            reachable(1...4)
                + """
                UPDATE customers SET language = 'zh_TW' WHERE id = 1; UPDATE customers SET language = 'en' WHERE id = 2;
                UPDATE customers SET language = 'fr', phone = NULL WHERE id = 3;
                """)
        let templates = ["hello.zh": "你好", "hello.en": "Hello", "hello.sms": "Hi"]
        let run = try bench.run(greeting(), templates: templates)
        #expect(
            run.lines == [
                "1 hello email sent", "2 hello email sent", "3 hello – skipped no_address",
                "4 hello sms sent",
            ])
        #expect(Set(run.samples.map(\.body)) == ["你好", "Hello", "Hi"])
        let named = try bench.run(
            greeting(journey: "send { template = 'hello', channel = 'email' }"), templates: templates)
        #expect(
            named.lines == [
                "1 hello email sent", "2 hello email sent", "3 hello – skipped no_language",
                "4 hello – skipped no_language",
            ])
        let inEnglish = try bench.run(greeting(), templates: templates, samples: 4, language: "en-GB")
        #expect(inEnglish.lines.allSatisfy { $0.hasSuffix("email sent") })
        #expect(inEnglish.samples.map(\.body).sorted() == ["Hello", "Hello", "Hello", "你好"])
    }

    @Test("a message that lacks a value or is too long is held back with that reason, before the holdout")
    func heldBack() throws {
        let bench = try Bench(reachable(1...3) + "UPDATE customers SET name = NULL WHERE id = 2;")
        let templates = [
            "hello": "---\nrequire: [name]\n---\n{{ customer.name }}",
            "hello.sms": "---\nmax_parts: 1\n---\n{{ text }}",
        ]
        let content = "content = function(c) return { text = ('x'):rep(159 + c.id) } end,"
        let run = try bench.run(
            greeting(
                content,
                journey:
                    "send { template = 'hello', channel = 'email' } send { template = 'hello', channel = 'sms' }"
            ),
            templates: templates)
        #expect(
            run.lines == [
                "1 hello email sent", "1 hello sms sent", "2 hello email skipped missing_value",
                "2 hello sms skipped too_long", "3 hello email sent", "3 hello sms skipped too_long",
            ])
        #expect(run.problems.isEmpty)
        #expect(
            run.decisions.compactMap(\.detail) == [
                "name is missing (templates/hello.liquid:2:11)",
                "2 parts (161 units of GSM-7), at most 1 (templates/hello.sms.liquid:2:12)",
                "2 parts (162 units of GSM-7), at most 1 (templates/hello.sms.liquid:2:12)",
            ])
        let heldOut = try bench.run(greeting("holdout = 1,"), templates: ["hello": templates["hello"] ?? ""])
        #expect(heldOut.decisions.map(\.reason) == [.holdout, .missingValue, .holdout])
    }

    // MARK: The whole

    @Test("campaigns are taken by name, customers by id, and silent plus deciders are the audience")
    func conservation() throws {
        let script = """
            segment "even" { where = function(c) return c.id % 2 == 0 end }
            campaign "b" { audience = segment.even, journey = function(c) if c.id % 4 == 0 then send { template = "hello" } end end }
            campaign "a" { audience = ~segment.even, kind = "transactional", journey = function(c) for i = 1, c.id % 3 do send { template = "hello" } end end }
            """
        let run = try Bench(reachable(1...20)).run(script)
        for campaign in run.campaigns {
            let deciders = Set(run.decisions.filter { $0.campaign == campaign.name }.map(\.customer))
            #expect(campaign.audienceCount == campaign.silentCount + deciders.count)
        }
        #expect(run.campaigns.map(\.name) == ["a", "b"])
        #expect(run.campaigns.map(\.silentCount) == [3, 5])
        #expect(run.decisions.map(\.customer) == run.decisions.map(\.customer).sorted())
        #expect(
            run.decisions.filter { $0.campaign == "a" }.count
                == (1...20).filter { $0 % 2 == 1 }.reduce(0) { $0 + $1 % 3 })
    }

    @Test("two runs give the same decisions byte for byte; another seed another holdout")
    func determinism() throws {
        let bench = try Bench(reachable(1...200))
        let first = try bench.run(greeting("holdout = 0.2,"))
        let second = try bench.run(greeting("holdout = 0.2,"))
        #expect(
            first.decisions == second.decisions && first.samples == second.samples
                && first.header == second.header)
        #expect(try bench.run(greeting("holdout = 0.2,"), seed: 2).lines != first.lines)
        #expect(first.samples.count == 3)
        #expect(try bench.run(greeting(), samples: 0).samples.isEmpty)
    }

    @Test("many records that share one address are looked up in linear time and remembered once each")
    func placeholderAddress() throws {
        let bench = try Bench(reachable(1...400) + "UPDATE customers SET phone = '13800000000';")
        let run = try bench.run(greeting("holdout = 0.5,"))
        #expect(Set(run.decisions.map(\.outcome)).count == 1)
        #expect(run.decisions.count == 400)
    }
}
