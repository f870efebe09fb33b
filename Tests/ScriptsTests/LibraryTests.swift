import Foundation
import TestSupport
import Testing

@Suite("Library of scripts")
struct LibraryTests {
    @Test("the list has name, title, tags and definitions; --tag and --format json tell the same")
    func list() throws {
        let shop = try Shop.withLibrary()
        let all = try shop.run("scripts")
        #expect(all.errors == "")
        #expect(
            all.output == """
                name                 title                       tags            defines
                campaigns/thanks     Thank people for an order.  thanks, orders  campaign thanks
                lib/words
                segments/new-buyers  Customers who bought.       orders          segment "new buyers"
                traits                                                           trait stage
                unused                                                           segment unused

                """)
        #expect(try shop.run("scripts", "list").output == all.output)
        #expect(
            try shop.run("scripts", "list", "--tag", "thanks", "--format", "json").output == """
                [
                  {
                    "author" : "王蕾",
                    "defines" : [
                      {
                        "line" : 13,
                        "name" : "thanks",
                        "word" : "campaign"
                      }
                    ],
                    "description" : "A message after an order, with a task for those of the gold tier.",
                    "license" : "MIT",
                    "name" : "campaigns/thanks",
                    "needs" : [
                      "plugin rfm >= 1.2",
                      "field club_card"
                    ],
                    "path" : "scripts/campaigns/thanks.lua",
                    "tags" : [
                      "thanks",
                      "orders"
                    ],
                    "tests" : 1,
                    "title" : "Thank people for an order."
                  }
                ]

                """)
        let none = try shop.run("scripts", "list", "--tag", "thank")
        #expect(none.status == 1)
        #expect(none.errors == "error: no script has the tag 'thank'\n  did you mean 'thanks'?\n")
    }

    @Test("what one defines, reads, sends and needs is told with all that it uses")
    func show() throws {
        let shop = try Shop.withLibrary()
        #expect(
            try shop.run("scripts", "show", "thanks").output == """
                campaigns/thanks
                  Thank people for an order.
                  A message after an order, with a task for those of the gold tier.
                  by 王蕾 · MIT · tags: thanks, orders

                  defines  campaign thanks, segment "new buyers", trait stage
                  reads    c.club_card, c.name, c.order_count, c:has_tag
                  sends    thanks by email or sms
                  does     tag "thanked", task
                  needs    field club_card (is here), plugin rfm >= 1.2 (is here)
                  files    scripts/campaigns/thanks.lua
                           scripts/lib/words.lua
                           scripts/segments/new-buyers.lua
                           scripts/traits.lua
                           templates/layouts/plain.liquid
                           templates/partials/footer.liquid
                           templates/thanks.liquid
                           templates/thanks.sms.liquid
                  tests    2

                  scripts/campaigns/thanks.lua
                  23: whoever bought is thanked

                """)
        try shop.addPlugin("rfm", "1.1.0")
        #expect(
            try shop.run("scripts", "show", "campaigns/thanks").output.contains(
                "  needs    field club_card (is here), plugin rfm >= 1.2 (not here: plugin rfm is 1.1.0)\n"))
        try FileManager.default.removeItem(at: shop.url.appending(path: "plugins/rfm"))
        #expect(
            try shop.run("scripts", "show", "scripts/campaigns/thanks.lua").output.contains(
                "plugin rfm >= 1.2 (not here: no plugin rfm)\n"))
        let unknown = try shop.run("scripts", "show", "thank")
        #expect(unknown.status == 1)
        #expect(unknown.errors.hasPrefix("error: there is no script 'thank'\n"))
        try shop.write("return 1\n", to: "scripts/lib/thanks.lua")
        #expect(
            try shop.run("scripts", "show", "thanks").errors == """
                error: there are 2 scripts 'thanks'
                  write campaigns/thanks or lib/thanks

                """)
    }

    @Test("what only a run shows is told as such")
    func hidden() throws {
        let shop = try Shop()
        try shop.write(
            """
            local kind = "vip"
            segment("a" .. 1) { where = segment[kind] }
            campaign "x" {
              audience = segment.vip,
              journey = function(c) send { template = "hello-" .. c.language } end,
            }
            """, to: "scripts/x.lua")
        let shown = try shop.run("scripts", "show", "x").output
        #expect(shown.contains("  unsure   scripts/x.lua:2 names a segment by a value\n"))
        #expect(shown.contains("  unsure   scripts/x.lua:5 names a template by a value\n"))
    }

    @Test("a script that is begun in any room can be checked and tested at once")
    func new() throws {
        let shop = try Shop()
        for name in ["segments/大客户", "campaigns/spring-sale", "follow-ups/ask_why"] {
            let made = try shop.run("scripts", "new", name)
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.output.hasSuffix("next: moonletter scripts test \(name)\n"))
        }
        let check = try shop.run("scripts", "check")
        #expect(check.output == "nothing found in 3 scripts and 1 template\n")
        let test = try shop.run("scripts", "test", "大客户", "spring-sale", "follow-ups/ask_why")
        #expect(test.output.hasSuffix("4 tests, all passed\n"), "\(test.output)")
        let text = try shop.folder.read("shop/scripts/segments/大客户.lua")
        #expect(
            text == """
                --- Customers who bought lately.
                ---
                --- @author \(NSUserName())
                --- @description What it does, and when to use it.
                --- @tags segments

                segment "大客户" {
                  description = "Bought in the last 30 days",
                  where = function(c) return c.last_order_at >= days_ago(30) end,
                }

                test("whoever bought last week is among them, whoever bought last year is not", function()
                  expect(segment["大客户"]:includes(customer_like { last_order_at = days_ago(7) })).is(true)
                  expect(segment["大客户"]:includes(customer_like { last_order_at = days_ago(365) })).is(false)
                end)

                """)
        let again = try shop.run("scripts", "new", "campaigns/spring-sale")
        #expect(
            again.errors == """
                error: this would overwrite scripts/campaigns/spring-sale.lua and templates/spring-sale.liquid
                  choose another name; nothing was written

                """)
        for name in ["vip", "segments/", "segments/../x", "segments/a/b", "/segments/a", "segments/.a"] {
            let refused = try shop.run("scripts", "new", name)
            #expect(refused.status == 1)
            #expect(refused.errors.hasPrefix("error: '\(name)' cannot be the name of a script\n"))
        }
        #expect(try shop.run("scripts", "new", "segment/a").errors.hasSuffix("did you mean 'segments'?\n"))
    }

    @Test("check and test of a name are those of its files")
    func named() throws {
        let shop = try Shop.withLibrary()
        let check = try shop.run("scripts", "check", "thanks")
        #expect(check.output == "nothing found in 1 script and 4 templates\n", "\(check)")
        #expect(
            try shop.run("scripts", "test", "thanks").output
                == (try shop.run("test", "scripts/campaigns/thanks.lua").output))
        try shop.write("--- Wake.\n--- @tag x\nreturn 1\n", to: "scripts/lib/words.lua")
        let outcome = try shop.run("scripts", "check", "words")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("warning: a header has no '@tag' [script-header]\n"))
        #expect(try shop.run("scripts", "check", "word").status == 2)
    }
}
