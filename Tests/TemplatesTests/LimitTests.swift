import Templates
import Testing

/// Templates that would run into Lua's own limits if they were written down naively.
@Suite(.enabled(if: LuaProgram.isInstalled)) struct LimitTests {
    private func nested(_ open: String, _ close: String, _ times: Int, inside: String = "x") -> String {
        String(repeating: open, count: times) + inside + String(repeating: close, count: times)
    }

    @Test(
        "100 blocks in each other work",
        arguments: [
            ("{% if true %}", "{% endif %}"), ("{% for i in (1..1) %}", "{% endfor %}"),
            ("{% case 1 %}{% when 1, 2 %}", "{% endcase %}"), ("{% unless false %}", "{% endunless %}"),
            ("{% for i in (1..1) %}{% else %}", "{% endfor %}"),
        ])
    func deep(_ open: String, _ close: String) throws {
        let isElse = open.contains("else")
        #expect(try LuaProgram.render(nested(open, close, 100)).output == (isElse ? "" : "x"))
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(nested(open, close, 101), file: "t.liquid", escaping: .none)
        }
        #expect(error?.kind == .tooDeep(limit: 100))
    }

    @Test("a break out of 60 blocks reaches its loop, and captures on the way keep their text")
    func deepBreak() throws {
        let text = nested("{% if true %}", "{% endif %}", 60, inside: "{{ i }}{% break %}")
        let capture = "{% capture c %}\(text){% endcapture %}"
        #expect(
            try LuaProgram.render("{% for i in (1..3) %}<\(capture)>{% endfor %}|{{ c }}").output == "<|1")
        let next = text.replacing("break", with: "continue")
        #expect(try LuaProgram.render("{% for i in (1..3) %}\(next)!{% endfor %}|").output == "123|")
        #expect(try LuaProgram.render("a\(text)b", "{ i = 7 }").output == "a7")
    }

    @Test("300 captures, 500 filters, 300 names in a path and 400 conditions in one expression work")
    func long() throws {
        let captures = (1...300).map { "{% capture c\($0) %}x{% endcapture %}{{ c\($0) }}" }.joined()
        #expect(try LuaProgram.render(captures).output == String(repeating: "x", count: 300))
        let filters = "{{ 0" + String(repeating: " | plus: 1", count: 500) + " }}"
        #expect(try LuaProgram.render(filters).output == "500")
        let path = "{{ a" + String(repeating: ".b", count: 300) + " | default: 'none' }}"
        #expect(try LuaProgram.render(path).output == "none")
        let chain = "{% if true" + String(repeating: " and true or false", count: 200) + " %}yes{% endif %}"
        #expect(try LuaProgram.render(chain).output == "yes")
        let ands = "{% if true" + String(repeating: " and true", count: 400) + " %}yes{% endif %}"
        #expect(try LuaProgram.render(ands).output == "yes")
        let when = "{% case 399 %}{% when " + (1...400).map(String.init).joined(separator: ", ")
        #expect(try LuaProgram.render(when + " %}yes{% endcase %}").output == "yes")
    }

    @Test("300 KB of text and outputs compile, inside a loop and outside, and a break leaves them")
    func large() throws {
        let body = String(repeating: "{{ a }}, ", count: 34_000)
        let output = String(repeating: "x, ", count: 34_000)
        #expect(try LuaProgram.render(body, "{ a = 'x' }").output == output)
        let loop =
            "{% for i in (1..2) %}\(body){% if i == 1 %}{% continue %}{% endif %}{% break %}{% endfor %}"
        #expect(try LuaProgram.render(loop, "{ a = 'x' }").output == output + output)
        let text = String(repeating: "一段文字\n", count: 23_000)
        #expect(try LuaProgram.render(text + "{{ a }}").missing == ["a:23001:4"])
    }

    @Test("brackets in each other are refused beyond 30")
    func brackets() throws {
        #expect(try LuaProgram.render("{{ " + nested("a[", "]", 28, inside: "b") + " }}").output == "")
        let error = #expect(throws: TemplateError.self) {
            try LiquidCompiler.compile(
                "{{ \(nested("a[", "]", 31, inside: "b")) }}", file: "t", escaping: .none)
        }
        #expect(error?.kind == .tooDeep(limit: 30))
    }
}
