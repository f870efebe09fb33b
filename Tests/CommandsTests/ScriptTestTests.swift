import Foundation
import TestSupport
import Testing

/// `moonletter test` as a person or a build calls it.
@Suite("Tests in scripts")
struct ScriptTestTests {
    /// A workspace without customers, with a campaign to test.
    private func shop(_ tests: String = "") throws -> Shop {
        let shop = try Shop()
        try shop.write(
            """
            segment "buyers" { where = function(c) return c.order_count > 0 end }

            trait "stage" { of = function(c) return c.order_count > 2 and "regular" or "new" end }

            campaign "thanks" {
              audience = segment.buyers,
              holdout = 0.5,
              content = function(c) return { sum = c.total_spent } end,
              journey = function(c)
                send { template = "thanks" }
                if wait_for("click", days(3)) then
                  tag "interested"
                  task { title = "Call " .. c.name, owner = "Li", due = hours(24) }
                  return
                end
                send { template = "thanks", channel = "sms" }
              end,
            }

            follow_up "sorry" {
              on = "complaint",
              action = function(c) ticket { title = "Complained: " .. c.name, due = hours(2) } end,
            }
            """, to: "scripts/thanks.lua")
        try shop.write(
            "---\nsubject: \"Thanks for {{ sum | money }}\"\n---\n<p>Dear {{ customer.name }}</p>\n",
            to: "templates/thanks.liquid")
        try shop.write("Thanks", to: "templates/thanks.sms.liquid")
        if !tests.isEmpty { try shop.write(tests, to: "scripts/x.lua") }
        return shop
    }

