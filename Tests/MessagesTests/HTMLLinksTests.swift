import Messages
import Testing

@Suite("Links that lead elsewhere") struct HTMLLinksTests {
    /// Over a page that counts, but for `https://own.example`.
    private func counted(_ address: String) -> String? {
        address.hasPrefix("https://own.example") ? nil : "https://t.example/?a=1&to=\(address)"
    }

    @Test("of HTML, only addresses of links that begin with https change, and no other byte")
    func html() {
        let html = """
            <!-- <a href="https://comment.example"> -->
            <style>a[href="https://style.example"] { color: red }</style>
            <A class=x HREF='https://one.example/?a=1&amp;b=2'>one</A>
            <a href=https://two.example>two</a> <area href=" https://three.example ">
            <a href="http://plain.example">plain</a> <a href="mailto:a@b.example">mail</a> <a href="#top">top</a>
            <a data-no-track href="https://four.example">four</a> <a href="https://own.example/u">out</a>
            <img src="https://image.example/a.png"> <link href="https://font.example"> 1 < 2 <a href="HTTPS://five.example
            """
        #expect(
            replacingLinks(inHTML: html, with: counted) == """
                <!-- <a href="https://comment.example"> -->
                <style>a[href="https://style.example"] { color: red }</style>
                <A class=x HREF='https://t.example/?a=1&amp;to=https://one.example/?a=1&amp;b=2'>one</A>
                <a href=https://t.example/?a=1&amp;to=https://two.example>two</a> <area href="https://t.example/?a=1&amp;to=https://three.example">
                <a href="http://plain.example">plain</a> <a href="mailto:a@b.example">mail</a> <a href="#top">top</a>
                <a data-no-track href="https://four.example">four</a> <a href="https://own.example/u">out</a>
                <img src="https://image.example/a.png"> <link href="https://font.example"> 1 < 2 <a href="HTTPS://five.example
                """)
        #expect(replacingLinks(inHTML: html) { _ in nil } == html)
    }

    @Test(
        "of text, web addresses change without the punctuation behind them",
        arguments: [
            ("see https://a.example/b.", "see [https://a.example/b]."),
            ("(https://a.example), \"https://b.example\"", "([https://a.example]), \"[https://b.example]\""),
            ("https://a.example/x_(y)!", "[https://a.example/x_(y)]!"),
            ("看https://a.example。http://b.example", "看[https://a.example]。http://b.example"),
            ("https://", "[https://]"), ("", ""), ("xhttps://a.example", "xhttps://a.example"),
            ("é:https://a.example", "é:[https://a.example]"),
        ])
    func text(_ text: String, _ expected: String) {
        #expect(replacingLinks(inText: text) { "[\($0)]" } == expected)
    }

    @Test("an address that is broken over lines is the one that browsers make of it")
    func brokenAddress() {
        #expect(
            replacingLinks(inHTML: "<a href=\"https://one.exam\n\tple/\r\n\">x</a>", with: counted)
                == "<a href=\"https://t.example/?a=1&amp;to=https://one.example/\">x</a>")
    }
}
