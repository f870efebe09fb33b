import Diagnostics
import Templates
import Testing

/// `render` and `include`: whole templates with their partials → whole output.
@Suite(.enabled(if: LuaProgram.isInstalled)) struct PartialTests {
    @Test(
        "a partial prints",
        arguments: [
            // `render` sees what the host gives and its arguments, nothing the template assigned.
            ("{% assign a = 1 %}{% render 'p' %}", "[{{ a }}{{ host }}]", "[h]"),
            ("{% render 'p', a: 1, b: host %}{{ a }}", "[{{ a }}{{ b }}]", "[1h]"),
            ("{% render 'p', host: nil %}", "[{{ host }}]", "[]"),
            ("{% render 'p' with host %}", "[{{ p }}]", "[h]"),
            ("{% render 'dir/p' with host %}", "[{{ p }}]", "[h]"),
            (
                "{% render 'p' for list as x, n: 2 %}",
                "{{ forloop.index }}/{{ forloop.length }}{{ x }}{{ n }} ", "1/2a2 2/2b2 "
            ),
            ("{% render 'p' for (3..4) as x %}", "{{ x }};", "3;4;"),
            ("{% render 'p' for host as x %}", "{{ x }};", "h;"),
            ("{% for i in list %}{% render 'p' %}{% endfor %}", "{{ i }}{% break %}!", ""),
            // `include` shares names, loops and interrupts.
            (
                "{% for i in list %}{% include 'p' %}!{% endfor %}",
                "{{ i }}{{ forloop.index }}{% continue %}", "a1b2"
            ),
            ("{% for i in list %}{% include 'p' %}!{% endfor %}.", "{{ i }}{% break %}", "a."),
            ("a{% include 'p' %}b", "[{% break %}]", "a["),
            ("{% include 'p' %}{{ x }}", "{% capture x %}<{{ host }}>{% endcapture %}", "<h>"),
            ("{% assign p = 'v' %}{% include 'p' %}", "[{{ p }}]", "[v]"),
            ("{% assign n = 'p' %}{% include n, a: 1 %}", "[{{ a }}]", "[1]"),
            ("{% cycle 'a', 'b' %}{% include 'p' %}", "{% cycle 'a', 'b' %}", "ab"),
            (
                "{% for i in list limit: 1 %}{{ i }}{% endfor %}{% include 'p' %}",
                "{% for i in list offset: continue %}{{ i }}{% endfor %}", "ab"
            ),
            (
                "{% for i in list %}{% include 'p' %}{% endfor %}",
                "{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ j }} {% endfor %}", "11 12 21 22 "
            ),
            ("{% for i in list %}{% assign n = 'i' %}{% include 'p' %}{% endfor %}", "{{ [n] }}", "ab"),
            (
                "{% tablerow i in list %}{% include 'p' %}{% endtablerow %}", "{{ tablerowloop.col }}{{ i }}",
                "<tr class=\"row1\">\n<td class=\"col1\">1a</td><td class=\"col2\">2b</td></tr>\n"
            ),
            ("{% tablerow i in none %}{{ i }}{% endtablerow %}|", "", "|"),
            ("{% for i in list %}{% ifchanged %}x{% break %}{% endifchanged %}{% endfor %}", "", "x"),
            ("{% doc %}{{ {% enddoc %}{% liquid\n doc\n what\n enddoc\n echo 1 %}", "", "1"),
        ] as [(String, String, String)])
    func prints(_ template: String, _ partial: String, _ output: String) throws {
        let rendered = try LuaProgram.render(
            template, "{ host = 'h', list = { 'a', 'b' } }", partials: ["p": partial, "dir/p": partial])
        #expect(rendered.output == output)
        #expect(rendered.error == nil)
    }

    @Test("a partial escapes once: HTML that comes as an argument stays HTML")
    func escapes() throws {
        let template = """
            {% capture c %}<b>{% endcapture %}{% render 'p', a: c, b: x %}{% include 'p', a: c, b: x %}\
            {% include 'q' %}{{ d }}{{ x }}
            """
        let rendered = try LuaProgram.render(
            template, "{ x = '<' }",
            partials: ["p": "{{ a }}{{ b }}", "q": "{% capture d %}<i>{{ x }}{{ c }}{% endcapture %}"],
            escaping: .html)
        #expect(rendered.output == "<b>&lt;<b>&lt;<i>&lt;<b>&lt;")
    }

    @Test("what a partial misses is noted with its file")
    func missing() throws {
        let rendered = try LuaProgram.render(
            "{{ a }}\n{% render 'p' %}{% include 'p' %}", partials: ["p": "\n{{ b.c }}"])
        #expect(
            rendered.missing == [
                "a:1:4", "partials/p.liquid b.c:2:4", "partials/p.liquid b.c:2:4",
            ])
    }

    @Test(
        "what goes wrong with a partial is told at its line",
        arguments: [
            (
                "{% if x %}{% render 'p' %}{% endif %}\n{% render 'q' %}", "",
                "t.liquid:2:4+6: there is no partial 'q'; there are p; write it in templates/partials/q.liquid"
            ),
            ("{% include x %}", "", "t.liquid:1:4+7: the name of a partial must be text"),
            ("{% render 'p' %}", "\n\n{{ 1 | divided_by: 0 }}", "partials/p.liquid:3:4+17: divided by 0"),
            (
                "{% render 'p' %}", "\n{% render 'p' %}",
                "partials/p.liquid:2:4+6: more than 30 partials in each other: 'p' may lead back to itself"
            ),
            (
                "{% include 'p' %}", "{% include 'p' %}",
                "partials/p.liquid:1:4+7: more than 30 partials in each other: 'p' may lead back to itself"
            ),
            (
                "{% render 'p' %}", "{% include 'q' %}",
                "partials/p.liquid:1:4+7: 'include' is not allowed in a partial that 'render' renders; use 'render'"
            ),
            ("{% tablerow i in (1..2) cols: true %}{% endtablerow %}", "", "t.liquid:1:4+8: invalid integer"),
            ("{{ 5 | base64_decode }}", "", "t.liquid:1:4+17: invalid base64 provided to base64_decode"),
            ("{{ (1..3) | where: 'a' }}", "", "t.liquid:1:4+19: cannot select the property 'a'"),
            ("{{ (1..3) | has: 'a' }}", "", "t.liquid:1:4+17: cannot select the property 'a'"),
        ] as [(String, String, String)])
    func errors(_ template: String, _ partial: String, _ message: String) throws {
        #expect(try LuaProgram.render(template, partials: ["p": partial]).error == message)
    }

    @Test("a layout is read, and prints nothing")
    func layout() throws {
        func layout(_ text: String) throws -> TemplateLayout? {
            try LiquidCompiler.compile(text, file: "t", escaping: .none).layout
        }
        #expect(try layout("a") == nil)
        #expect(try layout("\n{% assign a = 1 %}{% layout 'plain' %}a") == .named("plain"))
        #expect(try layout("{% layout none %}") == TemplateLayout.none)
        #expect(try LuaProgram.render("{% layout 'plain' %}a").output == "a")
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(partial: "{% layout 'a' %}", file: "t", form: "text")
        }
        #expect(error?.kind == .layoutInPartial)
    }

    @Test(
        "a filter of Shopify prints",
        arguments: [
            ("{{ '  a \n b ' | squish }}", "a b"), ("{{ 'a-b-a' | remove_last: 'a' }}", "a-b-"),
            ("{{ 'aaa' | replace_last: 'aa', 'b' }}", "ab"),
            ("{{ \"What's (New), 你好 & co?\" | handleize }}", "whats-new-你好-co"),
            ("{{ 'variable-name x_e' | camelcase }}", "VariableNameXE"),
            ("{{ 1 | pluralize: 'item', 'items' }} {{ 2 | pluralize: 'item', 'items' }}", "item items"),
            ("{{ list | json }} {{ x | json }}", "[1.5,\"a\\u003cb\\u003e\",true] {\"k\":null,\"z\":1.5}"),
            ("{{ '<a> & \"b\" 你' | url_escape }}", "%3Ca%3E%20&%20%22b%22%20%E4%BD%A0"),
            ("{{ '<a> & b' | url_param_escape }}", "%3Ca%3E%20%26%20b"),
            (
                "{{ '你好?' | base64_url_safe_encode }} {{ '5L2g5aW9Pw' | base64_url_safe_decode }}",
                "5L2g5aW9Pw== 你好?"
            ),
            ("{{ list | find: 'q' }}{{ nil | base64_encode }}", ""),
        ] as [(String, String)])
    func filters(_ template: String, _ output: String) throws {
        let scope = "{ list = { 1.5, 'a<b>', true }, x = O({ 'k', 'z' }, { z = 1.5 }) }"
        let rendered = try LuaProgram.render(template, scope)
        #expect(rendered.output == output, "\(rendered)")
    }
}
