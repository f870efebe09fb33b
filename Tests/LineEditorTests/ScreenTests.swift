import TestSupport
import Testing

@Suite("The screen of a scripted terminal")
struct ScreenTests {
    @Test(
        "what a program writes stands where a terminal shows it",
        arguments: [
            ("one\r\ntwo", ["one", "two", ""]),
            ("one\ntwo", ["one", "   two", ""]),
            ("over\rO", ["Over", "", ""]),
            ("abc\u{8}\u{8}X", ["aXc", "", ""]),
            ("a\tb", ["a       b", "", ""]),
            // The wrap waits for the next character.
            ("0123456789", ["0123456789", "", ""]),
            ("0123456789\r\nx", ["0123456789", "x", ""]),
            ("0123456789x", ["0123456789", "x", ""]),
            ("0123456789\u{8}x", ["01234567x9", "", ""]),
            ("1\r\n2\r\n3\r\n4", ["2", "3", "4"]),
            // Wide characters take two cells, are not cut, and lose both halves at once.
            ("张经理x", ["张经理x", "", ""]),
            ("012345678张", ["012345678", "张", ""]),
            ("张\rx", ["x", "", ""]),
            ("张x\u{1B}[1;2Hy", [" yx", "", ""]),
            ("e\u{301}x", ["e\u{301}x", "", ""]),
            ("张\u{301}", ["张\u{301}", "", ""]),
            // Moves.
            ("\u{1B}[2;3Hx", ["", "  x", ""]),
            ("abc\u{1B}[2Dx", ["axc", "", ""]),
            ("a\u{1B}[3Cb", ["a   b", "", ""]),
            ("\u{1B}[3Ba\u{1B}[Ab", ["", " b", "a"]),
            ("abc\u{1B}[Gx\u{1B}[5Gy", ["xbc y", "", ""]),
            ("\u{1B}7abc\u{1B}8x", ["xbc", "", ""]),
            ("1\u{1B}[H\u{1B}M0", ["0", "1", ""]),
            // Erasing, inserting, deleting.
            ("abcdef\u{1B}[4G\u{1B}[K", ["abc", "", ""]),
            ("abcdef\u{1B}[4G\u{1B}[1K", ["    ef", "", ""]),
            ("abcdef\u{1B}[2K", ["", "", ""]),
            ("1\r\n2\r\n3\u{1B}[2;1H\u{1B}[J", ["1", "", ""]),
            ("1\r\n2\r\n3\u{1B}[2J\u{1B}[Hx", ["x", "", ""]),
            ("1\r\n2\r\n3\u{1B}[1J", ["", "", ""]),
            ("abcdef\u{1B}[2G\u{1B}[2P", ["adef", "", ""]),
            ("abcdef\u{1B}[2G\u{1B}[2@", ["a  bcdef", "", ""]),
            ("abcdef\u{1B}[2G\u{1B}[2X", ["a  def", "", ""]),
            ("1\r\n2\r\n3\u{1B}[2;1H\u{1B}[L", ["1", "", "2"]),
            ("1\r\n2\r\n3\u{1B}[1;1H\u{1B}[M", ["2", "3", ""]),
            ("1\r\n2\u{1B}[S", ["2", "", ""]),
            ("1\r\n2\u{1B}[T", ["", "1", "2"]),
            // What leaves no trace.
            ("\u{1B}[1;31mred\u{1B}[0m\u{1B}[?25l\u{7}", ["red", "", ""]),
            ("\u{1B}]0;title\u{7}a\u{1B}]0;title\u{1B}\\b", ["ab", "", ""]),
            ("\u{1B}(Ba\u{1B}=b\u{1B}[>4;1mc\u{1B}[99;zd", ["abcd", "", ""]),
            ("main\u{1B}[?1049hpager\u{1B}[?1049l", ["main", "", ""]),
        ])
    func shows(text: String, rows: [String]) {
        var screen = TerminalScreen(columns: 10, rows: 3)
        screen.feed(text.utf8)
        #expect(screen.screen == rows)
        var slow = TerminalScreen(columns: 10, rows: 3)
        for byte in text.utf8 { slow.feed([byte]) }
        #expect(slow.screen == rows)
    }

    @Test("bytes that are no UTF-8 show as replacement characters, and the text goes on")
    func invalid() {
        var screen = TerminalScreen(columns: 20, rows: 1)
        screen.feed([0x61, 0xFF, 0x62, 0xE5, 0xBC, 0x63, 0x80, 0x64])
        #expect(screen.screen == ["a\u{FFFD}b\u{FFFD}c\u{FFFD}d"])
    }

    @Test("a transcript holds what scrolled by, without the pages of a pager")
    func transcript() {
        var screen = TerminalScreen(columns: 20, rows: 2)
        screen.feed("1  \r\n2\r\n3\r\n\u{1B}[?1049ha\r\nb\r\nc\u{1B}[?1049l4\r\n".utf8)
        #expect(screen.transcript == "1\n2\n3\n4\n")
    }

    @Test("a smaller screen keeps the row of the cursor, a larger one adds blank rows below")
    func resizing() {
        var screen = TerminalScreen(columns: 6, rows: 3)
        screen.feed("one\r\ntwo\r\nthree!".utf8)
        screen.resize(columns: 4, rows: 2)
        #expect(screen.screen == ["two", "thre"])
        #expect(screen.transcript == "one\ntwo\nthre\n")
        screen.resize(columns: 8, rows: 3)
        #expect(screen.screen == ["two", "thre", ""])
        screen.feed("\r\nx".utf8)
        #expect(screen.screen == ["two", "thre", "x"])
    }

    @Test("hostile sequences neither crash nor hang", arguments: 1...200)
    func hostile(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let pieces = [
            "\u{1B}[", "999", ";", "张", "\u{301}", "\r", "\n", "\u{8}", "\u{1B}M", "x", "\u{1B}[?1049h",
        ]
        let finals = Array("ABCDEFGHJKLMPSTXdhlm@`ru")
        var screen = TerminalScreen(columns: 1 + Int(next() % 7), rows: 1 + Int(next() % 4))
        for _ in 0..<300 {
            switch next() % 4 {
            case 0:
                screen.feed("\u{1B}[\(next() % 12);\(next() % 12)\(finals[Int(next()) % finals.count])".utf8)
            case 1: screen.feed([UInt8(next() % 256)])
            case 2: screen.feed(pieces[Int(next()) % pieces.count].utf8)
            default: screen.resize(columns: 1 + Int(next() % 7), rows: 1 + Int(next() % 4))
            }
        }
        #expect(screen.screen.count == screen.rows)
    }
}
