import Foundation
import TestSupport
import Testing

/// `moonletter check` as a person or an editor calls it.
@Suite("Check")
struct CheckTests {
    @Test(
        "the sample scripts and templates have nothing to find, also with the data of the demo, but a loop that SQL cannot decide"
    )
    func samples() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let outcome = try Program.run(["check", "--workspace", "demo"], in: folder.url)
        #expect(outcome.status == 0)
        #expect(
            outcome.output.hasPrefix(
                "note: Lua decides this, not SQL: a loop [not-pushed]\n  --> scripts/segments/complained.lua:12"
            ))
        #expect(outcome.output.hasSuffix("1 note in 12 scripts and 17 templates\n"))
        #expect(outcome.errors == "")
    }

    @Test("findings are drawn in the order of files and places, then counted; the status is 1")
    func findings() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            segment "big spenders" {
              descripton = "Spent a lot",
              where = function(c)
                return c.total_spnet > 5000
                   and c.birthday > 30
                   and c.order_count > 5 and c.order_count < 3
              end,
            }
            """, to: "scripts/big.lua")
        try shop.write(
            """
            campaign "again" {
              audience = segment["big spender"],
              journey = function(c) send { template = "helo" } end,
            }
            """, to: "scripts/again.lua")
        try shop.write("if a = 3 then b() end\nsegment \"y\" {\n", to: "scripts/zz.lua")
        let outcome = try shop.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.errors == "")
        try expectGolden("$ moonletter check\n" + outcome.output, "check.txt")
    }

    @Test("notes let the status be 0, unless they are asked to count")
    func notes() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "segment \"acme\" { where = function(c) return c.company == \"Acme\" end }",
            to: "scripts/acme.lua")
        let outcome = try shop.run("check")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("note: 100 % of the customers have no 'company' [often-missing]"))
        #expect(outcome.output.hasSuffix("1 note in 2 scripts and 2 templates\n"))
        #expect(try shop.run("check", "--strict").status == 1)
    }

    @Test("custom attributes of the workspace are fields, and others are not")
    func attributes() throws {
        let shop = try Shop()
        try shop.write("id,shoe_size\n1,42\n", to: "sizes.csv")
        #expect(try shop.run("import", "customers", "sizes.csv").status == 0)
        try shop.write(
            "segment \"a\" { where = function(c) return c.shoe_size > 40 and c.shoe_colour == \"red\" end }",
            to: "scripts/a.lua")
        let outcome = try shop.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("unknown field 'c.shoe_colour' of a customer"))
        #expect(!outcome.output.contains("'c.shoe_size'"))
    }

    @Test("a file is checked beside the other scripts of its workspace, and told about alone")
    func oneFile() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write("x = 1", to: "scripts/other.lua")
        let file = try shop.write(
            "segment \"a\" { where = segment.everyone & segment.evryone }", to: "scripts/a.lua")
        let inside = try shop.run("check", "scripts/a.lua")
        #expect(inside.status == 1)
        #expect(
            inside.output.contains("unknown segment 'evryone' [unknown-segment]\n --> scripts/a.lua:1:50"))
        #expect(inside.output.hasSuffix("1 error in 1 script\n"))
        // The workspace is the one around the file, wherever the person is.
        let outside = try Program.run(["check", file], in: URL(fileURLWithPath: "/"))
        #expect(outside.output.hasSuffix("1 error in 1 script\n"))
    }

    @Test("a file is checked once, however often and by whatever name it is named")
    func namedTwice() throws {
        let shop = try Shop()
        try shop.write("segment \"a\" { where = function(c) return true end }", to: "scripts/a.lua")
        let outcome = try shop.run("check", "scripts/a.lua", "scripts/../scripts/a.lua", "scripts/a.lua")
        #expect(outcome.status == 0)
        #expect(outcome.output == "nothing found in 1 script\n")
        let folder = try shop.run("check", "scripts")
        #expect(folder.status == 2)
        #expect(folder.errors.hasPrefix("error: scripts is a folder\n  name files in it"))
    }

    @Test(
        "a file that is no text is a finding, and the others are checked",
        arguments: ["text", "json", "sarif"])
    func unreadable(_ format: String) throws {
        let shop = try Shop()
        try shop.write("x = 1", to: "scripts/a.lua")
        let file = try shop.write("", to: "scripts/b.lua")
        try Data([0x72, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: file))
        try shop.write("return segment.elsewhere", to: "scripts/c.lua")
        for names: [String] in [[], ["scripts/b.lua", "scripts/a.lua", "scripts/c.lua"]] {
            let outcome = try Program.run(["check", "--format", format] + names, in: shop.url)
            #expect(outcome.status == 1)
            #expect(outcome.errors == "")
            #expect(outcome.output.contains("scripts/b.lua is not UTF-8 text"))
            #expect(outcome.output.contains("global-write"))
            if format == "text" {
                #expect(outcome.output.hasSuffix("2 errors in 3 scripts\n"))
            } else {
                _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            }
        }
    }

    @Test("templates are looked at with the scripts that send them, and told about behind these")
    func templates() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            campaign "again" {
              audience = segment.everyone,
              content = function(c) return { voucher = 50, last = c.orders:last() } end,
              journey = function(c) send { template = "again" } end,
            }
            """, to: "scripts/again.lua")
        try shop.write(
            """
            ---
            subject: "{{ customer.nmae }}, {{ voucher | money }} for you"
            require: [last.numbr]
            layout: bas
            ---
            <p>Your voucher of {{ vuocher | money }} is waiting.</p>
            {% for item in last.items %}{% render 'line', line: item %}{% endfor %}
            {{ 'bye' | t }} {{ old }} {% # check: ignore unknown-variable for the old shop %}
            """, to: "templates/again.liquid")
        try shop.write("{{ line.name }} {{ line.qty }} {{ item.name }}", to: "templates/partials/line.liquid")
        try shop.write("<p>{{ content_for_layout }}</p>", to: "templates/layouts/base.liquid")
        try shop.write("{ \"bye\": \"Auf Wiedersehen\" }", to: "templates/locales/de.json")
        try shop.write("{ \"hi\": \"Bonjour\" }", to: "templates/locales/fr.json")
        let outcome = try shop.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.errors == "")
        try expectGolden("$ moonletter check\n" + outcome.output, "check-templates.txt")
    }

    @Test("errors of several templates are told at once, and the scripts are checked beside them")
    func brokenTemplates() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write("---\nsubjct: x\n---\n", to: "templates/a.liquid")
        try shop.write("---\nsubject: \"{{ x\"\n---\n{% if %}", to: "templates/b.liquid")
        let file = try shop.write("", to: "templates/c.liquid")
        try Data([0x72, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: file))
        try shop.write("x = 1", to: "scripts/x.lua")
        let outcome = try shop.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("templates/a.liquid:2:1\n"))
        #expect(outcome.output.contains("templates/b.liquid:2:11\n"))
        #expect(outcome.output.contains("templates/b.liquid:4:6\n"))
        #expect(outcome.output.contains("templates/c.liquid is not UTF-8 text [template-syntax]\n"))
        #expect(outcome.output.contains("[global-write]\n"))
        #expect(outcome.output.hasSuffix("5 errors in 2 scripts and 5 templates\n"))
        let onlySyntax = try shop.run("check", "--syntax-only")
        #expect(onlySyntax.output.hasSuffix("4 errors in 2 scripts and 5 templates\n"))
    }

    @Test("a template is checked beside the other files of its workspace, from wherever it is named")
    func oneTemplate() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write("{{ x | mony }}", to: "templates/other.liquid")
        try shop.write("{% render 'p', line: 1 %}", to: "templates/hello.liquid")
        let file = try shop.write("{{ line }}{{ customer.nmae }}", to: "templates/partials/p.liquid")
        let inside = try shop.run("check", "templates/partials/p.liquid")
        #expect(inside.status == 1)
        #expect(inside.output.contains("[unknown-field]\n --> templates/partials/p.liquid:1:23\n"))
        #expect(inside.output.hasSuffix("\n\n1 error in 1 template\n"))
        let outside = try Program.run(["check", file], in: URL(fileURLWithPath: "/"))
        #expect(outside.output.contains("[unknown-field]\n --> \(file):1:23\n"))
        #expect(outside.output.hasSuffix("\n\n1 error in 1 template\n"))
        let beside = try Program.run(
            ["check", "p.liquid"], in: shop.url.appending(path: "templates/partials"))
        #expect(beside.output == inside.output.replacing("templates/partials/p.liquid", with: "p.liquid"))
        try shop.write("Hello", to: "templates/other.liquid")
        let whole = try Program.run(
            ["check", "p.liquid"], in: shop.url.appending(path: "templates/partials"))
        #expect(whole.output == beside.output)
        let folder = try TemporaryFolder()
        try folder.write("{{ a }}{{ customer.nmae }}{% render 'p' %}{{ customer.shoe_size }}", to: "a.liquid")
        let alone = try Program.run(["check", "a.liquid"], in: folder.url)
        #expect(alone.output.contains("[unknown-field]\n --> a.liquid:1:20\n"))
        #expect(alone.output.hasSuffix("\n\n1 error in 1 template\n"))
    }

    @Test("JSON and SARIF have the findings in templates too")
    func templateFormats() throws {
        let shop = try Shop()
        try shop.write("Dear {{ customer.nmae }}", to: "templates/a.liquid")
        let json = try shop.run("check", "--format", "json")
        #expect(json.status == 1)
        #expect(json.output.contains("\"file\" : \"templates/a.liquid\""))
        let sarif = try shop.run("check", "--format", "sarif")
        #expect(sarif.output.contains("\"uri\" : \"templates/a.liquid\""))
        #expect(sarif.output.contains("\"ruleId\" : \"unknown-field\""))
        for outcome in [json, sarif] { _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
    }

    @Test("a script that is too tall is Lua, and told about as such")
    func tooTall() throws {
        let shop = try Shop()
        try shop.write("return x\(String(repeating: " or x", count: 2000))", to: "scripts/a.lua")
        let outcome = try shop.run("check")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("[too-tall]"))
        #expect(outcome.output.hasSuffix("1 note in 1 script\n"))
    }

    @Test("a file outside of a workspace is checked by what every workspace has")
    func outside() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "segment \"a\" { where = function(c) return c.shoe_size > c.order_cuont end } return segment.elsewhere",
            to: "a.lua")
        let outcome = try Program.run(["check", "a.lua"], in: folder.url)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("unknown field 'c.order_cuont' of a customer"))
        #expect(outcome.output.hasSuffix("1 error in 1 script\n"))
        #expect(try Program.run(["check", "--syntax-only", "a.lua"], in: folder.url).status == 0)
    }

    @Test("the status is 2 where nothing could be checked")
    func cannotRun() throws {
        let folder = try TemporaryFolder()
        let nowhere = try Program.run(["check"], in: folder.url)
        #expect(nowhere.status == 2)
        #expect(nowhere.errors.hasPrefix("error: there is no workspace here"))
        let missing = try Program.run(["check", "none.lua"], in: folder.url)
        #expect(missing.status == 2)
        #expect(missing.errors == "error: there is no file none.lua\n  check the name\n")
        let rule = try Program.run(["check", "--explain", "unkown-field"], in: folder.url)
        #expect(rule.status == 2)
        #expect(rule.errors == "error: unknown rule 'unkown-field'\n  did you mean 'unknown-field'?\n")
    }

    @Test("a rule explains itself with examples")
    func explain() throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(["check", "--explain", "useless-default"], in: folder.url)
        #expect(outcome.status == 0)
        #expect(
            outcome.output.hasPrefix(
                "useless-default (warning)\nA value that is never missing needs no default.\n"))
    }

    @Test("JSON and SARIF go to standard output whole, and are the same each time")
    func formats() throws {
        let shop = try Shop()
        try shop.write("x = 1", to: "scripts/a.lua")
        for format in ["json", "sarif"] {
            let outcome = try shop.run("check", "--format", format)
            #expect(outcome.status == 1)
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            #expect(object is [String: Any])
            #expect(outcome.output.contains("global-write"))
            #expect(outcome.output == (try shop.run("check", "--format", format).output))
        }
    }
}
