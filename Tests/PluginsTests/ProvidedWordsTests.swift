import Foundation
import TestSupport
import Testing

@Suite("Words, methods, filters, tags and checks of plugins")
struct ProvidedWordsTests {
    /// A shop with customers and a plugin that provides a thing of each kind.
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.writePlugin(
            "extras",
            provides: """
                {
                  "words": ["twice"], "methods": ["lives_in"], "relation_methods": ["is_empty"],
                  "filters": ["stars"], "tags": ["badge"], "lints": ["nameless", "shouting", "twins"],
                  "traits": ["abroad"], "segments": ["foreigners"]
                }
                """,
            read: "{ \"fields\": [\"city\", \"name\", \"registered_at\"], \"tables\": [\"orders\"] }",
            """
            plugin.word "twice" {
              doc = "Twice a number.",
              signature = "twice(number)",
              call = function(number) return number * 2 end,
            }

            plugin.method "lives_in" {
              doc = "Whether the customer lives in a city.",
              signature = "c:lives_in(city)",
              call = function(c, city) return c.city == city end,
            }

            plugin.relation_method "is_empty" {
              doc = "Whether there is no row.",
              call = function(rows) return not rows:any() end,
            }

            plugin.filter "stars" {
              render = function(text, count)
                if text == "fail" then error("no stars left") end
                return string.rep("*", count or 1) .. (text or "nobody")
              end,
            }

            plugin.tag "badge" {
              render = function(name, place) return "<" .. (name or "?") .. ", " .. (place or "?") .. ">" end,
            }

            plugin.trait "abroad" { of = function(c) return c:lives_in("London") and twice == nil end }

            plugin.segment "foreigners" { where = function(c) return c.city == "London" or c.city == "Cork" end }

            plugin.lint "nameless" {
              level = "note",
              doc = "Nobody likes to be called nobody.",
              customer = function(c) if not c.name then return "has no name" end end,
            }

            plugin.lint "twins" {
              doc = "registered at the same time",
              same = function(c) return tostring(c.registered_at) end,
            }

            plugin.lint "shouting" {
              doc = "Capitals are loud.",
              text = function(path, text)
                local found, line = {}, 0
                for content in text:gmatch "[^\\n]+" do
                  line = line + 1
                  if content:find "!!" then
                    found[#found + 1] = { line = line, message = "it shouts", hint = "one ! is enough" }
                  end
                end
                return found
              end,
            }
            """)
        let enabled = try shop.enable("extras")
        #expect(enabled.status == 0, "\(enabled.errors)")
        return shop
    }

    @Test("rules call a plugin's words, methods of customers and methods of relations")
    func rules() throws {
        let shop = try shop()
        for (rule, count) in [
            ("c:lives_in(\"London\")", 1), ("c.orders:is_empty()", 5), ("twice(c.id) == 4", 1),
            ("c.orders:since(days_ago(9)):is_empty() and not c:lives_in(\"Cork\")", 4),
        ] {
            let outcome = try shop.run("segment", "function(c) return \(rule) end")
            #expect(outcome.output == "\(count)\n", "\(rule): \(outcome.errors)")
        }
        let unknown = try shop.run("segment", "function(c) return c.orders:is_emty() end")
        #expect(unknown.errors.contains("did you mean 'is_empty'?"), "\(unknown.errors)")
        let explained = try shop.run("explain", "function(c) return c:lives_in(\"London\") end")
        #expect(explained.output.contains("SQL has no 'c:lives_in'"), "\(explained.output)")
    }

    @Test("a plugin calls its own methods and sees no words that it provides to others")
    func own() throws {
        let outcome = try shop().run("segment", "function(c) return c.abroad end")
        // `twice` is a word of scripts, so that the plugin's own name for it is another.
        #expect(outcome.errors.contains("unknown word 'twice'"), "\(outcome.errors)")
    }

    @Test("what filters and tags give is escaped where it stands")
    func templates() throws {
        let shop = try shop()
        try shop.write(
            """
            ---
            subject: "Hi"
            ---
            <p title="{% badge customer.city %}">{% badge customer.name, customer.city %}
            {{ "<" | stars: 2 | append: "&" }} {% liquid
              badge "x"
            %}</p>
            """, to: "templates/hello.liquid")
        let outcome = try shop.run("render", "hello", "--customer", "2", "--channel", "email")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains("<p title=\"&lt;London, ?&gt;\">&lt;Ann Lee, London&gt;"),
            "\(outcome.output)")
        #expect(outcome.output.contains("**&lt;&amp; &lt;x, ?&gt;</p>"), "\(outcome.output)")
    }

    @Test("the error of a filter names the template, its line and the plugin's file")
    func failing() throws {
        let shop = try shop()
        try shop.write(
            "---\nsubject: Hi\n---\n<p>\n{{ \"fail\" | stars }}</p>\n", to: "templates/hello.liquid")
        let outcome = try shop.run("render", "hello", "--customer", "2", "--channel", "email")
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("templates/hello.liquid:5:4"), "\(outcome.errors)")
        #expect(
            outcome.errors.contains(
                "the Liquid filter 'stars' of plugin 'extras' failed at plugins/extras/main.lua:20: no stars left"
            ), "\(outcome.errors)")
    }

    @Test("unknown filters and tags are errors with the names that plugins give")
    func unknown() throws {
        let shop = try shop()
        try shop.write("---\nsubject: Hi\n---\n{{ 1 | star }}\n", to: "templates/hello.liquid")
        #expect(try shop.run("check").output.contains("did you mean 'stars'?"))
        try shop.write("---\nsubject: Hi\n---\n{% bagde 1 %}\n", to: "templates/hello.liquid")
        #expect(try shop.run("check").output.contains("did you mean 'badge'?"))
        try shop.run("plugins", "disable", "extras")
        try shop.write("---\nsubject: Hi\n---\n{{ 1 | stars }}\n", to: "templates/hello.liquid")
        #expect(try shop.run("check").output.contains("unknown filter 'stars'"))
    }

    @Test("check knows what plugins define, and what their checks find has their level")
    func check() throws {
        let shop = try shop()
        try shop.write(
            """
            segment "near" {
              where = function(c)
                return twice(c.id) > 2 and c:lives_in "London" and c.orders:is_empty() and c.abroad == nil
                   and segment.foreigners:includes(c)
              end,
            }
            """, to: "scripts/near.lua")
        try shop.write(
            "---\nsubject: Hi\n---\nBuy!!\n{% # check: ignore extras/shouting %}\nNow!! {{ 1 | stars }}\n",
            to: "templates/hello.liquid")
        let outcome = try shop.run("check", "--format", "json")
        let findings = outcome.output.split(separator: "\n").filter {
            $0.contains("\"message\"") || $0.contains("\"id\"") || $0.contains("\"line\"")
        }.map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(
            findings.filter { !$0.contains("\"line\"") } == [
                "\"id\" : \"not-pushed\",",
                "\"message\" : \"Lua decides this, not SQL: SQL has no 'twice'\",",
                "\"id\" : \"not-pushed\",",
                "\"message\" : \"Lua decides this, not SQL: SQL has no 'c:lives_in'\",",
                "\"id\" : \"not-pushed\",",
                "\"message\" : \"Lua decides this, not SQL: SQL has no 'c.orders:is_empty'\",",
                "\"id\" : \"not-pushed\",",
                "\"message\" : \"Lua decides this, not SQL: the text of the trait 'abroad' was not found\",",
                "\"id\" : \"extras/shouting\",", "\"message\" : \"it shouts\",",
                "\"id\" : \"extras/nameless\",", "\"message\" : \"customer 3: has no name\",",
                "\"id\" : \"extras/twins\",",
                "\"message\" : \"2 customers: registered at the same time, such as customers 3 and 4\",",
            ], "\(outcome.output)")
        #expect(outcome.status == 1)
        #expect(try shop.run("check").output.hasSuffix("in 2 scripts, 2 templates and 5 customers\n"))
    }

    @Test("a check that fails is told of, and the others go on")
    func failingCheck() throws {
        let shop = try shop()
        try shop.writePlugin(
            "broken", provides: "{ \"lints\": [\"bad\", \"good\"] }", read: "{ \"fields\": [\"city\"] }",
            """
            plugin.lint "bad" { customer = function(c) return c.city .. c.name end }
            plugin.lint "good" { customer = function(c) if c.city == "Cork" then return "lives in Cork" end end }
            """)
        try shop.enable("broken")
        let output = try shop.run("check").output
        #expect(output.contains("the check failed: plugins/broken/main.lua:1"), "\(output)")
        #expect(output.contains("plugin 'broken' may not read c.name"), "\(output)")
        #expect(output.contains("customer 5: lives in Cork [broken/good]"), "\(output)")
    }

    @Test("names that mean something already, or that nobody could write, are refused")
    func names() throws {
        let shop = try shop()
        for (provides, code, message) in [
            ("words", "plugin.word \"segment\" { call = function() end }", "has the name of a word"),
            ("methods", "plugin.method \"city\" { call = function() end }", "has the name of a field"),
            (
                "relation_methods", "plugin.relation_method \"count\" { call = function() end }",
                "has the name of a method of relations"
            ),
            ("filters", "plugin.filter \"upcase\" { render = function() end }", "has the name of a filter"),
            ("tags", "plugin.tag \"echo\" { render = function() end }", "has the name of a tag of Liquid"),
            (
                "filters", "plugin.filter \"a-b\" { render = function() end }",
                "has a name that nobody can write"
            ),
            (
                "lints", "plugin.lint \"x\" { level = \"loud\" }",
                "'level' of check 'x' is error, warning, note"
            ),
            ("lints", "plugin.lint \"x\" { doc = \"No.\" }", "check 'x' looks at nothing"),
        ] {
            let name = String(code.split(separator: "\"")[1])
            try shop.writePlugin("odd", provides: "{ \"\(provides)\": [\"\(name)\"] }", code)
            let outcome = try shop.enable("odd")
            let told = try outcome.errors + shop.run("segment", "foreigners").errors
            #expect(told.contains(message), "\(code): \(told)")
        }
    }
}
