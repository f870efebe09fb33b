import Diagnostics
import Testing

@Suite("Rendered diagnostics")
struct DiagnosticRendererTests {
    private func render(_ diagnostic: Diagnostic, in source: String?) -> String {
        DiagnosticRenderer { $0 == "scripts/vip.lua" ? source : nil }.render(diagnostic)
    }

    private func unknown(_ token: String?, line: Int, column: Int? = nil) -> Diagnostic {
        Diagnostic(
            "unknown field", at: SourceLocation(file: "scripts/vip.lua", line: line, column: column),
            token: token,
            hint: "did you mean 'total_spent'?")
    }

    private static let script = "local a = 1\n\n\n    return c.total_spnet > 5000\n"

    @Test("the caret stands under the wrong word", arguments: ["\n", "\r\n", "\r"])
    func caret(lineEnd: String) {
        let source = Self.script.replacing("\n", with: lineEnd)
        let expected = """
            error: unknown field
             --> scripts/vip.lua:4:14
              |
            4 |     return c.total_spnet > 5000
              |              ^^^^^^^^^^^
              = did you mean 'total_spent'?
            """
        #expect(render(unknown("total_spnet", line: 4, column: 14), in: source) == expected)
        // Where only the line is known, the word shows where.
        #expect(render(unknown("total_spnet", line: 4), in: source) == expected)
    }

    @Test("one caret marks a place without a word")
    func place() {
        #expect(
            render(unknown(nil, line: 1, column: 7), in: Self.script) == """
                error: unknown field
                 --> scripts/vip.lua:1:7
                  |
                1 | local a = 1
                  |       ^
                  = did you mean 'total_spent'?
                """)
    }

    @Test("the caret stands right after the end of a line")
    func endOfLine() {
        #expect(
            render(unknown(nil, line: 1, column: 4), in: "abc") == """
                error: unknown field
                 --> scripts/vip.lua:1:4
                  |
                1 | abc
                  |    ^
                  = did you mean 'total_spent'?
                """)
    }

    @Test("Chinese before the word and in it takes two cells a character")
    func chinese() {
        #expect(
            render(unknown("总额", line: 1, column: 11), in: "return 客户.总额 > 1") == """
                error: unknown field
                 --> scripts/vip.lua:1:11
                  |
                1 | return 客户.总额 > 1
                  |             ^^^^
                  = did you mean 'total_spent'?
                """)
    }

    @Test("tabs before the word stay tabs, so that the caret stands right at any width of them")
    func tabs() {
        #expect(
            render(unknown("nme", line: 1, column: 12), in: "\t\treturn c.nme") == """
                error: unknown field
                 --> scripts/vip.lua:1:12
                  |
                1 | \t\treturn c.nme
                  | \t\t         ^^^
                  = did you mean 'total_spent'?
                """)
    }

    @Test("lines from 10 on widen the margin")
    func margin() {
        #expect(
            render(unknown("x", line: 12, column: 1), in: String(repeating: "\n", count: 11) + "x = 1") == """
                error: unknown field
                  --> scripts/vip.lua:12:1
                   |
                12 | x = 1
                   | ^
                   = did you mean 'total_spent'?
                """)
    }

    @Test("a line without the word is shown without a caret")
    func wordElsewhere() {
        #expect(
            render(unknown("gone", line: 1), in: Self.script) == """
                error: unknown field
                 --> scripts/vip.lua:1
                  |
                1 | local a = 1
                  = did you mean 'total_spent'?
                """)
    }

    @Test("a place that the file does not have is only named", arguments: [0, 9])
    func beyond(line: Int) {
        #expect(
            render(unknown("x", line: line), in: "one\ntwo") == """
                error: unknown field
                 --> scripts/vip.lua:\(line)
                  = did you mean 'total_spent'?
                """)
    }

    @Test("a file that cannot be read is only named")
    func unreadable() {
        #expect(
            render(unknown("x", line: 3), in: nil) == """
                error: unknown field
                 --> scripts/vip.lua:3
                  = did you mean 'total_spent'?
                """)
    }

    @Test("what has no place has a hint and notes without a margin")
    func placeless() {
        let diagnostic = Diagnostic(
            "the disk is full", severity: .warning, hint: "free some space", notes: ["first", "second"])
        #expect(
            render(diagnostic, in: nil) == """
                warning: the disk is full
                  free some space
                  first
                  second
                """)
    }

    @Test("of a very long line, what is around the place is shown, and nothing that would steer the terminal")
    func longLine() {
        let before = String(repeating: "a", count: 300)
        let after = String(repeating: "z", count: 100_000)
        #expect(
            render(unknown("wrong", line: 1, column: 303), in: before + "\t\u{1B}wrong" + after) == """
                error: unknown field
                 --> scripts/vip.lua:1:303
                  |
                1 | …\(String(repeating: "a", count: 98))\t wrong\(String(repeating: "z", count: 95))…
                  | \(String(repeating: " ", count: 99))\t ^^^^^
                  = did you mean 'total_spent'?
                """)
        #expect(
            render(unknown(nil, line: 1), in: before) == """
                error: unknown field
                 --> scripts/vip.lua:1
                  |
                1 | \(before.prefix(200))…
                  = did you mean 'total_spent'?
                """)
    }
}
