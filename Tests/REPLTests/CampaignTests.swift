import Foundation
import TestSupport
import Testing

@Suite("Campaigns at the prompt")
struct CampaignTests {
    @Test("an audience is explained, and why a customer is in it")
    func explain() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "explain(segment.buyers)", "explain(segment.buyers).customers",
                "explain(segment.buyers).in_sql",
                "explain(segment.buyers):funnel()", "explain \"news\"",
                "explain(segment.buyers - segment.everyone, 1)",
                "explain(\"buyers\", customer(2)).is_in",
                "explain(function(c) return c.city == \"London\" end, 2)",
                "explain({ city = \"London\" }).customers",
            ]), "repl/explain.txt")
    }

    @Test("messages are previewed, and their parts can be read")
    func preview() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "preview(\"hello\", customer(1))", "preview(\"hello\", \"王芳\")[1].text",
                "preview(\"hello\", 1)[1].subject", "preview(\"hello\", { sample = 1 })",
            ]), "repl/preview.txt")
    }

    @Test("a dry run is a value: its decisions are narrowed, counted and listed")
    func run() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "r = dry_run { \"hello\", \"news\", days = 14, assume = \"none\" }", "r", "r:sent()",
                "r:held_back():by \"reason\"", "r:decisions():by(\"day\", \"outcome\")",
                "r:decisions():where { channel = { \"sms\", \"wecom\" } }:count()",
                "r:decisions():where { customer = customer(1) }:by \"campaign\"",
                "r:decisions():where { channel = false }:first().reason", "#r:decisions()",
                "r:sent():order_by(\"-time\"):limit(1):list()[1].step",
                "r:decisions():show { \"customer\", \"hour\", \"line\", \"address\" }",
                "r:held_back():customers():count()", "r:samples()", "r:goal()", "r:cost()",
                "r:why(customer(1))", "r.campaigns", "runs()", "run(r.path):decisions():count()",
            ]), "repl/run.txt")
    }

    @Test("two runs are compared, by object or by name")
    func compare() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "r1 = dry_run(\"news\", { days = 14 })", "r2 = dry_run(\"news\", { days = 7 })",
                "compare(r1, r2)", "compare(r1, \"2026-12-01-news-2\"):changes()",
                "compare(r1, r2):changes(\"gained\"):count()",
            ]), "repl/compare.txt")
    }

    @Test("a story comes from the last dry run, else from one of the customer alone")
    func why() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "why(\"news\", customer(1))", "why(\"news\", 2)",
                "dry_run(\"hello\", { days = 1 }):sent():count()",
                "why(1)", "why(\"hello\", \"王芳\")",
            ]), "repl/why.txt")
    }

    @Test("decisions and differences are exported, addresses masked")
    func export() throws {
        let shop = try Shop.ofPeople()
        let said = try shop.say(
            "r = dry_run(\"hello\", { days = 0 })", "r:sent():export \"sent.csv\"",
            "compare(r, r):export \"changes.csv\"")
        #expect(said.errors == "")
        #expect(said.output == "wrote 2 rows to sent.csv\nwrote 0 rows to changes.csv\n")
        #expect(
            try shop.folder.read("shop/sent.csv") == """
                customer,campaign,step,time,channel,address,outcome,reason,detail,subject,variant,day,hour,line,scheduled,held_by,parts
                2,hello,hello,2026-12-01T12:00:00+08:00,email,a***@example.com,sent,,,Hello Ann Lee,,2026-12-01,12,scripts/campaigns.lua:6,,,
                5,hello,hello,2026-12-01T12:00:00+08:00,sms,138****0005,sent,,,,,2026-12-01,12,scripts/campaigns.lua:6,,,1

                """)
    }

    @Test("days and hours are those of the workspace's clock, across the beginning of summer time")
    func clocks() throws {
        let shop = try Shop.ofPeople()
        let settings = try shop.folder.read("shop/workspace.lua")
            .replacing("Asia/Shanghai", with: "Europe/Berlin")
        try shop.write(settings, to: "workspace.lua")
        try shop.write(
            """
            campaign "daily" {
              audience = segment.everyone,
              every = "day at 00:30",
              reentry = 0,
              kind = "transactional",
              journey = function(c) send { template = "hello", channel = "email" } end,
            }
            """, to: "scripts/daily.lua")
        try expectGolden(
            try shop.sessions([
                "r = dry_run(\"daily\", { from = \"2027-03-27 12:00\", days = 3 })", "r:sent():by \"day\"",
                "r:sent():by(\"hour\", \"customer\")", "r:sent():where { day = \"2027-03-28\" }:count()",
            ]), "repl/clocks.txt")
    }

    @Test("what is wrong is named, with the next step")
    func errors() throws {
        let shop = try Shop.ofPeople()
        #expect(try shop.run("dry-run", "news", "--days", "0").status == 0)
        let lines = [
            "dry_run \"hallo\"", "dry_run(\"hello\", { day = 3 })", "dry_run(\"hello\", { days = \"x\" })",
            "dry_run(\"hello\", { days = 4000 })", "dry_run(\"hello\", { assume = \"open=3\" })",
            "dry_run(\"hello\", { assume = \"mood\" })", "dry_run(\"hello\", { from = \"tomorrow\" })",
            "dry_run(\"hello\", { from = \"2026-01-01\", as_of = \"2026-02-01\" })", "dry_run(\"hello\", 3)",
            "run \"2026-12-01-new\"", "preview \"hallo\"", "preview(\"hello\", { n = 3 })",
            "explain \"byers\"",
            "explain(3)", "why(\"hello\")", "why()", "compare(1, 2)",
            "run(\"2026-12-01-news\"):decisions():where { chanel = \"sms\" }",
            "run(\"2026-12-01-news\"):decisions():where { channel = \"smss\" }",
            "run(\"2026-12-01-news\"):decisions():where { campaign = \"hello\" }",
            "run(\"2026-12-01-news\"):decisions():where { channel = 3 }",
            "run(\"2026-12-01-news\"):decisions():where \"sms\"",
            "run(\"2026-12-01-news\"):decisions():by \"resaon\"", "run(\"2026-12-01-news\"):snt()",
            "compare(\"2026-12-01-news\", \"2026-12-01-news\"):changes \"los\"",
            "segment \"mine\" { where = function(c) return true end }; campaign \"mine\" { audience = segment.mine, journey = function(c) end }; dry_run \"mine\"",
        ]
        var text = ""
        for line in lines {
            let said = try shop.say(line)
            #expect(said.status == 1 && said.output == "", "\(line): \(said.output)")
            text += said.errors + "\n"
        }
        try expectGolden(text, "repl/campaign-errors.txt")
    }

    @Test("a run does not see what is defined at the prompt, and says so")
    func unsaved() throws {
        let shop = try Shop.ofPeople()
        let said = try shop.say(
            "segment \"everyone\" { where = function(c) return false end }",
            "dry_run(\"hello\", { days = 0 }):decisions():count()")
        #expect(said.errors == "segment everyone: as in the scripts, not as at the prompt, until saved\n")
        #expect(said.output.hasSuffix("\n2\n"))
    }

    @Test("Ctrl-C during a dry run leaves no run file")
    func interruption() throws {
        let shop = try Shop.ofPeople()
        try shop.write(
            """
            segment "slow" { where = function(c)
              local n = 0
              for i = 1, 100000000 do n = n + i % 3 end
              return n > 0
            end }
            campaign "slow" { audience = segment.slow, journey = function(c) end }
            """, to: "scripts/slow.lua")
        let runs = shop.url.path + "/runs"
        let outcome = try Program.run(["repl", "-e", "dry_run \"slow\""], in: shop.url, signal: SIGINT) {
            // The partial file is there when the run has begun.
            (try? FileManager.default.contentsOfDirectory(atPath: runs).isEmpty) == false
        }
        #expect(outcome.status == 130)
        // Whether the run or the line hears of it first, depends on the moment.
        let messages = ["error: interrupted\n", "error: the dry run was stopped; no run file was written\n"]
        #expect(messages.contains { outcome.errors.hasPrefix($0) }, "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == [])
    }
}