    @Test("the tests of the sample scripts pass in a demo, and in a workspace without customers")
    func samples() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let outcome = try Program.run(["test", "--workspace", "demo"], in: folder.url)
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.output.hasSuffix("\n22 tests, all passed\n"), "\(outcome.output)")
    }

    @Test("a customer of a test is as it is described, in every way in which rules ask")
    func customers() throws {
        let shop = try shop(
            """
            test("fields", function()
              local c = customer_like { first_name = "Ann", last_name = "Lee", birthday = "1990-12-03", phone = false,
                points = 40, registered_at = days_ago(9), total_spent = 12.5 }
              expect(c.name).is("Ann Lee")
              expect(c.phone).is_missing()
              expect(c.email).contains("@example.com")
              expect({ c.points, c.total_spent, c.order_count }).is { 40, 12.5, 0 }
              expect(c.registered_at).is(now() - days(9))
              expect(c:birthday_within(days(2))).is(true)
              expect(c.stage).is("new")
            end)

            test("lists", function()
              local c = customer_like { tags = { "VIP", "old" }, interests = { "yoga", "tea" },
                consents = { sms = false, wecom = "withdrawn" } }
              expect(c:has_tag "old").is(true)
              expect(c:has_tag "new").is(false)
              expect(c:interests()).is { "yoga", "tea" }
              expect({ c:consents_to "email", c:consents_to "sms", c:consents_to "wecom" }).is { true, false, false }
            end)

            test("orders", function()
              local c = customer_like { orders = {
                { at = days_ago(9), status = "cancelled", amount = 9 },
                { at = days_ago(3), items = { { sku = "T1", name = "Tea", category = "food", quantity = 2, amount = 30 },
                  { name = "Cup", amount = 12.5 } } },
                { at = days_ago(5), amount = 100 },
              } }
              expect({ c.order_count, c.total_spent, c.item_count, c.largest_order }).is { 2, 142.5, 3, 100 }
              expect(c.orders:count()).is(3)
              expect(c.orders:first().status).is("cancelled")
              expect(c.orders:last().items[1].category).is("food")
              expect(c.orders:where { category = "food" }:sum "amount").is(42.5)
              expect(c:favourite "category").is("food")
              expect(c.stage).is("new")
              expect(c.last_order_at).is(days_ago(3))
            end)

            test("what happened", function()
              local c = customer_like {
                events   = { { at = days_ago(1), type = "cart", product = "Tea", url = "https://x" } },
                messages = { { at = days_ago(4), campaign = "news", opened = days_ago(3), clicked = days_ago(2) },
                  { at = days_ago(2), channel = "sms" } },
                feedback = { { at = days_ago(1), score = 3, comment = "slow" } },
                tasks    = { { at = days_ago(1), title = "Call", due_at = now() + hours(1) } },
              }
              expect(c.events:last().product).is("Tea")
              expect(c.last_cart_at).is(days_ago(1))
              expect({ c.message_count, c.open_count, c.click_count, c.open_task_count }).is { 2, 1, 1, 1 }
              expect(c.messages:opened():since(days_ago(3)):count()).is(1)
              expect(c.messages:where { channel = "sms" }:any()).is(true)
              expect(c.feedback:last().score).near(3, 0)
              expect(c.tasks:last().title).is("Call")
            end)

            test("several customers at a time", function()
              local a, b = customer_like { orders = { { at = days_ago(1), amount = 5 } } }, customer_like {}
              expect(segment.buyers:includes(a)).is(true)
              expect(segment.buyers:includes(b)).is(false)
              expect((segment.buyers - segment.buyers):includes(a)).is(false)
              expect(a.orders:count() + b.orders:count()).is(1)
              expect(a.id).is_not(b.id)
              expect(a.email).is_not(b.email)
            end)

            test("attributes of the workspace", function() expect(customer_like { shoe = 42 }.shoe).is(42) end)
            """)
        try shop.write("id,name,shoe\n1,Ann,38\n2,Bob,40\n", to: "customers.csv")
        #expect(try shop.run("import", "customers", "customers.csv").status == 0)
        let before = try shop.dump()
        let outcome = try shop.run("test", "scripts/x.lua")
        #expect(
            outcome.output == """
                scripts/x.lua
                  ok     fields
                  ok     lists
                  ok     orders
                  ok     what happened
                  ok     several customers at a time
                  ok     attributes of the workspace
                6 tests, all passed

                """)
        #expect(outcome.status == 0)
        #expect(try shop.dump() == before)
    }

    @Test("a story tells what the simulator did, and the customer does what respond says")
    func stories() throws {
        let shop = try shop(
            """
            local function buyer(more)
              more = more or {}
              more.orders = { { at = days_ago(9), amount = 50 } }
              return customer_like(more)
            end

            test("nobody responds", function()
              local story = simulate { campaign = "thanks", customer = buyer(), days = 7 }
              expect(story.entered).is(true)
              expect(story:sent "thanks").is(true)
              expect(story:sent("thanks", "sms")).is(true)
              expect(story:at(0)).is { template = "thanks", campaign = "thanks", channel = "email", at = now(),
                subject = "Thanks for ¥50.00", outcome = "sent" }
              expect(story:at(days(3)).channel).is("sms")
              expect(story:tasks()).is {}
              expect(story.ended).is("end")
            end)

            test("a click", function()
              local story = simulate { campaign = "thanks", customer = buyer(), respond = { thanks = "click" } }
              expect(story:tagged "interested").is(true)
              expect(#story:messages()).is(1)
              local at = now() + hours(2) + minutes(2)
              expect(story:tasks()).is { { title = "Call Robin Example", owner = "Li", at = at, due = at + hours(24) } }
              local words = {}
              for _, event in ipairs(story:events()) do words[#words + 1] = event.word end
              expect(words).is { "enter", "open", "click", "tag", "task" }
            end)

            test("times of one's own, and a purchase", function()
              local story = simulate { customer = buyer(), respond = { thanks = { open = hours(1), buy = hours(3) } } }
              local told = {}
              for _, event in ipairs(story:events()) do told[event.word] = event.at - now() end
              expect(told.open).is(hours(1))
              expect(told.click).is(hours(1) + minutes(2))
              expect(told.order).is(hours(3))
            end)

            test("what stops messages", function()
              expect(simulate { campaign = "thanks", customer = buyer(), respond = { thanks = "bounce" } }:sent("thanks", "sms")).is(true)
              local angry = simulate { customer = buyer { phone = false }, respond = { thanks = "complaint" } }
              expect(angry:tickets()[1].title).is("Complained: Robin Example")
              expect(angry:reason "thanks").is("no_address")
              local quiet = simulate { campaign = "thanks", customer = buyer(), from = date "2026-12-01 23:00" }
              expect(quiet:held_back("quiet_hours")).is(true)
              expect(quiet:at(hours(8))).is_missing()
              expect(quiet:at(hours(9)).at).is(date "2026-12-02 08:00")
              expect(simulate { campaign = "thanks", customer = buyer(), holdout = true }.ended).is("holdout")
              expect(simulate { campaign = "thanks", customer = buyer(), days = 1 }.ended).is("under way")
              expect(simulate { campaign = "thanks", customer = customer_like {} }.ended).is_missing()
            end)

            test("one address is one person", function()
              local a, b = buyer { email = "same@example.com" }, buyer { email = "same@example.com", phone = false }
              expect(simulate { campaign = "thanks", customer = a }:sent("thanks", "email")).is(true)
              expect(simulate { campaign = "thanks", customer = b }:held_back("duplicate")).is(true)
            end)
            """)
        let outcome = try shop.run("test")
        #expect(outcome.output.hasSuffix("5 tests, all passed\n"), "\(outcome.output)")
        let filtered = try shop.run("test", "--filter", "one")
        #expect(filtered.output.hasSuffix("2 tests, all passed\n"), "\(filtered.output)")
    }

    @Test("a test that fails says what was expected, at its line, and what the simulation did")
    func failures() throws {
        let shop = try shop(
            """
            test("is", function() expect(1 + 1).is(3) end)
            test("texts", function() expect("Cork").is_not("Cork") end)
            test("tables", function() expect({ a = 1, list = { 1, 2 } }).is { a = 1, list = { 1, 3, 4 }, b = "x" } end)
            test("near", function() expect(0.3).near(0.1, 0.1) end)
            test("above", function() expect(3).above(3) end)
            test("below", function() expect(nil).below(3) end)
            test("contains", function() expect({ 1, 2 }).contains(3) end)
            test("missing", function() expect(0).is_missing() end)
            test("raises", function() expect(function() return 1 end).raises("x") end)
            test("raises another", function() expect(function() error("y") end).raises("x") end)
            test("no such expectation", function() expect(1).equals(1) end)
            test("unknown field", function() customer_like { ordr_count = 3 } end)
            test("unknown field of a row", function() customer_like { orders = { { at = now(), amuont = 3 } } } end)
            test("no time", function() customer_like { orders = { { amount = 3 } } } end)
            test("no type", function() customer_like { events = { { at = now() } } } end)
            test("no title", function() customer_like { tasks = { { at = now() } } } end)
            test("the time by another name", function() customer_like { orders = { { at = now(), placed_at = 3 } } } end)
            test("wrong kind", function() customer_like { birthday = "1990-31-12" } end)
            test("ahead", function() customer_like { registered_at = now() + 1 } end)
            test("twice", function() customer_like { order_count = 3, orders = { { at = now() } } } end)
            test("a trait", function() customer_like { stage = "new" } end)
            test("a channel", function() customer_like { consents = { mail = true } } end)
            test("in a function", function()
              local function check(c) expect(c.name).is("Ann") end
              check(customer_like {})
            end)
            test("no customer", function() simulate { campaign = "thanks" } end)
            test("unknown campaign", function() simulate { campaign = "thank", customer = customer_like {} } end)
            test("unknown template", function() simulate { customer = customer_like {}, respond = { thank = "click" } } end)
            test("unknown answer", function() simulate { customer = customer_like {}, respond = { thanks = "clik" } } end)
            test("unknown reason", function() simulate { customer = customer_like {} }:held_back("quiet") end)
            test("back in time", function()
              local c = customer_like { tags = { "a" }, registered_at = days_ago(1) }
              at("2026-11-01 10:00", function() expect(c.name).is("") end)
            end)
            test("a story", function()
              local c = customer_like { order_count = 1, consents = { sms = false } }
              local story = simulate { campaign = "thanks", customer = c, respond = { thanks = "open" } }
              expect(story:sent("thanks", "sms")).is(true)
            end)
            test("a verb", function() tag "x" end)
            test("a definition", function() segment "late" { where = segment.buyers } end)
            test("a loop without end", function() while true do pcall(error) end end)
            test("the one behind it", function() expect(1).is(1.0) end)
            """)
        try shop.write(
            "campaign \"broken\" { audience = segment.buyers, journey = function(c) error(\"no luck\") end }\n"
                + "test(\"a journey that raises\", function() simulate { campaign = \"broken\", customer = customer_like { order_count = 1 } } end)\n",
            to: "scripts/y.lua")
        let outcome = try shop.run("test")
        #expect(outcome.status == 1 && outcome.errors == "")
        try expectGolden(outcome.output, "tests/failures.txt")
    }

    @Test("json has the same keys for every test, and the story of one that failed")
    func json() throws {
        let shop = try shop(
            """
            test("good", function() expect(1).is(1) end)
            test("bad", function()
              local story = simulate { campaign = "thanks", customer = customer_like { order_count = 1 }, days = 1 }
              expect(story:sent("thanks")).is(false)
            end)
            """)
        let outcome = try shop.run("test", "--format", "json", "--now", "2026-05-05 12:00")
        #expect(outcome.status == 1)
        try expectGolden(outcome.output, "tests/failures.json")
    }

    @Test(
        "tests see nothing of each other, nor of the customers of the workspace, nor of the machine's clock")
    func isolation() throws {
        let shop = try shop(
            """
            local count = 0
            for i = 1, 2 do
              test("round " .. i, function()
                count = count + 1
                expect(count).is(1)
                expect(customer_like {}.id).is(1)
                expect(now()).is(date "2026-12-01 10:00")
                at("2027-02-28 09:00", function() expect(today()).is(date "2027-02-28") end)
                expect(today()).is(date "2026-12-01")
              end)
            end
            """)
        try shop.fill()
        #expect(
            try shop.run("test").output
                == "scripts/x.lua\n  ok     round 1\n  ok     round 2\n2 tests, all passed\n")
    }

    @Test("tests are not run by other commands, which refuse what only a test may do")
    func elsewhere() throws {
        let shop = try shop("test(\"never\", function() error(\"run\") end)")
        try shop.fill()
        #expect(try shop.run("segment", "buyers").output == "0\n")
        try shop.write("expect(1).is(1)", to: "scripts/x.lua")
        let outcome = try shop.run("segment", "buyers")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: expect works only inside a test
                 --> scripts/x.lua:1
                  |
                1 | expect(1).is(1)
                  = write it inside test("…", function() … end)

                """)
    }

    @Test("what cannot be run is told, and a workspace without tests is fine")
    func nothing() throws {
        let shop = try shop()
        let none = try shop.run("test")
        #expect(
            none.status == 0
                && none.output
                    == "there are no tests; docs/reference/tests.md shows how a script carries one\n"
        )
        let file = try shop.run("test", "scripts/thank.lua")
        #expect(file.status == 1)
        #expect(
            file.errors
                == "error: scripts/thank.lua is no script of the workspace\n  did you mean 'scripts/thanks.lua'?\n"
        )
        let filter = try shop.run("test", "--filter", "nothing")
        #expect(filter.status == 1)
        #expect(filter.errors.hasPrefix("error: no test has 'nothing' in its name\n"))
    }

    @Test("times and amounts that nobody has are refused, and end no more than their test")
    func numbersTooLarge() throws {
        let shop = try shop(
            """
            test("late", function()
              simulate { campaign = "thanks", customer = customer_like {}, from = math.maxinteger }
            end)
            test("early", function()
              simulate { campaign = "thanks", customer = customer_like {}, from = math.mininteger }
            end)
            test("old", function()
              customer_like { messages = { { at = days_ago(3), opened = math.mininteger } } }
            end)
            test("rich", function()
              customer_like { orders = { { at = days_ago(1), items = { { amount = 9e16 }, { amount = 9e16 } } } } }
            end)
            test("due", function()
              local c = customer_like { tasks = { { at = days_ago(1), title = "Call", due_at = now() + days(9) } } }
              expect(simulate({ campaign = "thanks", customer = c }).entered).is(false)
            end)
            """)
        let outcome = try shop.run("test")
        #expect(outcome.status == 1 && outcome.errors == "")
        #expect(
            outcome.output.split(separator: "\n").filter { $0.contains("error: ") || $0.hasPrefix("  ok") }
                == [
                    "    error: 'from' of simulate is a time such as date \"2026-12-24 18:00\", got the number 9223372036854775807",
                    "    error: 'from' of simulate is a time such as date \"2026-12-24 18:00\", got the number -9223372036854775808",
                    "    error: 'opened' of a message is in no year from 1 to 9999",
                    "    error: 'amount' of an item is too large for a test",
                    "  ok     due",
                ], "\(outcome.output)")
    }

    @Test("a dry run may assume a response of the scripts")
    func responses() throws {
        let shop = try shop("response \"all\" { rates = function(c) return {} end }")
        try shop.fill()
        let taken = try shop.run("dry-run")
        #expect(
            taken.errors.hasPrefix("error: response 'all' has a name that --assume reads in another way\n"),
            "\(taken.errors)")
        try shop.write(
            "response \"eager\" { rates = function(c, message) return { open = 1, unsubscribe = message.channel == \"email\" and 1 or 0 } end }",
            to: "scripts/x.lua")
        let run = try shop.run("dry-run", "hello", "--assume", "eager")
        #expect(run.output.contains(" · responses of \"eager\"\n"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("unsubscribed"))
        let story = try shop.run("why", "hello", "--customer", "1")
        #expect(story.output.contains("unsubscribes after hello"), "\(story.output)")
        let unknown = try shop.run("dry-run", "hello", "--assume", "eagr")
        #expect(
            unknown.errors == """
                error: --assume names 'eagr', which is neither history, none or all nor a response of the scripts
                  did you mean 'eager'?

                """)
    }
}
