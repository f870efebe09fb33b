import Foundation
import TestSupport
import Testing

@Suite("Why")
struct WhyTests {
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.set("prices = { email = 0.001, sms = 0.05 }")
        try shop.write(
            """
            campaign "hello" {
              description = "A greeting, then one reminder",
              audience = segment.everyone,
              over_cap = "defer",
              journey = function(c)
                send { template = "hello" }
                if wait_for("click", days(3)) then
                  task { title = "Call " .. c.city, owner = "Li", due = hours(24) }
                  return
                end
                send { channel = "sms", template = "hello" }
                tag "asleep"
              end,
            }

            campaign "news" {
              audience = segment.everyone,
              priority = 5,
              journey = function(c) send { template = "hello" } end,
            }
            follow_up "interested" {
              on = "click",
              action = function(c) ticket { title = "Clicked: " .. c.city, due = hours(2) } end,
            }
            segment "everyone" { where = function(c) return c.id ~= 4 end }
            """, to: "scripts/hello.lua")
        let settings = try shop.folder.read("shop/workspace.lua")
            .replacing("frequency_cap = 2", with: "frequency_cap = 1")
        try shop.write(settings, to: "workspace.lua")
        return shop
    }

    @Test("a dry run over days is shown, and the story of each customer is told from its run file")
    func stories() throws {
        let shop = try shop()
        let run = try shop.run("dry-run", "--days", "10", "--assume", "open=0.7,click=0.6,buy=0.2")
        #expect(run.errors == "")
        try expectGolden(run.output, "why/dry-run.txt")
        var stories = ""
        for customer in ["1", "2", "3", "4", "5"] {
            let outcome = try shop.run("why", "--customer", customer)
            #expect(outcome.status == 0 && outcome.errors == "")
            stories += "$ moonletter why --customer \(customer)\n\(outcome.output)\n"
        }
        try expectGolden(stories, "why/stories.txt")
        let json = try shop.run("why", "hello", "--customer", "1", "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let told = try shop.run("why", "hello", "--customer", "1").output
        #expect(object?["customer"] as? Int == 1)
        #expect(object?["campaign"] as? String == "hello")
        #expect(told.hasPrefix("customer 1 in runs/2026-12-01-3-campaigns.run\n"))
    }

    @Test(
        "a story tells how each journey ended or what it waits for, the customer's own time, and what the cap counted of before"
    )
    func endings() throws {
        let shop = try shop()
        try shop.write(
            """
            campaign "ask" {
              audience = function(c) return c.id == 1 end,
              every = "day at 13:00",
              reentry = days(1),
              journey = function(c)
                if now() > date "2026-12-02" then wait_for("tag VIP", hours(40)) end
                if now() > date "2026-12-02" then error("lost") end
              end,
            }
            campaign "late" {
              audience = function(c) return c.id == 1 end,
              journey = function(c)
                send { template = "hello" }
                set("time_zone", "Europe/London")
                wait(days(9))
              end,
            }
            """, to: "scripts/hello.lua")
        try shop.write(
            """
            id,customer_id,campaign,channel,sent_at,kind
            1,1,tea,email,2026-12-01 09:30,marketing

            """, to: "messages.csv")
        let messages = try shop.run("import", "messages", "messages.csv")
        #expect(messages.status == 0, "\(messages.errors)")
        #expect(try shop.run("dry-run", "--days", "3", "--assume", "none").errors == "")
        try expectGolden(try shop.run("why", "--customer", "1").output, "why/endings.txt")
    }

    @Test("the newest run of the campaign is told of, unless another is named")
    func newest() throws {
        let shop = try shop()
        #expect(try shop.run("dry-run", "hello", "--days", "2").status == 0)
        #expect(try shop.run("dry-run", "hello", "--days", "1").status == 0)
        #expect(try shop.run("dry-run", "news", "--days", "0").status == 0)
        func first(_ arguments: String...) throws -> String {
            let outcome = try Program.run(["why", "--customer", "1"] + arguments, in: shop.url)
            return outcome.output.split(separator: "\n").prefix(2).joined(separator: " · ")
        }
        let moment = "Tue 1 Dec 2026 12:00, Asia/Shanghai · seed 1"
        #expect(try first() == "customer 1 in runs/2026-12-01-news.run · dry run at \(moment)")
        #expect(
            try first("hello")
                == "customer 1 in runs/2026-12-01-hello-2.run · dry run of 1 day from \(moment) · responses from history"
        )
        #expect(
            try first("--run", "runs/2026-12-01-hello.run")
                == "customer 1 in runs/2026-12-01-hello.run · dry run of 2 days from \(moment) · responses from history"
        )
    }

    @Test("what there is not, is an error that says what there is")
    func errors() throws {
        let shop = try shop()
        func errors(_ arguments: String...) throws -> String {
            let outcome = try Program.run(["why"] + arguments, in: shop.url)
            #expect(outcome.status == 1 && outcome.output == "")
            return outcome.errors
        }
        #expect(
            try errors("--customer", "1") == """
                error: there is no run file in runs/
                  make one with: moonletter dry-run

                """)
        #expect(try shop.run("dry-run", "hello", "--days", "0").status == 0)
        #expect(
            try errors("hallo", "--customer", "1") == """
                error: no run in runs/ has a campaign 'hallo'
                  did you mean 'hello'?

                """)
        #expect(
            try errors("something else", "--customer", "1") == """
                error: no run in runs/ has a campaign 'something else'
                  make one with: moonletter dry-run 'something else'

                """)
        #expect(
            try errors("news", "--customer", "1", "--run", "runs/2026-12-01-hello.run") == """
                error: runs/2026-12-01-hello.run has no campaign 'news'
                  it has hello

                """)
        #expect(
            try errors("hello", "--customer", "77") == """
                error: there is no customer 77
                  moonletter segment NAME --ids prints the numbers of customers

                """)
        #expect(
            try errors("--customer", "1", "--run", "crm.sqlite").hasPrefix("error: "))
    }

    @Test(
        "prices are amounts by channel",
        arguments: [
            ("prices = { fax = 1 }", "error: unknown setting 'prices.fax'"),
            (
                "prices = { sms = -1 }",
                "error: 'prices.sms' takes an amount from 0 to 1,000,000, got the number -1"
            ),
            (
                "prices = { email = \"free\" }",
                "error: 'prices.email' takes an amount from 0 to 1,000,000, got the text 'free'"
            ),
            (
                "prices = 3",
                "error: 'prices' takes prices by channel such as { email = 0.001, sms = 0.05 }, got the number 3"
            ),
        ])
    func prices(_ line: String, _ message: String) throws {
        let shop = try Shop()
        try shop.set(line)
        let outcome = try shop.run("dry-run")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(message + "\n"))
    }
}
