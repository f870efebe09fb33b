import Diagnostics
import Linter
import ScriptSyntax
import Testing

/// What is found in templates beside the examples of the rules.
@Suite struct TemplateTests {
    /// A campaign that sends `hello` with this content.
    private static func script(_ content: String, name: String = "hello") -> String {
        """
        campaign "\(name)" {
          audience = segment.vip,
          content = function(c) \(content) end,
          journey = function(c) send { template = "hello" } end,
        }
        """
    }

    /// The findings in the templates, as `path:line:column rule token`, notes left out.
    private func found(
        _ files: [String: String], scripts: [String] = [script("return { voucher = 5 }")],
        change: (inout LintWorld) -> Void = { _ in }
    ) throws -> [String] {
        var world = try LintWorld.workshop()
        change(&world)
        let report = Linter(world).lint(
            [],
            templates: files.sorted { $0.key < $1.key }.map { TemplateSource(path: $0.key, text: $0.value) },
            others: [LintWorld.others]
                + scripts.enumerated().map { LuaChunk(parsing: $1, path: "scripts/s\($0).lua") })
        return report.findings.filter { $0.diagnostic.severity != .note }.map { finding in
            let place = finding.diagnostic.location?.description.replacing("templates/", with: "") ?? ""
            return "\(place) \(finding.rule) \(finding.diagnostic.token ?? "")"
        }
    }

    /// The names that nothing gives to `hello`.
    private func unknown(_ template: String, _ scripts: String..., files: [String: String] = [:]) throws
        -> String
    {
        let all = files.merging(["templates/hello.liquid": template]) { $1 }
        return try found(all, scripts: scripts).compactMap { finding in
            let words = finding.split(separator: " ")
            return words[1] == "unknown-variable" ? String(words[2]) : nil
        }.joined(separator: " ")
    }

