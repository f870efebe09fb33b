import Messages
import Testing

@Suite("Markdown") struct MarkdownTests {
    /// As templates print a customer's text.
    private func printed(_ text: String) -> String {
        let guarded = text.unicodeScalars.map { scalar in
            Markdown.guards.first { $0.character == String(scalar) }?.guarded ?? String(scalar)
        }
        return Markdown.edge + guarded.joined() + Markdown.edge
    }

    @Test("Markdown becomes HTML, and HTML in it stays")
    func plain() {
        let markdown = """
            # Hello

            A *new* **tea**, <b>today</b>: [our shop](https://a.b/?x=1&y=2 "Tea")

            - one
            - two

            <div class="note">

            1 < 2

            </div>
            """
        #expect(
            Markdown.html(markdown) == """
                <h1>Hello</h1>
                <p>A <em>new</em> <strong>tea</strong>, <b>today</b>: <a href="https://a.b/?x=1&amp;y=2" title="Tea">our \
                shop</a></p>
                <ul>
                <li>one</li>
                <li>two</li>
                </ul>
                <div class="note">
                <p>1 &lt; 2</p>
                </div>

                """)
        #expect(Markdown.html("") == "")
    }

    @Test(
        "what a template prints of a customer stands there as it was written",
        arguments: [
            "*x*", "**x**", "_x_", "<b>", "`x`", "[x](y)", "![x](y)", "# x", "- x", "+ x", "1. x", "1) x",
            "> x", "&amp;",
            "\\*", "a\\", "---", "===", "~~~", "```", "    x", "\tx", "x\n\n# y", "x\n===", "<!-- ",
            "--> <script>",
            "https://a.b", "\"'", "|", "<https://a.b>", "x@y.z", "\u{A0}", "（x）", "好", "!",
        ])
    func literal(_ text: String) {
        let escaped =
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
        #expect(Markdown.html(printed(text)) == "<p>\(escaped)</p>\n")
        #expect(Markdown.html("Dear \(printed(text)), hi") == "<p>Dear \(escaped), hi</p>\n")
        #expect(Markdown.html("您好**\(printed(text))**！") == "<p>您好<strong>\(escaped)</strong>！</p>\n")
        #expect(Markdown.html("- \(printed(text))\n- b") == "<ul>\n<li>\(escaped)</li>\n<li>b</li>\n</ul>\n")
        #expect(Markdown.html("`\(printed(text))`") == "<p><code>\(escaped)</code></p>\n")
        #expect(
            Markdown.html("<i title=\"\(printed(text))\">a</i>") == "<p><i title=\"\(escaped)\">a</i></p>\n")
        #expect(Markdown.html("\(printed(text))[a](b)") == "<p>\(escaped)<a href=\"b\">a</a></p>\n")
        #expect(
            Markdown.html("[a](b \"\(printed(text))\")")
                == "<p><a href=\"b\" title=\"\(escaped)\">a</a></p>\n")
    }

    @Test(
        "in an address it is what it was",
        arguments: [
            ("https://a.b/c_d?x=1&y=(2)#e*f", "https://a.b/c_d?x=1&amp;y=(2)#e*f"), ("a b", "a%20b"),
            ("a\"><b>", "a%22%3E%3Cb%3E"), ("好", "%E5%A5%BD"), ("100%25", "100%25"), ("it's", "it&#39;s"),
        ])
    func addresses(_ text: String, _ address: String) {
        #expect(Markdown.html("[a](\(printed(text)))") == "<p><a href=\"\(address)\">a</a></p>\n")
        #expect(Markdown.html("[a](https://x.y/?q=\(printed(text)))").contains("?q=\(address)\">a</a>"))
    }

    @Test(
        "a value where an address begins brings no scheme that could run a program",
        arguments: [
            ("javascript:alert(1)", "#unsafe-link"), ("JavaScript:alert", "#unsafe-link"),
            ("data:text/html,x", "#unsafe-link"), ("\u{301}vbscript:x", "#unsafe-link"),
            ("mailto:a@b.c", "mailto:a@b.c"), ("HTTPS://a.b", "HTTPS://a.b"), ("/a:b", "/a:b"), ("a", "a"),
        ])
    func schemes(_ text: String, _ address: String) {
        let print = printed(text)
        #expect(Markdown.html("[a](\(print))") == "<p><a href=\"\(address)\">a</a></p>\n")
        #expect(Markdown.html("[a][b]\n\n[b]: \(print)") == "<p><a href=\"\(address)\">a</a></p>\n")
        #expect(Markdown.html("![](\(print))") == "<p><img src=\"\(address)\" alt=\"\" /></p>\n")
    }

    @Test(
        "a link that the template writes leads to an app too, but to no program, of which a value may have lost its edges"
    )
    func schemesOfTemplates() {
        let markdown = "[a](tea-app://x) [b](javascript:x) ![](data:image/png;base64,AA)"
        #expect(
            Markdown.html(markdown) == """
                <p><a href="tea-app://x">a</a> <a href="#unsafe-link">b</a> <img src="data:image/png;base64,AA" alt="" /></p>

                """)
    }
}
