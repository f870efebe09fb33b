import Testing

@testable import LineEditor

@Suite("The list of candidates")
struct CandidateListTests {
    private func rows(
        _ candidates: [LineEditor.Candidate], columns: Int = 30, rows: Int = 10, isPlain: Bool = true
    ) -> [String] {
        CandidateList(columns: columns, rows: rows, isPlain: isPlain).rows(candidates)
    }

    @Test("details stand in a column behind labels of any width, faint where the terminal can")
    func details() {
        let candidates: [LineEditor.Candidate] = [
            .init("a", detail: "one"), .init("张经理"), .init("😀b", label: "😀", detail: "two"),
        ]
        #expect(rows(candidates) == ["a       one", "张经理", "😀      two"])
        #expect(
            rows(candidates, isPlain: false) == [
                "a       \u{1B}[2mone\u{1B}[0m", "张经理", "😀      \u{1B}[2mtwo\u{1B}[0m",
            ])
    }

    @Test("rows never fill the terminal's width: labels keep half of it, details are cut")
    func narrow() {
        let candidates: [LineEditor.Candidate] = [
            .init("a_very_long_name_of_a_field", detail: "its long detail"), .init("b", detail: "short"),
        ]
        #expect(rows(candidates, columns: 20) == ["a_very_l…  its lon…", "b          short"])
        #expect(rows([.init("0123456789")], columns: 8) == ["012345…"])
        #expect(rows([.init("abc", detail: "x")], columns: 1) == ["…"])
    }

    @Test("labels alone stand beside each other, from top to bottom")
    func columns() {
        let candidates = ["a", "bb", "张", "d", "e", "f", "g"].map { LineEditor.Candidate($0) }
        #expect(rows(candidates, columns: 12) == ["a   d   g", "bb  e", "张  f"])
        #expect(rows(candidates, columns: 100) == ["a   bb  张  d   e   f   g"])
    }

    @Test("what does not fit the screen is counted")
    func cut() {
        let candidates = (1...9).map { LineEditor.Candidate("\($0)", detail: "d") }
        #expect(rows(candidates, rows: 6) == ["1  d", "2  d", "3  d", "… 6 more"])
        #expect(rows(candidates, rows: 11).count == 9)
        #expect(rows(candidates, rows: 1) == ["1  d", "… 8 more"])
        #expect(rows(candidates.map { .init($0.text) }, columns: 4, rows: 4) == ["1", "… 8 more"])
    }

    @Test(
        "what texts have in common ends between two characters",
        arguments: [
            ([], ""), (["one"], "one"), (["one", "on", "once"], "on"), (["北京", "北海"], "北"), (["é", "ê"], ""),
            (["a", "b"], ""),
        ])
    func common(texts: [String], expected: String) {
        #expect(commonPrefix(texts) == expected)
    }

    @Test("escapes of a prompt take no room")
    func prompt() {
        #expect(
            LineEditor.marked("\u{1B}[1;36m月>\u{1B}[0m ") == "\u{1}\u{1B}[1;36m\u{2}月>\u{1}\u{1B}[0m\u{2} ")
    }
}
