import Testing

@testable import Templates

/// Where in HTML a place is behind a text.
@Suite struct HTMLStateTests {
    @Test(
        "a text leads to a place",
        arguments: [
            ("", .text), ("a < b <3 && <", .tagName), ("a < b", .text), ("</", .tagName), ("<a", .tag),
            ("<br/>", .text), ("<p>", .text), ("<a ", .tag), ("<a href", .tag), ("<a href ", .tag),
            ("<a href=", .unquotedValue("href")), ("<A HREF = \"", .value("href")),
            ("<a href='a\"", .value("href")),
            ("<a href=x", .unquotedValue("href")), ("<a href=x ", .tag), ("<a href=x>", .text),
            ("<a title=\"<b>\"", .tag), ("<a title=\"<b>\">", .text), ("<input disabled>", .text),
            ("<p onclick=\"a()", .program("onclick")), ("<p style='", .styleAttribute),
            ("<a href=\"javascript:a(", .program("href")), ("<a href=\" JavaScript:", .program("href")),
            ("<iframe srcdoc=\"", .program("srcdoc")), ("<!-- <p> ", .comment), ("<!-->", .text),
            ("<!--->", .text),
            ("<!-- a -- b > -->", .text), ("<!DOCTYPE html", .declaration), ("<!DOCTYPE html>", .text),
            ("<?xml version='1.0'?>", .text), ("<!--[if mso]>", .text),
            ("<!--[if mso]><td title='", .value("title")),
            ("<!--[if mso]><td><![endif]-->", .text), ("<!--[if !mso]><!--> <td> <!--<![endif]-->", .text),
            ("<!--[if !mso]><!-- -->", .text), ("<![if !mso]>", .text), ("<style>a > b {", .style),
            ("<STYLE type='text/css'>a</style>", .text), ("<script>a</p> <b", .script),
            ("<script>if (a<b) '</scrip'</SCRIPT >", .text), ("<title>a <b> ", .plainElement),
            ("<title>a</title>", .text), ("<textarea>", .plainElement), ("<style", .tag), ("</style>", .text),
            ("<v:roundrect href=\"", .value("href")), ("<td\n  title\n =\n '", .value("title")),
        ] as [(String, HTMLPlace)])
    func place(_ text: String, _ place: HTMLPlace) {
        var state = HTMLState()
        state.read(Array(text.utf8)[...], offset: 0)
        #expect(state.described == place)
        #expect(HTMLState(code: state.code)?.code == state.code)
    }

    @Test(
        "a URL's beginning says what an output in it is",
        arguments: [
            ("", .begin), (" ", .begin), ("https", .begin), ("https:", .path), ("//", .path), ("/a", .path),
            ("a.html", .begin), ("a/b", .path), ("?", .query), ("https://a.b/?q=", .query), ("#", .query),
            ("mailto:", .path),
        ] as [(String, HTMLState.URLPart)])
    func url(_ text: String, _ part: HTMLState.URLPart) {
        var state = HTMLState()
        state.read(Array("<a href=\"\(text)".utf8)[...], offset: 0)
        #expect(state.part == part)
    }
}