    @Test("a template sees what any of its campaigns gives, and any name where that cannot be seen")
    func campaigns() throws {
        let text = "{{ a }}{{ b }}{{ d }}{{ customer.name }}{{ campaign }}"
        func check(_ scripts: String...) throws -> String {
            try found(["templates/hello.liquid": text], scripts: scripts).map {
                String($0.split(separator: " ")[2])
            }.joined(separator: " ")
        }
        let a = Self.script("return { a = 1 }")
        #expect(try check(a) == "b d")
        #expect(try check(a, Self.script("if c.city then return { b = 1 } end return nil", name: "y")) == "d")
        #expect(try check(Self.script("local t = {} t.a = 1 return t")) == "")
        #expect(try check(Self.script("return { [c.city] = 1 }")) == "")
        #expect(try check(Self.script("return { [1] = 1, [\"d\"] = 2, 3 }")) == "a b")
        #expect(
            try check(a, "campaign(\"x\" .. 1) { audience = segment.vip, journey = function(c) end }") == "")
        #expect(try check(a, "local s = send return s") == "")
        #expect(
            try check(a, "local function remind(c) send { template = \"hello\" } end return remind") == "")
        #expect(
            try check(
                a,
                """
                campaign "z" {
                  audience = segment.vip,
                  content = function(c) return { b = 1 } end,
                  journey = function(c) send { template = c.city } end,
                }
                """) == "d")
        #expect(
            try check(
                """
                local function journey(c) send { template = "hello" } end
                local function content(c) return { a = 1, b = 2 } end
                campaign "p" { audience = segment.vip, journey = journey, content = content }
                """) == "d")
        #expect(try check("return = 1", a) == "")
        #expect(try check() == "")
    }

    @Test("a partial is judged by all places that use it")
    func partials() throws {
        let partial = ["templates/partials/p.liquid": "{{ a }}{{ b }}{{ voucher }}{{ forloop.index }}"]
        let script = Self.script("return { voucher = 5 }")
        func check(_ template: String) throws -> String { try unknown(template, script, files: partial) }
        #expect(try check("{% render 'p' %}") == "a b forloop")
        #expect(try check("{% assign a = 1 %}{% render 'p', b: 1 %}") == "a forloop")
        #expect(try check("{% assign a = 1 %}{% include 'p' %}") == "b forloop")
        #expect(try check("{% for a in (1..3) %}{% include 'p' %}{% endfor %}") == "b")
        #expect(try check("{% render 'p' for (1..3) as a %}") == "b")
        #expect(try check("{% render 'p' with 5 as b %}{% render 'p', a: 1 %}") == "forloop")
        #expect(try check("{% assign which = 'p' %}{% include which %}") == "")
        let nested = partial.merging([
            "templates/partials/q.liquid": "{% render 'p', b: z %}{% include 'p', a: 1 %}"
        ]) { $1 }
        #expect(try unknown("{% render 'q', z: 1 %}", script, files: nested) == "forloop")
        #expect(try unknown("{% render 'q' %}", script, files: nested) == "forloop z")
        let circle = ["templates/partials/p.liquid": "{{ a }}{% render 'p' %}"]
        #expect(try unknown("", script, files: circle) == "")
        #expect(try unknown("{% render 'p' %}", script, files: circle) == "a")
    }

    @Test("an included partial gives its names to the template")
    func gifts() throws {
        let files = [
            "templates/partials/set.liquid": "{% assign a = 1 %}{% include 'deep' %}",
            "templates/partials/deep.liquid": "{% capture b %}x{% endcapture %}{{ a }}",
        ]
        let script = Self.script("return { voucher = 5 }")
        #expect(try unknown("{% include 'set' %}{{ a }}{{ b }}{{ d }}", script, files: files) == "d")
        #expect(try unknown("{% render 'set' %}{{ a }}{{ b }}", script, files: files) == "a b")
    }

    @Test("what a value stands for goes through assignments, loops, filters and partials")
    func meanings() throws {
        let findings = try found(
            [
                "templates/hello.liquid": """
                {% assign lines = last.items | sort: "name" %}{{ lines.first.nmae }}{{ lines[0]["prcie"] }}
                {% for line in lines reversed %}{{ line.nmae }}{% render 'line', line: line %}{% endfor %}
                {% assign one = last %}{% assign one = voucher %}{{ one.nmae }}
                {% tablerow order in all %}{{ order.itmes }}{{ order.items.last.nmae }}{% endtablerow %}
                {{ last.items.size }} {{ all.last.amount }} {{ last.size }}
                """,
                "templates/partials/line.liquid": "{{ line.product_nmae }}",
            ],
            scripts: [Self.script("return { last = c.orders:last(), all = c.orders:list(), voucher = 5 }")])
        #expect(
            findings == [
                "hello.liquid:1:62 unknown-field nmae", "hello.liquid:1:82 unknown-field prcie",
                "hello.liquid:2:41 unknown-field nmae", "hello.liquid:4:37 unknown-field itmes",
                "hello.liquid:4:65 unknown-field nmae", "hello.liquid:5:53 unknown-field size",
                "partials/line.liquid:1:9 unknown-field product_nmae",
            ])
    }

    @Test("without a database a field of the customer is unknown only where a known name is near")
    func unknownAttributes() throws {
        let files = [
            "templates/hello.liquid":
                "---\nrequire: [shoe_size, nmae]\n---\n{{ customer.shoe_size }}{{ customer.nmae }}"
        ]
        #expect(
            try found(files) == [
                "hello.liquid:2:11 unknown-variable shoe_size", "hello.liquid:2:22 unknown-variable nmae",
                "hello.liquid:4:13 unknown-field shoe_size", "hello.liquid:4:37 unknown-field nmae",
            ])
        #expect(
            try found(files) { $0.attributes = nil } == [
                "hello.liquid:2:22 unknown-variable nmae", "hello.liquid:4:37 unknown-field nmae",
            ])
    }

    @Test("every mistake of every file is told, and a broken file makes no name of another unknown")
    func broken() throws {
        let files = [
            "templates/hello.liquid": "---\nsubject: \"{{ a \"\n---\n{% iff a %}",
            "templates/hello.sms.liquid": "{{ a }}{% render 'p' %}{{ customer.nmae }}",
            "templates/locales/de.json": "[]", "templates/locales/deutsch!.json": "{}",
            "templates/partials/p.liquid": "{{ a }}{{ b ",
        ]
        #expect(
            try found(files) == [
                "hello.liquid:2:11 template-syntax {{", "hello.liquid:4:4 template-syntax iff",
                "hello.sms.liquid:1:4 unknown-variable a", "hello.sms.liquid:1:36 unknown-field nmae",
                "locales/de.json:1 template-syntax ", "locales/deutsch!.json:1 template-syntax ",
                "partials/p.liquid:1:8 template-syntax {{",
            ])
    }

    @Test("outside of a workspace only what is certain is told")
    func outside() throws {
        let text = "{{ a }}{% render 'p' %}{{ 'key' | t }}{{ customer.nmae }}{{ customer.shoe_size }}"
        let findings = try found(["hello.liquid": text], scripts: []) { world in
            (world.hasAllScripts, world.hasAllTemplates) = (false, false)
            (world.attributes, world.templates) = (nil, nil)
        }
        #expect(findings == ["hello.liquid:1:51 unknown-field nmae"])
    }

    @Test(
        "a comment silences its line or the line below it in Liquid, in its 'liquid' tag and in front matter",
        arguments: [
            ("{{ a }}{% # check: ignore unknown-variable %}", []),
            ("{{ a }}\n{%- comment -%} check: ignore-file unknown-variable {%- endcomment -%}", []),
            ("{% # check: ignore unknown-variable because of the shop %}\n{{ a }}\n{{ b }}", ["b"]),
            ("{% liquid\n  # check: ignore unknown-variable\n  echo a\n  echo b\n%}", ["b"]),
            ("---\n# check: ignore unknown-variable\nsubject: \"{{ a }}\"\n---\n{{ b }}", ["b"]),
            ("---\r\n# check: ignore unknown-variable\r\nsubject: \"{{ a }}\"\r\n---\r\n{{ b }}", ["b"]),
            ("\u{FEFF}---\n# check: ignore-file unknown-variable\nsubject: \"{{ a }}\"\n---\n{{ b }}", []),
            ("{% # check: ignore unknown-field %}{{ a }}", ["a", "unknown-field"]),
            ("{% # check: ignore unknown-feild %}", ["unknown-feild"]),
            ("{% # check: skip unknown-field %}", ["{% # check: skip unknown-field %}"]),
            ("{% # A check: this is prose. %}", []),
        ])
    func silences(_ template: String, _ expected: [String]) throws {
        let tokens = try found(["templates/hello.liquid": template]).map { finding in
            String(finding.split(separator: " ", maxSplits: 2)[2])
        }
        #expect(Set(tokens) == Set(expected))
    }

    @Test("a comment that silences what only a run could show is left alone")
    func undecidable() throws {
        let files = ["templates/hello.liquid": "{{ a }}{% # check: ignore unknown-variable %}"]
        #expect(try found(files, scripts: [Self.script("return values(c)")]).isEmpty)
        #expect(try found(files, scripts: []).isEmpty)
        #expect(
            try found(files, scripts: [Self.script("return { a = 1 }")]) == [
                "hello.liquid:1:27 ignore-comment unknown-variable"
            ])
    }

    @Test("scripts and templates are counted apart, and texts of languages with the templates")
    func summary() throws {
        let report = Linter(try LintWorld.workshop()).lint(
            [LuaChunk(parsing: Self.script("return { a = 1 }"), path: "scripts/a.lua")],
            templates: [
                TemplateSource(path: "templates/hello.liquid", text: "{{ b }}"),
                TemplateSource(path: "templates/locales/de.json", text: "{}"),
            ], others: [LintWorld.others])
        #expect(report.summary == "1 warning in 1 script and 2 templates")
    }

    @Test("templates of any shape are looked at to the end")
    func hostile() throws {
        let world = try LintWorld.workshop()
        let pieces = [
            "{{ a.b.c }}", "{% assign x = x.y %}{{ x }}", "{% if a %}", "{% render 'p', a: a %}",
            "{% include 'p' %}", "{% # check: ignore x %}\n", "{% comment %}{% endcomment %}",
            "{{ 'k' | t }}\n", "{{ a[a[a]] }}", "{% for x in x %}{{ x }}{% endfor %}", "# check: ignore\n",
        ]
        for piece in pieces {
            let text = String(repeating: piece, count: 30_000 / piece.count)
            let names = ["hello", "partials/p", "partials/q", "layouts/l"]
            let templates = names.map { TemplateSource(path: "templates/\($0).liquid", text: text) }
            let report = Linter(world).lint([], templates: templates, others: [LintWorld.others])
            #expect(report.templateCount == 4)
        }
    }
}
