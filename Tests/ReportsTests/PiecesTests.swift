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
        "what has the form of an address is masked within a text, and nothing else",
        arguments: [
            ("", ""), ("ann@example.com", "a***@example.com"),
            ("To: <ann@example.com>.", "To: <a***@example.com>."),
            ("a.b+c@x-y.co.uk, b@x", "a***@x-y.co.uk, b@x"), ("王@例子.中国！", "王***@例子.中国！"),
            ("a@b.c@d.e", "a***@b.c@d.e"), ("@x.com a@ b@.com c@d. @", "@x.com a@ b@.com c@d. @"),
            ("a@@x.com b@x..y.com", "a@@x.com b@x..y.com"), ("e\u{301}a@x.com", "e\u{301}***@x.com"),
            ("a@b@c.de", "a@b***@c.de"),
            ("电话13812345678号", "电话138****5678号"),
            ("+8613812345678,+11234567890123", "+86****5678,+11****0123"),
            ("23812345678 138123456789 x13812345678", "23812345678 138123456789 x13812345678"),
            ("+12345678 +123456789012345 1381234567", "+12345678 +123456789012345 1381234567"),
            ("13812345678 13912345678", "138****5678 139****5678"), ("3.13812345678", "3.13812345678"),
        ])
    func maskingWithin(_ text: String, _ expected: String) {
        #expect(Masking.masked.show(text: text, to: nil, on: nil) == expected)
        #expect(Masking.revealed.show(text: text, to: nil, on: nil) == text)
    }

    @Test("a text of a megabyte without a blank is masked as fast as any other", .timeLimit(.minutes(1)))
    func maskingLongWords() {
        for word in ["x", "1", "@x", "x@", "a.", "x@y."].map({ String(repeating: $0, count: 300_000) }) {
            #expect(Masking.masked.show(text: word, to: nil, on: nil).utf8.count > 0)
        }
        let long = String(repeating: "x", count: 300_000) + "@example.com"
        #expect(Masking.masked.show(text: long, to: nil, on: nil) == "x***@example.com")
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

    @Test(
        "a sparkline tells nothing from little, and adds up neighbours where there are too many",
        arguments: [
            ([], 5, ""), ([0], 5, "▁"), ([0, 0], 5, "▁▁"), ([1], 5, "█"), ([0, 1, 100, 50], 9, "▁▂█▅"),
            ([1, 2, 3, 4, 5, 6, 7], 7, "▂▃▄▅▆▇█"), ([1, 1, 0, 0, 3], 3, "▆▁█"), ([5, 5, 5], 1, "█"),
        ] as [([Int], Int, String)])
    func sparklines(_ numbers: [Int], _ width: Int, _ expected: String) {
        #expect(sparkline(numbers, width: width) == expected)
    }

    @Test(
        "a share in percent has a decimal below ten",
        arguments: [
            (0, "0 %"), (0.25, "25 %"), (0.025, "2.5 %"), (0.04, "4 %"), (0.0004, "0 %"), (0.0995, "10 %"),
            (0.0994, "9.9 %"), (1, "100 %"), (.nan, "–"),
        ] as [(Double, String)])
    func percents(_ share: Double, _ expected: String) {
        #expect(percent(share) == expected)
    }

    @Test(
        "how people respond is told in words",
        arguments: [
            ("none", "nobody responds"), ("all", "everybody responds"), ("history", "responses from history"),
            ("open=0.25,click=0.04,buy=0.0", "open 25 %, click 4 %, buy 0 %"), ("else", "else"),
        ])
    func responses(_ text: String, _ expected: String) {
        #expect(responsePhrase(text) == expected)
    }

    @Test("a name is quoted for the shell where it needs to be")
    func shell() {
        #expect(
            ["win-back", "生日", "a b", "it's", "$x"].map(shellWord) == [
                "win-back", "生日", "'a b'", #"'it'\''s'"#, "'$x'",
            ])
    }

    @Test(
        "a line of a script is quoted without its blanks and comment, and says that it goes on",
        arguments: [
            (1, "send { template = \"a--b\" }"), (2, "tag 'it\\'s -- x'"), (3, "task { …"), (4, nil),
            (5, nil), (6, nil),
        ] as [(Int, String?)])
    func scriptLine(_ line: Int, _ expected: String?) {
        let text = """
                send { template = "a--b" }  -- the first
              tag 'it\\'s -- x' -- "y"
            \ttask {  -- somebody
              -- only this

            """
        #expect(ScriptLines(["scripts/a.lua": text]).quoted("scripts/a.lua:\(line)") == expected)
    }

    @Test("in a narrow terminal the last column of a table goes on below, unless there is no room at all")
    func narrowTable() {
        var table = TextTable([.init("step"), .init("", limit: .max)])
        table.add(["win-back", "412 no consent · 297 holdout · 37 unsubscribed"])
        table.add(["b", "short"])
        #expect(
            table.lines(indent: "  ", width: 32) == [
                "  step", "  win-back  412 no consent · 297", "            holdout · 37",
                "            unsubscribed",
                "  b         short",
            ])
        #expect(table.lines(indent: "  ", width: 20).count == 3)
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
