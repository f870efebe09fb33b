import Foundation
import TestSupport
import Testing

@Suite("moonletter render")
struct RenderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func render(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(["render"] + arguments, in: folder.url)
    }

    @Test("a file with the values of another needs no workspace, as README.md shows")
    func readme() throws {
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        let template = """
            <p>Dear {{ customer.name }}, your {{ item }} is <a href="https://example.com/?q={{ item }}">here</a>.</p>

            """
        let data = #"{ "customer": { "name": "Ann & Bo" }, "item": "café au lait" }"# + "\n"
        try folder.write(template, to: "hello.liquid")
        try folder.write(data, to: "ann.json")
        let outcome = try render("hello.liquid", "--data", "ann.json")
        #expect(outcome.status == 0)
        #expect(
            readme.contains(
                """
                $ cat hello.liquid
                \(template)$ cat ann.json
                \(data)$ moonletter render hello.liquid --data ann.json
                \(outcome.output)```
                """))
    }

    @Test("objects keep their order, lists what is missing, and pieces stand beside the file")
    func values() throws {
        try folder.write(
            """
            ---
            subject: Hi
            layout: base
            ---
            {% for pair in o %}{{ pair[0] }}={{ pair[1] }} {% endfor %}{{ l | size }}{{ l[1] }}{% render "f" %}{{ x }}
            """, to: "m.liquid")
        try folder.write("[{{ n }}]", to: "partials/f.liquid")
        try folder.write("<b>{{ content_for_layout }}</b>", to: "layouts/base.liquid")
        try folder.write(#"{"o": {"z": 1, "a": 2.5}, "l": [null, "y", null], "n": "<"}"#, to: "d.json")
        let outcome = try render("m.liquid", "--data", "d.json")
        #expect(outcome.output == "<b>z=1 a=2.5 3y[&lt;]</b>\n")
        #expect(outcome.errors == "m.liquid:5:103: {{ x }} is empty\n")
        #expect(try render("m.liquid", "--data", "d.json", "--text").output == "z=1 a=2.5 3y[<]\n")
        #expect(
            try render("m.liquid", "--data", "d.json", "--no-escape").output == "<b>z=1 a=2.5 3y[<]</b>\n")
    }

    @Test(
        "bad input is one error that says the next step",
        arguments: [
            (["no.liquid"], "error: there is no file no.liquid\n  check the name\n"),
            (
                ["m.liquid", "--data", "bad.json"],
                """
                error: expected a name in quotation marks, found '}'
                 --> bad.json:1:8
                  |
                1 | {"a":1,}
                  |        ^

                """
            ),
            (
                ["m.liquid", "--data", "list.json"],
                """
                error: list.json holds no object
                 --> list.json:1
                  |
                1 | []
                  = write { "customer": { "name": "Ann" } }

                """
            ),
            (
                ["oops.liquid"],
                """
                error: unknown filter 'upcas'
                 --> oops.liquid:1:8
                  |
                1 | {{ x | upcas }}
                  |        ^^^^^
                  = did you mean 'upcase'?

                """
            ),
            (
                ["need.liquid"],
                """
                error: the message would be held back: value missing
                  name is missing (need.liquid:2:11)

                """
            ),
        ])
    func errors(_ arguments: [String], _ expected: String) throws {
        try folder.write("x", to: "m.liquid")
        try folder.write(#"{"a":1,}"#, to: "bad.json")
        try folder.write("[]", to: "list.json")
        try folder.write("{{ x | upcas }}", to: "oops.liquid")
        try folder.write("---\nrequire: [name]\n---\nHi", to: "need.liquid")
        let outcome = try Program.run(["render"] + arguments, in: folder.url)
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(outcome.errors == expected)
    }

    @Test("of a workspace it takes a customer, and the content of a campaign")
    func workspace() throws {
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let demo = folder.url.appending(path: "demo")
        let plain = try Program.run(["render", "win-back", "--customer", "17"], in: demo)
        #expect(plain.status == 0)
        #expect(plain.output.contains("\n<p>陈婷婷：</p>\n"))
        #expect(plain.errors.contains("{{ voucher }} is empty"))
        let whole = try Program.run(
            ["render", "win-back", "--customer", "17", "--campaign", "win-back"], in: demo)
        #expect(!whole.errors.contains("voucher"))
        #expect(whole.output != plain.output)
        let file = try Program.run(["render", "templates/win-back.zh.liquid", "--customer", "17"], in: demo)
        #expect(file.output == plain.output)
        let elsewhere = try Program.run(
            ["render", "demo/templates/win-back.zh.liquid", "--customer", "17", "--workspace", "demo"],
            in: folder.url)
        #expect(elsewhere.output == plain.output)
        // A path means that file, whatever the customer's language.
        let english = try Program.run(["render", "templates/win-back.liquid", "--customer", "17"], in: demo)
        #expect(english.output.contains("\n<p>Dear 陈婷婷,</p>\n"))
        let nobody = try Program.run(["render", "win-back", "--customer", "999999"], in: demo)
        #expect(nobody.status == 1)
        #expect(nobody.errors.hasPrefix("error: there is no customer 999999"))
        let unknown = try Program.run(["render", "win-bak"], in: demo)
        #expect(unknown.errors.contains("did you mean 'win-back'?"))
    }

    @Test("a template in a folder has its name, and a file the one channel that it is written for")
    func namesAndFiles() throws {
        #expect(try Program.run(["init", "shop"], in: folder.url).status == 0)
        try folder.write("Hello", to: "shop/templates/b2b/hello.sms.liquid")
        let shop = folder.url.appending(path: "shop")
        #expect(try Program.run(["render", "b2b/hello"], in: shop).output == "Hello\n")
        let path = "templates/b2b/hello.sms.liquid"
        #expect(try Program.run(["render", path, "--channel", "sms"], in: shop).output == "Hello\n")
        let other = try Program.run(["render", path, "--channel", "email"], in: shop)
        #expect(
            other.errors == """
                error: templates/b2b/hello.sms.liquid is written for sms
                  leave --channel out

                """)
        let unknown = try Program.run(["render", "b2b/helo"], in: shop)
        #expect(unknown.errors == "error: unknown template 'b2b/helo'\n  did you mean 'b2b/hello'?\n")
    }

    @Test("what a value does to a note steers no terminal")
    func notes() throws {
        try folder.write("{{ key | t }}", to: "m.liquid")
        try folder.write(#"{"key": "a\u001b[31m"}"#, to: "d.json")
        #expect(
            try render("m.liquid", "--data", "d.json").errors
                == "m.liquid:1: there is no translation of 'a [31m'\n")
    }

    @Test("a folder is no template, and a message may be aborted without a reason")
    func noMessage() throws {
        try folder.write("x", to: "m.liquid/x.txt")
        let outcome = try render("m.liquid")
        #expect(
            outcome.errors
                == "error: m.liquid cannot be read\n  check that it is a file, and its permissions\n")
        try folder.write("{% abort_message %}", to: "a.liquid")
        #expect(
            try render("a.liquid").errors
                == "error: the message would be held back: aborted by the template\n")
    }
}
