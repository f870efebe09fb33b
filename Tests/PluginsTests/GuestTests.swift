import Foundation
import TestSupport
import Testing

@Suite("Plugins in a workspace")
struct GuestTests {
    /// A shop with customers and a plugin that knows where they live.
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.writePlugin(
            "places",
            provides: "{ \"traits\": [\"place\"], \"segments\": [\"coast\"], \"words\": [\"shout\"] }",
            read: "{ \"fields\": [\"city\"] }",
            """
            local coast = { ["上海"] = true, ["深圳"] = true }

            plugin.trait "place" {
              of = function(c) return c.city or "nowhere" end,
            }

            plugin.segment "coast" {
              where = function(c) return coast[c.city] == true end,
            }

            plugin.word "shout" {
              doc = "Writes a text in capitals.",
              call = function(text) return text:upper() .. "!" end,
            }
            """)
        let enabled = try shop.enable("places")
        #expect(enabled.status == 0, "\(enabled.errors)")
        return shop
    }

    @Test(
        "scripts use the traits, segments and words of a plugin as if they were their own, in SQL where they can be"
    )
    func used() throws {
        let shop = try shop()
        try shop.write(
            """
            segment "shore or London" {
              where = function(c) return segment.coast:includes(c) or c.place == "London" end,
            }
            """, to: "scripts/shore.lua")
        #expect(try shop.run("segment", "shore or London").output == "3\n")
        #expect(
            try shop.run("segment", "coast", "--show", "place").output == "id  place\n 1  上海\n 4  深圳\n")
        #expect(
            try shop.run("segment", "function(c) return shout(c.place) == \"LONDON!\" end").output == "1\n")
        #expect(try shop.run("explain", "coast").output.contains("SQL decides all of it."))
        #expect(
            try shop.run("segment", "coast", "--no-pushdown").output == "2\n")
    }

    @Test(
        "a field that plugin.json does not ask for is an error that names the permission, with and without SQL"
    )
    func undeclared() throws {
        let shop = try shop()
        try shop.writePlugin(
            "places", provides: "{ \"segments\": [\"named\"] }", read: "{ \"fields\": [\"city\"] }",
            """
            plugin.segment "named" {
              where = function(c) return c.name == "Ann Lee" end,
            }
            """)
        try shop.enable("places")
        for arguments in [["segment", "named"], ["segment", "named", "--no-pushdown"]] {
            let outcome = try Program.run(arguments, in: shop.url)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("plugin 'places' may not read c.name"), "\(outcome.errors)")
            #expect(outcome.errors.contains("plugins/places/main.lua:2"), "\(outcome.errors)")
            #expect(
                outcome.errors.contains(
                    "add \"name\" to permissions.read.fields in plugins/places/plugin.json"),
                "\(outcome.errors)")
        }
    }

    @Test("a permission that was taken back is an error that says how to give it again")
    func revoked() throws {
        let shop = try shop()
        let revoked = try shop.run("plugins", "grant", "places", "--revoke", "field:city")
        #expect(revoked.output == "places may do all that it asks for but field:city\n")
        let outcome = try shop.run("segment", "coast")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("plugin 'places' may not read c.city: field:city was not granted"))
        #expect(outcome.errors.contains("moonletter plugins grant places field:city"))
        #expect(
            try shop.run("plugins", "grant", "places", "--yes").output.contains("may do all that it asks for")
        )
        #expect(try shop.run("segment", "coast").output == "2\n")
    }

    @Test(
        "a plugin whose files have changed does not run until they are allowed again, and what is new is marked"
    )
    func changed() throws {
        let shop = try shop()
        try shop.writePlugin(
            "places", provides: "{ \"segments\": [\"coast\"] }", read: "{ \"fields\": [\"city\", \"name\"] }",
            "plugin.segment \"coast\" { where = function(c) return c.name ~= nil end }")
        let outcome = try shop.run("segment", "everyone")
        #expect(outcome.output == "5\n")
        #expect(
            outcome.errors
                == """
                warning: plugin 'places' is left out: its files are not those that were allowed
                  see what it asks for now: moonletter plugins enable places

                """)
        #expect(try shop.run("plugins", "list").output.contains("changed since it was allowed"))
        let asked = try shop.run("plugins", "enable", "places")
        #expect(asked.status == 1)
        #expect(asked.output.contains("reads     c.city, c.name (new)"), "\(asked.output)")
        #expect(asked.errors.contains("nobody is at a terminal to be asked: Allow this?"))
    }

    @Test(
        "a broken plugin is reported and left out; the rest goes on",
        arguments: [
            ("plugin.segment \"b\" {", "unexpected symbol near <eof>"),
            ("error \"boom\"", "boom"),
            ("local x = 1", "provides the segment 'b', which no code registers"),
            (
                "plugin.segment \"c\" { where = function(c) return true end }",
                "which its plugin.json does not provide"
            ),
            ("plugin.segmnt \"b\" { where = function(c) return true end }", "plugin has no 'segmnt'"),
            ("while true do end", "loading a script"),
            ("x = 1", "'x' is global"),
            ("plugin.segment \"b\" { where = function(c) return true end, colour = 1 }", "colour"),
        ])
    func broken(lua: String, said: String) throws {
        let shop = try shop()
        try shop.writePlugin("broken", provides: "{ \"segments\": [\"b\"] }", lua)
        let refused = try shop.enable("broken")
        #expect(refused.status == 1)
        #expect(refused.errors.contains(said), "\(refused.errors)")
        // As if it had been allowed when it was whole.
        let grants = try String(contentsOf: shop.url.appending(path: "plugins/grants.json"), encoding: .utf8)
        let hash = try hash(of: "broken", in: shop)
        try shop.write(
            grants.replacing(
                "{\n  \"places\"",
                with:
                    "{\n  \"broken\": { \"enabled\": true, \"version\": \"1.0.0\", \"hash\": \"\(hash)\", \"granted\": [] },\n  \"places\""
            ), to: "plugins/grants.json")
        let outcome = try shop.run("segment", "coast")
        #expect(outcome.output == "2\n", "\(outcome.errors)")
        #expect(outcome.errors.contains("warning: plugin 'broken' is left out: "), "\(outcome.errors)")
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
    }

    private func hash(of name: String, in shop: Shop) throws -> String {
        let file = try shop.run("plugins", "info", name, "--format", "json")
        let pattern = /"hash": "([0-9a-f]{64})"/
        return try #require(file.output.firstMatch(of: pattern)).1.description
    }

    @Test(
        "each plugin has a budget of its own, and one that uses it up fails alone and runs again for the next"
    )
    func budget() throws {
        let shop = try shop()
        try shop.writePlugin(
            "slow", provides: "{ \"traits\": [\"lazy\"] }", read: "{ \"fields\": [\"id\"] }",
            more: ", \"limits\": { \"steps\": 500000 }",
            """
            plugin.trait "lazy" {
              of = function(c)
                if c.id == 1 then while true do end end
                return "done"
              end,
            }
            """)
        try shop.enable("slow")
        let outcome = try shop.run("segment", "function(c) return c.id == 1 and c.lazy == \"done\" end")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("a rule may take 500,000 steps for a customer"), "\(outcome.errors)")
        #expect(
            outcome.errors.contains("or raise limits.steps in plugins/slow/plugin.json"), "\(outcome.errors)")
        let lines = try Program.run(
            ["repl", "-e", "pcall(function() return customer(1).lazy end)", "-e", "customer(2).lazy"],
            in: shop.url)
        #expect(lines.output.contains("done"), "\(lines)")
    }

    @Test("a campaign of a plugin sends, tags and waits as its permissions say")
    func campaign() throws {
        let shop = try shop()
        try shop.writePlugin(
            "mailer", provides: "{ \"campaigns\": [\"greeting\"] }",
            read: "{ \"fields\": [\"city\", \"id\"] }", act: "[\"send\", \"tag\"]",
            """
            plugin.campaign "greeting" {
              audience = function(c) return c.city ~= nil end,
              journey = function(c)
                tag "greeted"
                send { template = "hello" }
                if c.id == 1 then award(5) end
              end,
            }
            """)
        try shop.enable("mailer")
        let outcome = try shop.run("dry-run", "greeting", "--days", "2", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("plugin 'mailer' may not award in journeys"), "\(outcome.output)")
        let why = try shop.run("why", "greeting", "--customer", "5")
        #expect(why.output.contains("tagged \"greeted\"") || why.output.contains("greeted"), "\(why.output)")
    }

    @Test("a plugin's functions see no more of a customer whose turn is over, and never change one")
    func turns() throws {
        let shop = try shop()
        try shop.writePlugin(
            "keeper", provides: "{ \"words\": [\"keep\", \"kept\", \"write\"] }",
            read: "{ \"fields\": [\"city\"] }",
            """
            local before
            plugin.word "keep" { call = function(c) before = before or c return true end }
            plugin.word "kept" { call = function() return before.city end }
            plugin.word "write" { call = function(c) c.city = "x" end }
            """)
        try shop.enable("keeper")
        let kept = try shop.run("segment", "function(c) return keep(c) and kept() == c.city end")
        #expect(kept.errors.contains("the turn of this customer is over"), "\(kept)")
        let written = try shop.run("segment", "function(c) return write(c) end")
        #expect(written.errors.contains("a customer cannot be changed; rules only read"), "\(written)")
    }

    @Test("plugins see nothing of each other, of files, of the clock, and of what scripts may not use either")
    func sandbox() throws {
        let shop = try shop()
        for (number, name) in ["io", "os", "debug", "segment", "campaign", "test", "customers", "load"]
            .enumerated()
        {
            try shop.writePlugin("probe", provides: "{}", version: "1.0.\(number)", "local x = \(name)")
            let outcome = try shop.enable("probe")
            if name == "load" { continue }
            #expect(outcome.status == 1 && outcome.errors.contains("'\(name)'"), "\(name): \(outcome)")
        }
    }
}
