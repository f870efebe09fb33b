import Basics
import Catalog
import Testing

@testable import Reports

@Suite("The pieces of reports")
struct PiecesTests {
    @Test(
        "addresses are masked so that two can be told apart and none be written to",
        arguments: [
            ("wangwei@example.com", .email, "w***@example.com"), ("王@例子.中国", .email, "王***@例子.中国"),
            ("a@x.com", .email, "a***@x.com"), ("no address", .email, "***"),
            ("\"a@b\"@x.com", .email, "\"***@x.com"),
            ("13812345678", .sms, "138****5678"), ("+8613812345678", .sms, "+86****5678"),
            ("1234567", .sms, "1***"),
            ("", .sms, "***"), ("wm_12345", .wecom, "w***"), ("", .wecom, "***"), ("x", nil, "x***"),
        ] as [(String, Channel?, String)])
    func masking(_ address: String, _ channel: Channel?, _ expected: String) {
        #expect(Masking.masked.show(address, on: channel) == expected)
        #expect(Masking.revealed.show(address, on: channel) == address)
    }

    @Test(
        "thousands stand apart",
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (23_570, "23,570"), (1_000_000, "1,000,000"),
            (-1_234, "-1,234"),
        ])
    func numbers(_ number: Int, _ expected: String) {
        #expect(grouped(number) == expected)
    }

    @Test(
        "a bar is as long as its share, in eighths of a cell, and shows what is there at all",
        arguments: [
            (0, ""), (-1, ""), (Double.nan, ""), (.infinity, ""), (0.0001, "▏"), (0.125, "▌"), (0.25, "█"),
            (0.5, "██"),
            (0.53125, "██▏"), (0.99, "████"), (1, "████"), (7, "████"),
        ] as [(Double, String)])
    func bars(_ share: Double, _ expected: String) {
        #expect(bar(share, width: 4) == expected)
    }

    @Test("a table has its columns by display cell, Chinese being two wide")
    func table() {
        var table = TextTable([.init("id", alignRight: true), .init("name", limit: 8), .init("city")])
        table.add(["1", "张伟", "Wuhan"])
        table.add(["20", "Wang Xiaoming", "北京"])
        table.add(["300", "李小明明明", ""])
        table.add(["4", "a\nb\tc\u{1B}[31m", "x\r\ny"])
        #expect(
            table.lines(indent: "> ") == [
                ">  id  name      city", ">   1  张伟      Wuhan", ">  20  Wang Xi…  北京", "> 300  李小明…",
                ">   4  a b c […  x y",
            ])
        #expect(TextTable([.init("a")]).lines() == ["a"])
        #expect(TextTable([.init("")]).lines() == [])
    }

    @Test(
        "a CSV field is quoted where it needs to be",
        arguments: [
            ("", ""), ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("a\r\nb", "\"a\r\nb\""), ("你好，世界", "你好，世界"), (" blank ", " blank "), ("\"", "\"\"\"\""),
        ])
    func csv(_ text: String, _ expected: String) {
        #expect(csvField(text) == expected)
    }

    @Test(
        "a line is wrapped at blanks and between wide characters, and a long word anywhere",
        arguments: [
            ("", [""]), ("one two", ["one two"]), ("one two three", ["one two", "three"]),
            ("one two  three", ["one two", "three"]), ("abcdefghijklmnop", ["abcdefgh", "ijklmnop"]),
            ("上海市浦东新区", ["上海市浦", "东新区"]), ("ab 上海市浦东", ["ab 上海", "市浦东"]), ("12345678 9", ["12345678", "9"]),
            ("a 123456789", ["a", "12345678", "9"]),
        ])
    func wrapping(_ text: String, _ lines: [String]) {
        #expect(wrapped(text, to: 8) == lines)
    }
}
