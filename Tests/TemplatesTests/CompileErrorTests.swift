import Diagnostics
import Templates
import Testing

/// Every error of the compiler, as the person reads it.
@Suite struct CompileErrorTests {
    private func told(_ error: TemplateError?, in source: String) -> String {
        guard let error else { return "no error" }
        return DiagnosticRenderer(source: { _ in source }).render(error.diagnostic)
    }

    private func told(_ template: String) -> String {
        told(
            #expect(throws: TemplateError.self) {
                try LiquidCompiler.compile(template, file: "t.liquid", escaping: .html)
            }, in: template)
    }

    @Test(
        "a wrong template is told with its place and the next step",
        arguments: [
            ("Hi {% fi x %}", "unknown tag 'fi'", "1:7", "fi", "did you mean 'if'?"),
            ("{% section 'a' %}", "the tag 'section' is not supported here", "1:4", "section", nil),
            (
                "{% liquid\n  form 'a'\n%}", "the tag 'form' is not supported here", "2:3", "form", nil
            ),
            (
                "{% render a %}", "expected the name of a partial in quotation marks, found 'a'", "1:11", "a",
                nil
            ),
            (
                "{% include 'a' in b %}", "expected ':', found 'b'", "1:19", "b", nil
            ),
            (
                "{% include 'a' with b 1 %}", "expected a named argument or the end, found '1'", "1:23", "1",
                nil
            ),
            (
                "{% tablerow a in b row: 2 %}{% endtablerow %}",
                "expected 'cols:', 'limit:', 'offset:' or the end, found 'row'", "1:20", "row", nil
            ),
            ("{% ifchanged a %}", "expected nothing after 'ifchanged', found 'a'", "1:14", "a", nil),
            ("{% doc a %}{% enddoc %}", "expected nothing after 'doc', found 'a'", "1:8", "a", nil),
            (
                "{% doc %}{% doc %}{% enddoc %}", "the tag 'doc' of line 1 is not closed", "1:4", "doc",
                "close it with {% enddoc %}"
            ),
            (
                "a{% layout 'b' %}", "'layout' stands after something that prints, or in a block", "1:5",
                "layout", "put it at the beginning of the template"
            ),
            (
                "{% if a %}{% layout 'b' %}{% endif %}",
                "'layout' stands after something that prints, or in a block", "1:14", "layout",
                "put it at the beginning of the template"
            ),
            ("{% layout 'a' %}{% layout 'b' %}", "a second 'layout'", "1:20", "layout", "remove it"),
            (
                "{% layout a %}", "expected the name of a layout in quotation marks, or none, found 'a'",
                "1:11", "a", nil
            ),
            (
                "{{ 名 | upcas }}", "unexpected character '名' in an expression", "1:4", "名",
                "write a name that is not ASCII in brackets: customer[\"名…\"]"
            ),
            ("客户 {{ x | upcas }}", "unknown filter 'upcas'", "1:11", "upcas", "did you mean 'upcase'?"),
            ("{{ x | md5 }}", "the filter 'md5' is not supported here", "1:8", "md5", nil),
            (
                "a\n{% endif %}", "'endif' belongs to no open tag", "2:4", "endif",
                "remove it, or open 'if' before it in the same block"
            ),
            (
                "{% else %}", "'else' belongs to no open tag", "1:4", "else",
                "remove it, or put it between the opening tag and its end"
            ),
            ("a {{ b\n{{ c }}", "'{{' without '}}'", "1:3", "{{", "add }}"),
            ("a {% if b", "'{%' without '%}'", "1:3", "{%", "add %}"),
            ("{{ x | append }}", "the filter 'append' takes 1 argument, got 0", "1:8", "append", nil),
            (
                "{{ x | slice: 1, 2, 3 }}", "the filter 'slice' takes 1 to 2 arguments, got 3", "1:8",
                "slice", nil
            ),
            (
                "{{ x | default: 1, alow_false: true }}",
                "the filter 'default' has no argument named 'alow_false'",
                "1:20", "alow_false", "did you mean 'allow_false'?"
            ),
            (
                "{{ x | upcase: a: 1 }}", "the filter 'upcase' has no argument named 'a'", "1:16", "a",
                "remove 'a:'"
            ),
            (
                "{% if x == ‘a’ %}{% endif %}", "a curly quotation mark ‘ in an expression", "1:12", "‘",
                "use the straight quotation marks ' or \""
            ),
            (
                "{{ x ｜ upcase }}", "unexpected character '｜' in an expression", "1:6", "｜",
                "use the half-width '|'"
            ),
            ("{{ x y }}", "expected '|' and a filter, or the end, found 'y'", "1:6", "y", nil),
            ("{{ 1 + 2 }}", "unexpected character '+' in an expression", "1:6", "+", nil),
            ("{{ 'a }}", "expected the closing ', found the end", "1:4", "'a ", nil),
            ("{% if %}{% endif %}", "expected a value, found the end", "1:6", "", nil),
            (
                "{% if a = b %}{% endif %}", "expected an operator, 'and', 'or' or the end, found '='", "1:9",
                "=", nil
            ),
            ("{% assign a.b = 1 %}", "expected '=', found '.'", "1:12", ".", nil),
            (
                "{% assign 'a' = 1 %}", "expected the name that 'assign' gives a value, found ''a''", "1:11",
                "'a'", nil
            ),
            ("{% for a of b %}{% endfor %}", "expected 'in', found 'of'", "1:10", "of", nil),
            (
                "{% for a in b limit: 2 reversed %}{% endfor %}",
                "expected 'reversed' right after the collection, found 'reversed'", "1:24", "reversed", nil
            ),
            (
                "{{ 99999999999999999999 }}", "the number 99999999999999999999 is too large", "1:4",
                "99999999999999999999", nil
            ),
            ("{%  %}", "expected the name of a tag, found an empty tag", "1:1", "{%  %}", nil),
            (
                "{% raw %}a", "the tag 'raw' of line 1 is not closed", "1:4", "raw",
                "close it with {% endraw %}"
            ),
            (
                "{% comment %}a", "the tag 'comment' of line 1 is not closed", "1:4", "comment",
                "close it with {% endcomment %}"
            ),
            (
                "{% liquid\n raw\n%}", "expected a tag that can stand in 'liquid', found 'raw'", "2:2", "raw",
                nil
            ),
            ("{% # a\n b %}", "expected '#' before each line of a comment, found 'b'", "2:2", "b", nil),
        ] as [(String, String, String, String, String?)])
    func errors(_ template: String, _ message: String, _ place: String, _ token: String, _ hint: String?) {
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(template, file: "t.liquid", escaping: .html)
        }
        #expect(error?.diagnostic.message == message)
        #expect(error?.location.description == "t.liquid:\(place)")
        #expect(error?.token == token)
        #expect(error?.diagnostic.hint == hint)
    }

    @Test("a cycle of more values than a Lua call can carry is refused")
    func tooManyValues() {
        let cycle = "{% cycle " + (1...101).map(String.init).joined(separator: ", ") + " %}"
        #expect(told(cycle).hasPrefix("error: more than 100 values in one tag\n --> t.liquid:1:4"))
        for markup in [
            "{% if " + Array(repeating: "a", count: 2_000).joined(separator: " and ") + " %}{% endif %}",
            "{{ a" + String(repeating: " | upcase", count: 2_000) + " }}",
            "{{ a" + String(repeating: ".a", count: 2_000) + " }}",
        ] {
            #expect(told(markup).hasPrefix("error: more than 1000 values in one tag"), "\(markup.prefix(20))")
        }
    }

    @Test("a column in a long line counts characters")
    func longLine() {
        let error = #expect(throws: TemplateError.self) {
            let text = String(repeating: "一个 é\u{301} a", count: 1_000)
            return try LiquidCompiler.compile(text + "{{ x | oops }}", file: "t.liquid", escaping: .none)
        }
        #expect(error?.location == SourceLocation(file: "t.liquid", line: 1, column: 6_008))
    }

    @Test("every beginning of a template compiles or is told as an error")
    func beginnings() {
        let template = """
            {%- assign a = "x" | append: 'y', -%} {{ a[0].b | default: c, allow_false: true }}
            {% for i in (1..n) reversed limit: 2 %}{{ forloop.index }}{% else %}{% endfor %}
            {% case a %}{% when 1 or 2 %}{% endcase %}{% raw %}{{{% endraw %}{% comment %}{% endcomment %}
            {% liquid\n if a contains "b" and c != blank\n echo 'd'\n endif %}{% # note %}{% cycle a: 1, 2 %}
            """
        for end in template.indices {
            do throws(TemplateError) {
                _ = try LiquidCompiler.compile(
                    String(template[..<end]), file: "t.liquid", escaping: .html)
            } catch {
                #expect(!error.diagnostic.message.isEmpty)
            }
        }
    }

    @Test("a block that is not closed names both lines")
    func unclosed() {
        #expect(
            told("a\n{% if b %}\nc\n") == """
                error: the tag 'if' of line 2 is not closed
                 --> t.liquid:2:4
                  |
                2 | {% if b %}
                  |    ^^
                  = close it with {% endif %}
                  = the text ends in line 3
                """)
        #expect(
            told("{% for a in b %}\n{% if a %}\n{% endfor %}") == """
                error: the tag 'if' of line 2 is not closed
                 --> t.liquid:2:4
                  |
                2 | {% if a %}
                  |    ^^
                  = close it with {% endif %}
                  = line 3 has 'endfor' where 'endif' is expected
                """)
    }
}
