import Messages
import Testing

@Suite("The text of an HTML message") struct HTMLTextTests {
    @Test("a whole message reads as a person would have typed it")
    func message() {
        let html = """
            <!DOCTYPE html>
            <html><head><title>Win back</title><meta charset="utf-8">
            <style>p { color: red } /* </p> */</style></head>
            <body>
            <div style="display: none; max-height: 0">We miss you &nbsp;&zwnj;&nbsp;</div>
            <!--[if mso]><table><tr><td>Outlook only</td></tr></table><![endif]-->
            <table role="presentation"><tr><td>
              <table><tr><td><img src="logo.png" alt="Tea &amp; Co."></td></tr></table>
              <h1>Hello, 小明</h1>
              <p>your last order was
              on <b>6&nbsp;March</b>.<br>
              It has
              arrived.</p>
              <ul><li>Green tea</li><li>A <i>pot</i><ol><li>small<li>large</ol></li></ul>
              <p><a href="https://example.com/shop?a=1&amp;b=2">Our shop</a>, <a href="https://example.com/">example.com</a>,
              <a href="mailto:tea@example.com">tea@example.com</a> or <a href="#top">the top</a></p>
              <blockquote>Good tea.<br>Very good tea.</blockquote>
              <table><tr><th>Tea</th><th>Price</th></tr><tr><td>Oolong</td><td>&yen;20</td></tr></table>
            </td></tr></table>
            <script>document.write("<p>never</p>")</script>
            <hr><p>Tea &copy; 2026</p>
            </body></html>
            """
        #expect(
            plainText(ofHTML: html) == """
                Tea & Co.

                Hello, 小明

                your last order was on 6 March.
                It has arrived.

                - Green tea
                - A pot
                  1. small
                  2. large

                Our shop (https://example.com/shop?a=1&b=2), example.com, tea@example.com or the top

                > Good tea.
                > Very good tea.

                Tea Price
                Oolong ¥20

                ---

                Tea © 2026
                """)
    }

    @Test(
        "HTML gives this text",
        arguments: [
            ("", ""), ("  \n ", ""), ("plain", "plain"), ("a < b, 1 <2, <3", "a < b, 1 <2, <3"),
            ("<p>one<p>two", "one\n\ntwo"), ("<div>one</div>\n<div>two</div>", "one\ntwo"),
            ("<div><div><p>one</p></div></div><p></p><p>two", "one\n\ntwo"),
            ("a<br><br/><br>b<br></p><p>c", "a\n\nb\n\nc"), ("a <b> b </b> c", "a b c"),
            ("<b>a</b><i>b</i>", "ab"), ("one<!-- no --> two<!-- > -->", "one two"),
            ("a<!-->b<!--->c", "abc"),
            ("a<!-- open", "a"), ("a<script>1 < 2 </scripty> </SCRIPT >b", "ab"), ("a<style>", "a"),
            ("<p hidden>a</p><span style='DISPLAY : None !important'>b</span>c", "c"),
            ("<div style='display:none'><div>a</div>b</div>c", "c"),
            ("<p style='display:none'>a<div>b</div>", "b"),
            ("<p style='color: red; display: block'>a</p>", "a"),
            (
                "&lt;b&gt; &#65;&#x42;&#X43; &#128; &#0; &#xD800; &nosuch; &amp;lt; &copy",
                "<b> ABC € \u{FFFD} \u{FFFD} &nosuch; &lt; &copy"
            ),
            ("<a href='https://a.b/c'>https://a.b/c</a>", "https://a.b/c"),
            ("<a href='https://a.b/c/'>A.B/c</a>", "A.B/c"),
            ("<a href='https://a.b'><img alt='B'></a>", "B (https://a.b)"),
            ("<a href='https://a.b'><img></a>", "https://a.b"), ("<a href='https://a.b'></a>x", "x"),
            ("<a href='https://a.b'><div>Text</div></a><p>b", "Text (https://a.b)\n\nb"),
            ("<a href='https://a.b'>x <a href='https://c.d'>y", "x (https://a.b) y (https://c.d)"),
            ("<a href=https://a.b/?x=1&copy=2>x</a>", "x (https://a.b/?x=1&copy=2)"),
            ("<a href=' javascript:go()'>x</a><a name=top>y</a>", "xy"),
            ("<a href='tel:+49 1'>call</a>", "call (+491)"),
            ("<ol start=3><li>a<li>b<li value=9>c</ol>", "3. a\n4. b\n9. c"),
            ("<ul><li><p>a</p><p>b</p></li><li>c</ul>", "- a\n\n  b\n\n- c"),
            ("<ul><li>a<ul><li>b</ul>c</ul>d", "- a\n  - b\n  c\n\nd"),
            ("<pre>a\n  b   c\n\n\n\nd</pre>", "a\n  b   c\n\nd"), ("<td>a</td><td>b</td>", "a b"),
            ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"),
            ("a\u{200B}\u{FEFF}b\u{AD}c\u{34F}", "abc"), ("👨‍👩‍👧 &zwj;", "👨‍👩‍👧 \u{200D}"),
            ("</p></div></br>a</br>b", "a\nb"),
            ("<img alt='a'><img alt=''><img>", "a"), ("<p title='>'>a</p>", "a"), ("<p / title=x y= >a", "a"),
            ("a<p", "a"), ("a</p", "a"), ("a</>b</ x>c", "abc"), ("<svg><text>x</text></svg>a", "a"),
        ] as [(String, String)])
    func pieces(_ html: String, _ text: String) {
        #expect(plainText(ofHTML: html) == text)
    }

    @Test("any bytes give a text with no blanks at the ends of lines, and none twice")
    func anything() {
        let pieces = [
            "<", ">", "</", "/>", "<!--", "-->", "<!", "=", "\"", "'", "&", "&#", "&#x", ";", "amp;", " ",
            "\n", "\t",
            "a", "好", "\u{A0}", "\u{0}", "<p>", "</p>", "<div>", "</div>", "<br>", "<ul>", "</ul>",
            "<ol start=9>",
            "<li>", "</li>", "<a href='x'>", "<a href=\"https://a.b\">", "</a>", "<pre>", "</pre>",
            "<script>",
            "</script>", "<td>", "</td>", "<tr>", "<table>", "</table>", "<p hidden>", "<blockquote>",
            "</blockquote>",
            "<img alt='y'>", "<p style='display:none'>", "<b>", "</b>", "text ", "<svg>", "</svg>", "<hr>",
        ]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<4000 {
            let html = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            let text = plainText(ofHTML: html)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(!lines.contains { $0.last == " " && !$0.hasSuffix("> ") }, "\(html.debugDescription)")
            #expect(!text.contains("\n\n\n"), "\(html.debugDescription)")
        }
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = plainText(ofHTML: String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(
        "sixteen times as much of what is hard to read takes about sixteen times as long",
        arguments: [
            "<b>", "</b>", "<ul><li>", "<p>", "<a href=x>", "<!--", "<script>", "</script", "<table><tr><td>",
            "&", "&#",
            "<p hidden>", "<div style='display:none'>", "<blockquote>", "<", "</", "<a b='", "<li>x</li>",
            "<b><li></li>",
        ])
    func linear(_ piece: String) {
        func time(_ size: Int) -> Duration {
            let html = String(repeating: piece, count: size / piece.utf8.count)
            return ContinuousClock().measure { _ = plainText(ofHTML: html) }
        }
        // Quadratic time would be 16 times as long again.
        let small = time(1 << 13)
        #expect(time(1 << 17) < small * 16 * 8 + .milliseconds(200))
    }
}
